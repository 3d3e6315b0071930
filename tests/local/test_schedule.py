"""Schedules fall due at the moments that they name, in their own time zone, once."""

from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.entities import Compute, ComputeSchedule, ComputeType, Trigger
from jupyter_azml.errors import UsageError
from jupyter_azml.local.schedule import check_trigger, due_actions, is_due, last_time

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def cron(expression, **fields):
    return Trigger(type="cron", expression=expression, **fields)


def recurrence(frequency, **fields):
    return Trigger(type="recurrence", frequency=frequency, **fields)


def instance(*schedules):
    return Compute(name="ci1", type=ComputeType.COMPUTEINSTANCE, created=CREATED, schedules=schedules)


def schedule(action, trigger, enabled=True):
    return ComputeSchedule(action=action, trigger=trigger, enabled=enabled)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("trigger", "moment"),
    [
        # Paris is an hour ahead of UTC in winter, and two in summer.
        (cron("0 18 * * 1-5", time_zone="Europe/Paris"), utc(2026, 11, 20, 17)),
        (cron("0 18 * * 1-5", time_zone="Romance Standard Time"), utc(2026, 7, 20, 16)),
        (cron("0 18 * * 1-5", time_zone="romance standard time"), utc(2026, 7, 20, 16)),
        (cron("*/15 * * * *"), utc(2026, 11, 20, 9, 45)),
        (recurrence("day", hours=(18,), minutes=(30,)), utc(2026, 11, 20, 18, 30)),
        (recurrence("day", hours=(18,)), utc(2026, 11, 20, 18)),
        (recurrence("week", week_days=("Friday",), hours=(8,), minutes=(0,)), utc(2026, 11, 20, 8)),
        (recurrence("month", month_days=(20,), hours=(8,), minutes=(0,)), utc(2026, 11, 20, 8)),
        (recurrence("minute", interval=7, start_time="2016-11-20T08:01:00"), utc(2016, 11, 20, 8, 15)),
        (recurrence("hour", interval=6, start_time="2026-11-19T02:30:00+01:00"), utc(2026, 11, 20, 1, 30)),
        (
            recurrence("day", interval=2, start_time="2026-11-18T08:00:00", time_zone="Asia/Tokyo"),
            utc(2026, 11, 19, 23),
        ),
    ],
)
def test_it_falls_due_at_its_moment_and_at_no_other(trigger, moment):
    assert last_time(trigger, moment, CREATED) == moment
    assert is_due(schedule("stop", trigger), moment - SECOND, moment)
    assert not is_due(schedule("stop", trigger), moment, moment + SECOND)
    assert not is_due(schedule("stop", trigger), moment - 2 * SECOND, moment - SECOND)


def test_every_second_week_is_counted_from_the_start():
    trigger = recurrence("week", interval=2, week_days=("monday",), hours=(8,), start_time="2026-11-02T00:00:00")

    found = {last_time(trigger, utc(2026, 11, day, 12), CREATED).day for day in range(2, 30)}

    assert found == {2, 16}


def test_nothing_is_due_before_the_start():
    trigger = cron("* * * * *", start_time="2026-11-20T08:00:30")

    assert last_time(trigger, utc(2026, 11, 20, 8), CREATED) is None
    assert last_time(trigger, utc(2026, 11, 20, 8, 0, 45), CREATED) is None
    assert last_time(trigger, utc(2026, 11, 20, 8, 1), CREATED) == utc(2026, 11, 20, 8, 1)


def test_without_a_time_of_day_it_is_that_of_the_compute_s_making():
    compute = instance(schedule("stop", recurrence("day"))).model_copy(update={"created": utc(2026, 1, 1, 9, 30, 5)})

    assert due_actions(compute, utc(2026, 11, 20, 9, 30, 4), utc(2026, 11, 20, 9, 30, 5)) == "stop"
    assert due_actions(compute, utc(2026, 11, 20, 9, 30, 5), utc(2026, 11, 21, 9, 30, 4)) is None


def test_of_several_the_last_one_that_fell_due_counts():
    night = (schedule("stop", cron("0 18 * * *")), schedule("start", cron("0 8 * * *")))

    # A laptop that slept.
    assert due_actions(instance(*night), utc(2026, 11, 19, 12), utc(2026, 11, 20, 12)) == "start"
    assert due_actions(instance(*night), utc(2026, 11, 19, 12), utc(2026, 11, 20, 7)) == "stop"
    assert due_actions(instance(*night), utc(2026, 11, 20, 9), utc(2026, 11, 20, 10)) is None


def test_a_clock_that_is_set_back_makes_nothing_due():
    evening = instance(schedule("stop", cron("0 18 * * *")))

    assert due_actions(evening, utc(2026, 11, 20, 19), utc(2026, 11, 20, 17)) is None


def test_one_that_is_disabled_does_nothing():
    compute = instance(schedule("stop", cron("* * * * *"), enabled=False))

    assert due_actions(compute, utc(2026, 11, 20), utc(2026, 11, 21)) is None


def test_a_time_that_summer_time_skips_is_due_once_that_day():
    trigger = recurrence("day", hours=(2,), minutes=(30,), time_zone="Europe/Paris")

    due = [
        hour
        for hour in range(24)
        if is_due(schedule("stop", trigger), utc(2026, 3, 29, hour), utc(2026, 3, 29, hour) + timedelta(hours=1))
    ]

    assert len(due) == 1


@pytest.mark.parametrize(
    "trigger",
    [
        cron(""),
        cron("x"),
        cron("61 * * * *"),
        cron("* * * * * *"),
        cron("0 0 * * *", time_zone="Europe/Nowhere"),
        cron("0 0 * * *", start_time="tomorrow"),
        recurrence(""),
        recurrence("day", hours=(24,)),
        recurrence("day", minutes=(60,)),
        recurrence("week", week_days=("freitag",)),
        recurrence("month", month_days=(0,)),
    ],
    ids=repr,
)
def test_what_could_never_fall_due_is_refused_with_a_hint(trigger):
    with pytest.raises(UsageError) as caught:
        check_trigger(trigger)
    assert caught.value.hint


def test_looking_takes_no_time_however_long_ago_it_began():
    trigger = recurrence("minute", start_time="1990-01-01T00:00:00")
    began = datetime.now(UTC)
    for _ in range(20):
        last_time(trigger, utc(2026, 11, 20), CREATED)
    assert (datetime.now(UTC) - began).total_seconds() < 0.5
