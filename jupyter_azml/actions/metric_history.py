"""Every point that a job has logged, for analysis."""

from collections.abc import Iterator, Sequence

from ..entities import MetricPoint, MetricPoints
from ..workspace import Workspace


def metric_history(workspace: Workspace, name: str, keys: Sequence[str] = ()) -> Iterator[MetricPoint]:
    """In the order of arrival, piece by piece, up to what has been logged by now; of all metrics when none is named.

    Raises JobNotFound.
    """
    cursor, following = None, ""
    while following != cursor:
        cursor = following
        batch = workspace.jobs.events({name: cursor})
        (following,) = batch.cursors.values()
        for event in batch.events:
            if isinstance(event, MetricPoints):
                yield from (point for point in event.points if not keys or point.key in keys)
