"""``schedules`` of an instance, and its idle time.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-compute-instance
"""

import re
from collections.abc import Sequence
from typing import Any

from ..entities import ComputeSchedule
from ..language import _
from .shape import Place, Shape, integer, keys, sequence, text, word

_IDLE = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _one_or_more(of: Shape) -> Shape:
    def shape(value: Any, place: Place) -> Any:
        return sequence(of)(value, place) if isinstance(value, list) else [of(value, place)]

    return shape


_TRIGGER = keys(
    {
        "type": word("cron", "recurrence"),
        "expression": text,
        "start_time": text,
        "time_zone": text,
        "frequency": word("minute", "hour", "day", "week", "month"),
        "interval": integer(1),
        "schedule": keys(
            {
                "hours": _one_or_more(integer(0)),
                "minutes": _one_or_more(integer(0)),
                "week_days": _one_or_more(word(*_DAYS)),
                "month_days": _one_or_more(integer(1)),
            }
        ),
    },
    needed=("type",),
)
SCHEDULES = keys(
    {
        "compute_start_stop": sequence(
            keys(
                {
                    "action": word("start", "stop"),
                    "state": word("enabled", "disabled"),
                    "trigger": _TRIGGER,
                    "schedule_id": None,
                    "provisioning_state": None,
                },
                needed=("action", "trigger"),
            )
        )
    }
)


def schedules_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Fields of ``ComputeSchedule``."""
    return [
        {
            "action": each["action"],
            "enabled": each.get("state") != "disabled",
            "trigger": {
                **{name: value for name, value in each["trigger"].items() if name != "schedule"},
                **each["trigger"].get("schedule", {}),
            },
        }
        for each in found.get("compute_start_stop", [])
    ]


def schedules_data(schedules: Sequence[ComputeSchedule]) -> dict[str, Any]:
    """Empty for none."""
    found = [_schedule_data(schedule) for schedule in schedules]
    return {"compute_start_stop": found} if found else {}


def minutes_of(value: str, place: Place) -> int | None:
    """Of an ISO 8601 duration such as PT30M."""
    found = _IDLE.fullmatch(value)
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    if not minutes:
        place.fault(_("a time such as PT30M is expected, not {value}", value=repr(value)[:60]))
        return None
    return minutes


def _schedule_data(schedule: ComputeSchedule) -> dict[str, Any]:
    trigger = schedule.trigger
    when: dict[str, Any] = {"type": trigger.type, "time_zone": trigger.time_zone, "start_time": trigger.start_time}
    if trigger.type == "cron":
        when["expression"] = trigger.expression
    else:
        pattern = {name: list(getattr(trigger, name)) for name in ("hours", "minutes", "week_days", "month_days")}
        when |= {
            "frequency": trigger.frequency,
            "interval": trigger.interval,
            "schedule": {name: value for name, value in pattern.items() if value},
        }
    return {
        "action": schedule.action,
        "state": "enabled" if schedule.enabled else "disabled",
        "trigger": {name: value for name, value in when.items() if value not in ("", {})},
    }
