"""When the schedules of an instance act. Pure functions: the clock is handed in."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError
from dateutil import rrule
from tzlocal.windows_tz import win_tz

from ..entities import Compute, ComputeSchedule, Trigger
from ..errors import UsageError
from ..language import _

_FREQUENCIES = {
    "minute": (rrule.MINUTELY, timedelta(minutes=1)),
    "hour": (rrule.HOURLY, timedelta(hours=1)),
    "day": (rrule.DAILY, timedelta(days=1)),
    "week": (rrule.WEEKLY, timedelta(weeks=1)),
    "month": (rrule.MONTHLY, None),
}
WEEK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def due_actions(compute: Compute, since: datetime, until: datetime) -> Literal["start", "stop"] | None:
    """What the schedules ask for that fell due after ``since`` and not after ``until``: of several the last one.

    Nothing is due when the clock was set back.
    """
    found = []
    for schedule in compute.schedules:
        # A trigger without a start begins with the compute, as in Azure.
        moment = last_time(schedule.trigger, until, compute.created or since) if schedule.enabled else None
        if moment and since < moment:
            found.append((moment, schedule.action))
    return max(found)[1] if found else None


def is_due(schedule: ComputeSchedule, since: datetime, until: datetime) -> bool:
    moment = last_time(schedule.trigger, until, since) if schedule.enabled else None
    return moment is not None and moment > since


def last_time(trigger: Trigger, until: datetime, created: datetime) -> datetime | None:
    """The last moment, not after ``until``, at which it fell due; None when it never did.

    Times of day are those of the trigger's zone, so summer time moves them. Raises UsageError.
    """
    zone = zone_named(trigger.time_zone)
    start = start_of(trigger, zone)
    now = until.astimezone(zone)
    if start and start > now:
        return None
    begin = start or created.astimezone(zone)
    moment = _last_of_cron(trigger, now) if trigger.type == "cron" else _last_of_recurrence(trigger, begin, now)
    return moment if moment and moment >= (start or moment) else None


def check_trigger(trigger: Trigger) -> None:
    """Raises UsageError for one that says nothing that can be kept."""
    now = datetime.now(UTC)
    if trigger.type == "recurrence" and not trigger.frequency:
        raise UsageError(
            _("A recurrence needs a frequency."), _("Choose one of: {names}", names=", ".join(_FREQUENCIES))
        )
    for day in trigger.week_days:
        if day.lower() not in WEEK_DAYS:
            raise UsageError(
                _("{day} is no day of the week.", day=day), _("Write it as in: {names}", names=", ".join(WEEK_DAYS))
            )
    for name, values, lowest, highest in (
        ("hours", trigger.hours, 0, 23),
        ("minutes", trigger.minutes, 0, 59),
        ("month_days", trigger.month_days, 1, 31),
    ):
        for value in values:
            if not lowest <= value <= highest:
                raise UsageError(
                    _("{value} cannot be one of a schedule's {name}.", value=value, name=name),
                    _("It goes from {lowest} to {highest}.", lowest=lowest, highest=highest),
                )
    last_time(trigger.model_copy(update={"start_time": ""}), now, now)
    start_of(trigger, zone_named(trigger.time_zone))


@lru_cache
def zone_named(name: str) -> tzinfo:
    """A time zone by the name that Windows or the IANA has for it. Raises UsageError."""
    known = {key.lower(): value for key, value in win_tz.items()}.get(name.lower())
    if not known:
        known = next((zone for zone in available_timezones() if zone.lower() == name.lower()), None)
    if not known:
        raise UsageError(
            _("There is no time zone named {name}.", name=name),
            _("Write it as in “Europe/Paris”, “Romance Standard Time” or “UTC”."),
        )
    return ZoneInfo(known)


def start_of(trigger: Trigger, zone: tzinfo) -> datetime | None:
    """Raises UsageError for a start that is no time."""
    if not trigger.start_time:
        return None
    try:
        start = datetime.fromisoformat(trigger.start_time)
    except ValueError as error:
        raise UsageError(
            _("{text} is no time.", text=trigger.start_time), _("Write it as in 2026-11-20T08:00:00.")
        ) from error
    return start.astimezone(zone) if start.tzinfo else start.replace(tzinfo=zone)


def _last_of_cron(trigger: Trigger, now: datetime) -> datetime | None:
    try:
        if len(trigger.expression.split()) != 5:
            raise CronSimError("Wrong number of fields")  # a sixth would be seconds, which Azure has not
        # A search backwards leaves out the minute that it begins with.
        after = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        return next(CronSim(trigger.expression, after.astimezone(now.tzinfo), reverse=True), None)
    except CronSimError as error:
        raise UsageError(
            _("“{expression}” is no cron expression: {detail}", expression=trigger.expression, detail=error),
            _("It has five fields, as in “0 18 * * 1-5”: minute, hour, day, month, day of the week."),
        ) from error


def _last_of_recurrence(trigger: Trigger, begin: datetime, now: datetime) -> datetime | None:
    zone, first, last = now.tzinfo, begin.replace(tzinfo=None), now.replace(tzinfo=None)
    frequency, unit = _FREQUENCIES[trigger.frequency]
    if unit:
        # From one of its own moments shortly before now: it would count every minute since the beginning.
        step = unit * trigger.interval
        first += max((last - first) // step - 1, 0) * step
    minutes = trigger.minutes or ((0,) if trigger.hours else None)
    rule = rrule.rrule(
        frequency,
        dtstart=first,
        interval=trigger.interval,
        byhour=trigger.hours or None,
        byminute=minutes,
        bysecond=0 if minutes else None,
        byweekday=[WEEK_DAYS.index(day.lower()) for day in trigger.week_days] or None,
        bymonthday=trigger.month_days or None,
    )
    found = rule.before(last, inc=True)
    return found.replace(tzinfo=zone) if found else None
