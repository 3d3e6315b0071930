"""Figures of online endpoints, as Azure Monitor has them.

Names and dimensions: https://learn.microsoft.com/azure/machine-learning/monitor-azure-machine-learning-reference;
the API: https://learn.microsoft.com/rest/api/monitor/metrics/list
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..entities import EndpointFigures, EndpointMetrics, EndpointPoint
from .shape import mapping, moment, seconds

REQUESTS = "RequestsPerMinute"
LATENCIES = {
    "RequestLatency": "latency_mean",
    "RequestLatency_P50": "latency_p50",
    "RequestLatency_P95": "latency_p95",
    "RequestLatency_P99": "latency_p99",
}
"""In milliseconds there, in seconds here."""
STEPS = {60: "PT1M", 300: "PT5M", 900: "PT15M", 3600: "PT1H", 21_600: "PT6H", 86_400: "P1D"}
_MOST_POINTS = 120


def step_for(window: float) -> int:
    """Seconds of a point, so that there are not too many."""
    return next((step for step in STEPS if window / step <= _MOST_POINTS), 86_400)


@dataclass
class _Counted:
    """Requests by status, and latencies with the number of intervals that they are the mean of."""

    statuses: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def figures(self, length: float) -> dict[str, Any]:
        counts = {status: round(count) for status, count in sorted(self.statuses.items()) if round(count)}
        requests = sum(counts.values())
        good = sum(count for status, count in counts.items() if status < "400")
        means = {name: sum(values) / len(values) for name, values in self.latencies.items() if values}
        return {
            "requests": requests,
            "errors": sum(count for status, count in counts.items() if status >= "500" or status == "429"),
            "success_rate": good / requests if requests else None,
            "requests_per_second": requests / length if length else 0.0,
            "statuses": counts,
            **(means if requests else {}),
        }


def metrics_from_monitor(
    endpoint: str,
    answers: Sequence[Mapping[str, Any]],
    *,
    deployment: str | None,
    window: float,
    until: datetime,
    step: int,
) -> EndpointMetrics:
    """Percentiles of more than one interval are means of theirs: Azure keeps no others."""
    total, parts, points = _Counted(), defaultdict[str, _Counted](_Counted), defaultdict[datetime, _Counted](_Counted)
    for answer in answers:
        length = seconds(answer.get("interval")) or step
        for metric in _listed(answer.get("value")):
            name = str(mapping(metric.get("name")).get("value"))
            for series in _listed(metric.get("timeseries")):
                labels = _labels(series)
                if deployment and labels.get("deployment", "").lower() != deployment.lower():
                    continue
                for point in _listed(series.get("data")):
                    value, at = point.get("average"), moment(point.get("timeStamp"))
                    if not isinstance(value, int | float) or at is None:
                        continue
                    for counted in (total, parts[labels.get("deployment", "")], points[at]):
                        if name == REQUESTS:
                            counted.statuses[labels.get("statuscode", "200")] += value * length / 60
                        elif name in LATENCIES:
                            counted.latencies[LATENCIES[name]].append(value / 1000)
    return EndpointMetrics(
        endpoint=endpoint,
        deployment=deployment,
        window=window,
        until=until,
        step=step,
        total=EndpointFigures.model_validate(total.figures(window)),
        deployments={
            name: EndpointFigures.model_validate(part.figures(window)) for name, part in sorted(parts.items()) if name
        },
        points=tuple(
            EndpointPoint.model_validate({"start": at, **point.figures(step)}) for at, point in sorted(points.items())
        ),
    )


def metrics_to_monitor(found: Mapping[str, EndpointMetrics], names: Sequence[str]) -> dict[str, Any]:
    """``found``: by deployment. As the service would answer a question for the metrics of these names."""
    step = next((round(each.step) for each in found.values()), 60)
    value = []
    for name in names:
        series = []
        for deployment, metrics in found.items():
            if name == REQUESTS:
                codes = sorted({code for point in metrics.points for code in point.statuses})
                series += [
                    _series(
                        {"deployment": deployment, "statuscode": code},
                        [(point.start, point.statuses.get(code, 0) * 60 / step) for point in metrics.points],
                    )
                    for code in codes
                ]
            elif ours := LATENCIES.get(name):
                points = [(point.start, getattr(point, ours)) for point in metrics.points]
                timed = [(at, latency * 1000) for at, latency in points if latency is not None]
                series.append(_series({"deployment": deployment}, timed))
        value.append({"name": {"value": name}, "unit": "Count", "timeseries": series})
    return {"interval": f"PT{step}S", "value": value}


def _series(labels: Mapping[str, str], points: Sequence[tuple[datetime, float]]) -> dict[str, Any]:
    return {
        "metadatavalues": [{"name": {"value": name}, "value": value} for name, value in labels.items()],
        "data": [{"timeStamp": at.isoformat(), "average": value} for at, value in points],
    }


def _labels(series: Mapping[str, Any]) -> dict[str, str]:
    found = _listed(series.get("metadatavalues"))
    return {str(mapping(each.get("name")).get("value")).lower(): str(each.get("value")) for each in found}


def _listed(value: object) -> list[Mapping[str, Any]]:
    return [mapping(each) for each in value] if isinstance(value, list) else []
