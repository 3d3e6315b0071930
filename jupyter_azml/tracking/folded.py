"""Lines of journals as rows of MLflow's tables."""

import math
from collections.abc import Iterator
from typing import Any

from .lines import point_in

Rows = Iterator[tuple[str, list[tuple[Any, ...]]]]
"""Statements, each with the rows that it is for."""

LARGEST = 1.7976931348623157e308
"""What MLflow keeps for infinity, since SQL has no word for it."""

_POINT = "INSERT OR IGNORE INTO metrics (run_uuid, key, step, timestamp, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)"
_LATEST = """
INSERT INTO latest_metrics (run_uuid, key, step, timestamp, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key, run_uuid) DO UPDATE SET
    step = excluded.step, timestamp = excluded.timestamp, value = excluded.value, is_nan = excluded.is_nan
WHERE (excluded.step, excluded.timestamp, excluded.value)
    > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)
"""
_POINT_OF_MODEL = """
INSERT OR IGNORE INTO logged_model_metrics
    (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, experiment_id, run_id, dataset_name,
     dataset_digest)
SELECT model_id, ?, ?, ?, ?, ?, ?, ?, ? FROM logged_models WHERE model_id = ?
"""
_PARAM = "INSERT OR IGNORE INTO params (run_uuid, key, value) VALUES (?, ?, ?)"
_TAG = """
INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, ?)
ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value
"""


def points_in(run_id: str, experiment_id: int, lines: list[dict[str, Any]]) -> Rows:
    points: list[tuple[Any, ...]] = []
    latest: dict[str, tuple[Any, ...]] = {}
    of_models = []
    for line in lines:
        found = point_in(line)
        if found is None:
            continue
        key, value, step, time = found
        kept, is_nan = kept_value(value)
        point = (run_id, key, step, time, kept, is_nan)
        points.append(point)
        known = latest.get(key)
        if known is None or point[2:5] > known[2:5]:
            latest[key] = point
        if "model_id" in line:
            about = (_text(line.get("dataset")), _text(line.get("digest")), _text(line["model_id"]))
            of_models.append((key, time, step, kept, experiment_id, run_id, *about))
    # Neighbours in the tables' order are written faster.
    points.sort(key=lambda point: point[1:4])
    yield _POINT, points
    yield _LATEST, list(latest.values())
    yield _POINT_OF_MODEL, of_models


def facts_in(run_id: str, _experiment_id: int, lines: list[dict[str, Any]]) -> Rows:
    known = [line for line in lines if type(line.get("value")) is str]
    yield _PARAM, [(run_id, line["param"], line["value"]) for line in known if type(line.get("param")) is str]
    tags = {line["tag"]: line["value"] for line in known if type(line.get("tag")) is str}
    yield _TAG, [(run_id, *tag) for tag in tags.items()]


def kept_value(value: float) -> tuple[float, bool]:
    """As MLflow keeps it, and whether it is not a number."""
    if math.isnan(value):
        return 0.0, True
    return max(-LARGEST, min(value, LARGEST)), False


def _text(value: object) -> str | None:
    return value if type(value) is str else None
