"""From what was counted to the figures that people and charts are shown."""

import math
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from ..entities import EndpointFigures, EndpointMetrics, EndpointPoint
from .history import History, added_up
from .segments import Slot
from .tally import Tally

_STEPS = (1, 5, 10, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 86_400)
_MOST_POINTS = 120


def metrics_of(
    history: History, endpoint: str, *, deployment: str | None, window: float, now: float | None = None
) -> EndpointMetrics:
    now = time.time() if now is None else now
    slots = history.window(window, now, deployment=deployment)
    by_deployment: defaultdict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_deployment[slot.series.deployment].append(slot)
    return EndpointMetrics(
        endpoint=endpoint,
        deployment=deployment,
        window=window,
        until=datetime.fromtimestamp(now, UTC),
        step=_step_of(window, slots),
        total=EndpointFigures.model_validate(_figures(added_up(slots), window)),
        deployments={
            name: EndpointFigures.model_validate(_figures(added_up(part), window))
            for name, part in sorted(by_deployment.items())
        },
        points=_points(slots, _step_of(window, slots), now - window, now),
    )


def _step_of(window: float, slots: Sequence[Slot]) -> int:
    """Not finer than what was kept."""
    finest = max((slot.step for slot in slots), default=1)
    return next((step for step in _STEPS if step >= finest and window / step <= _MOST_POINTS), _STEPS[-1])


def _points(slots: Sequence[Slot], step: int, since: float, now: float) -> tuple[EndpointPoint, ...]:
    """One for each step, those without a request too: a gap in a chart would look like missing knowledge."""
    summed: defaultdict[int, Tally] = defaultdict(Tally)
    for slot in slots:
        summed[slot.start - slot.start % step].merge(slot.tally)
    first, last = math.floor(since / step) * step, math.floor(now / step) * step
    return tuple(
        EndpointPoint.model_validate(
            {**_figures(summed.get(at, Tally()), step), "start": datetime.fromtimestamp(at, UTC)}
        )
        for at in range(first, last + 1, step)
    )


def _figures(tally: Tally, seconds: float) -> dict[str, object]:
    if not tally.requests:
        return {}
    return {
        "requests": tally.requests,
        "errors": tally.errors,
        "success_rate": tally.successes / tally.requests,
        "requests_per_second": tally.requests / seconds,
        "statuses": {str(status): count for status, count in sorted(tally.statuses.items())},
        "latency_mean": tally.seconds / tally.requests,
        "latency_p50": tally.latency(0.5),
        "latency_p95": tally.latency(0.95),
        "latency_p99": tally.latency(0.99),
    }
