"""Start and stop schedules of an instance."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ..entities import ComputeSchedule
from .shape import mapping, number


def schedules_to_arm(schedules: Sequence[ComputeSchedule]) -> list[dict[str, Any]]:
    return [_schedule(schedule) for schedule in schedules]


def schedules_from_arm(value: object) -> tuple[ComputeSchedule, ...]:
    """Those that can be read: the service may know other triggers one day."""
    found = (_schedule_from_arm(mapping(each)) for each in (value if isinstance(value, list) else []))
    return tuple(schedule for schedule in found if schedule)


def _schedule(schedule: ComputeSchedule) -> dict[str, Any]:
    trigger = schedule.trigger
    when: dict[str, Any] = {"startTime": trigger.start_time, "timeZone": trigger.time_zone}
    if trigger.type == "cron":
        when["expression"] = trigger.expression
    else:
        days = {"weekDays": [day.title() for day in trigger.week_days]} if trigger.week_days else {}
        when |= {
            "frequency": trigger.frequency.title(),
            "interval": trigger.interval,
            "schedule": {
                "hours": trigger.hours,
                "minutes": trigger.minutes,
                "monthDays": trigger.month_days,
                **days,
            },
        }
    return {
        "action": schedule.action.title(),
        "status": "Enabled" if schedule.enabled else "Disabled",
        "triggerType": trigger.type.title(),
        trigger.type: when,
    }


def _schedule_from_arm(found: Mapping[str, Any]) -> ComputeSchedule | None:
    kind, action = str(found.get("triggerType")).lower(), str(found.get("action")).lower()
    when = mapping(found.get(kind))
    pattern = mapping(when.get("schedule"))
    if not when:
        return None
    try:
        return ComputeSchedule.model_validate(
            {
                "action": action,
                "enabled": found.get("status") != "Disabled",
                "trigger": {
                    "type": kind,
                    "expression": str(when.get("expression") or ""),
                    "frequency": str(when.get("frequency") or "").lower(),
                    "interval": max(number(when.get("interval")), 1),
                    "hours": pattern.get("hours") or (),
                    "minutes": pattern.get("minutes") or (),
                    "month_days": pattern.get("monthDays") or (),
                    "week_days": [str(day).lower() for day in pattern.get("weekDays") or ()],
                    "start_time": str(when.get("startTime") or ""),
                    "time_zone": str(when.get("timeZone") or "UTC"),
                },
            }
        )
    except ValidationError:
        return None
