"""Metrics of a job in Azure, by MLflow's REST API."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..arm.shape import mapping
from ..entities import Axis, MetricPoint, MetricSummary, Series
from ..tracking.metric_columns import Columns, Course
from .api import RegionalApi

_PAGE = 25_000
# What MLflow keeps in the place of the infinities, for which SQL has no word.
_LARGEST = 1.7976931348623157e308
_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class RunMetrics:
    def __init__(self, api: RegionalApi) -> None:
        self._api = api

    def latest(self, run: str) -> dict[str, tuple[int, int, float]]:
        """Step, time and value of each metric's last point; {} for a run that MLflow does not know."""
        answer = self._api.mlflow("GET", "runs/get", {"run_id": run})
        data = mapping(mapping(answer.body.get("run")).get("data")) if answer.is_ok else {}
        points = [_point(each) for each in data.get("metrics") or ()]
        return {point.key: (point.step, point.timestamp, point.value) for point in points}

    def history(self, run: str, key: str) -> list[MetricPoint]:
        """In the order in which MLflow tells them."""
        found: list[MetricPoint] = []
        token = ""
        while True:
            fields = {"run_id": run, "metric_key": key, "max_results": str(_PAGE)}
            answer = self._api.mlflow(
                "GET", "metrics/get-history", {**fields, **({"page_token": token} if token else {})}
            )
            if not answer.is_ok:
                return found
            found += [_point(each) for each in answer.body.get("metrics") or ()]
            token = str(answer.body.get("next_page_token") or "")
            if not token:
                return found

    def summaries(self, run: str, keys: Sequence[str]) -> tuple[MetricSummary, ...]:
        return tuple(
            _course(columns).summary(key) for key in sorted(keys) if (columns := self._columns(run, key)).values
        )

    def series(
        self, run: str, keys: Sequence[str], axis: Axis, start: float | None, end: float | None, most: int
    ) -> tuple[Series, ...]:
        # numpy takes as long to import as --help may take.
        from ..tracking.series import series_of

        wanted = dict.fromkeys(keys or sorted(self.latest(run)))
        return tuple(
            series_of(key, columns, axis, start, end, most)
            for key in wanted
            if (columns := self._columns(run, key)).values
        )

    def _columns(self, run: str, key: str) -> Columns:
        points = self.history(run, key)
        return Columns(
            [point.step for point in points], [point.timestamp for point in points], [point.value for point in points]
        )


def _course(columns: Columns) -> Course:
    course = Course()
    course.extend(columns)
    return course


def _point(sent: Mapping[str, Any]) -> MetricPoint:
    value = sent.get("value", 0)
    number = _NUMBERS[value] if value in _NUMBERS else float(value)
    if abs(number) >= _LARGEST:
        number = math.copysign(math.inf, number)
    return MetricPoint(
        key=str(sent.get("key")),
        value=number,
        step=int(sent.get("step") or 0),
        timestamp=int(sent.get("timestamp") or 0),
    )
