"""What a page is told of a burst of points: of each stretch the lowest, the highest and the last."""

import math
from collections.abc import Iterable, Iterator

from ..entities import Event, MetricPoint, MetricPoints

MOST = 200
"""Points of one metric in one message; a chart has not many more pixels."""


def lessened(events: Iterable[Event]) -> Iterator[Event]:
    """Everything else stays as it is."""
    for event in events:
        yield _lessened(event) if isinstance(event, MetricPoints) and len(event.points) > MOST else event


def _lessened(event: MetricPoints) -> MetricPoints:
    courses: dict[str, list[MetricPoint]] = {}
    for point in event.points:
        courses.setdefault(point.key, []).append(point)
    if event.is_whole or all(len(points) <= MOST for points in courses.values()):
        return event
    points = tuple(point for course in courses.values() for point in _chosen(course))
    return event.model_copy(update={"points": points})


def _chosen(points: list[MetricPoint]) -> list[MetricPoint]:
    if len(points) <= MOST:
        return points
    stretch = math.ceil(len(points) / (MOST // 3))
    kept: set[int] = set()
    for start in range(0, len(points), stretch):
        numbers = range(start, min(start + stretch, len(points)))
        # Nothing compares with NaN: what is a number comes first.
        kept.add(min(numbers, key=lambda n: (math.isnan(points[n].value), points[n].value)))
        kept.add(max(numbers, key=lambda n: (not math.isnan(points[n].value), points[n].value)))
        kept.add(numbers[-1])
    return [points[number] for number in sorted(kept)]
