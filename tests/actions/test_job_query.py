"""From the words that people type to a query."""

from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.actions.job_query import SORTS, job_query, moment_of
from jupyter_azml.entities import JobQuery, JobStatus, JobType
from jupyter_azml.errors import UsageError


def test_nothing_said_means_the_newest_jobs():
    assert job_query() == JobQuery()


def test_words_are_taken_in_any_case():
    query = job_query(statuses=("failed", "COMPLETED"), type="Command", archived="ALL", tags=("a", "b=c=d", "e="))
    assert query.statuses == (JobStatus.FAILED, JobStatus.COMPLETED)
    assert query.type is JobType.COMMAND
    assert query.archived == "all"
    assert query.tags == {"a": None, "b": "c=d", "e": ""}


@pytest.mark.parametrize("field", SORTS)
def test_times_begin_with_the_latest_and_names_with_the_first(field):
    assert job_query(sort=field).descending == (field in ("created", "ended", "duration"))
    assert job_query(sort=f"{field}:asc").descending is False
    assert job_query(sort=f"{field}:DESC").descending is True


def test_dates_are_of_this_machines_zone_and_durations_count_back():
    assert moment_of("2026-11-21T08:30+02:00") == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    assert moment_of("2026-11-21") == datetime(2026, 11, 21).astimezone()
    for text, span in {
        "90m": timedelta(minutes=90),
        "12h": timedelta(hours=12),
        "7D": timedelta(7),
        "2w": timedelta(14),
    }.items():
        assert abs(datetime.now(UTC) - span - moment_of(text)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "said",
    [
        {"statuses": ("Fialed",)},
        {"type": "sweeep"},
        {"sort": "size"},
        {"sort": "name:up"},
        {"archived": "some"},
        {"created_after": "yesterday"},
        {"created_before": "2026-13-01"},
        {"created_before": "999999w"},
    ],
)
def test_a_word_that_is_none_is_named(said):
    word = str(next(iter(said.values()))).strip("(',)").split(":")[-1]
    with pytest.raises(UsageError, match=word):
        job_query(**said)
