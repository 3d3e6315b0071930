"""From a measurement to an alert's next state. Pure: what is so now, what was before, what time it is."""

from datetime import datetime, timedelta
from typing import NamedTuple

from ..entities import AlertMetric, AlertRule, AlertState
from ..language import _
from .tally import Tally

CALM = timedelta(seconds=30)
"""For which it has to be well before a firing alert is resolved; or as long as it had to be so before it fired."""


class Measured(NamedTuple):
    value: float | None
    is_breached: bool | None
    """None: it cannot be told, and the state stays."""
    message: str
    is_fault: bool = False
    """It could not be measured, and somebody has to do something about that."""


class Standing(NamedTuple):
    state: AlertState = AlertState.OK
    since: datetime | None = None
    calm_since: datetime | None = None
    """Of one that fires: since when it does not deserve to."""


def advance(standing: Standing, is_breached: bool | None, hold: timedelta, now: datetime) -> Standing:
    """A short dip does not end an alert, and a short peak does not begin one: so it does not flap."""
    match standing.state, is_breached:
        case _, None:
            return standing
        case AlertState.FIRING, True:
            return standing._replace(calm_since=None)
        case AlertState.FIRING, False:
            calm = standing.calm_since or now
            if now - calm >= max(hold, CALM):
                return Standing(AlertState.RESOLVED, now)
            return standing._replace(calm_since=calm)
        case AlertState.PENDING, False:
            return Standing(AlertState.OK, now)
        case AlertState.PENDING, True:
            return Standing(AlertState.FIRING, now) if now - (standing.since or now) >= hold else standing
        case _, True:
            return Standing(AlertState.PENDING if hold else AlertState.FIRING, now)
    return standing


def measure_requests(rule: AlertRule, tally: Tally) -> Measured:
    """Of latency and errors. Where nobody asked, nothing was slow."""
    if not tally.requests:
        return Measured(None, False, _("No request in {seconds:g} s.", seconds=rule.window))
    limit = rule.threshold or 0.0
    if rule.metric is AlertMetric.LATENCY:
        value = tally.latency(rule.quantile) or 0.0
        told = _(
            "{percent:g} % of {requests} requests were answered within {value:.3g} s; the limit is {limit:g} s.",
            percent=rule.quantile * 100,
            requests=tally.requests,
            value=value,
            limit=limit,
        )
    else:
        value = tally.errors / tally.requests
        told = _(
            "{errors} of {requests} requests failed ({percent:.3g} %); the limit is {limit:g} %.",
            errors=tally.errors,
            requests=tally.requests,
            percent=value * 100,
            limit=limit * 100,
        )
    return Measured(value, value > limit, told)


def measure_silence(rule: AlertRule, last: float | None, now: float) -> Measured:
    """``last``: when the newest request in the window came. Until it is kept, a rule has no beginning."""
    beginning = rule.created.timestamp() if rule.created else 0.0
    # Taken from one another, times of day lose digits: now - (now - window) may be less than the window.
    silent = min(now - max(last or 0.0, beginning), rule.window)
    return Measured(silent, silent >= rule.window, _("No request for {seconds:.0f} s.", seconds=silent))
