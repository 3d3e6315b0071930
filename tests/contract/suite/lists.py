"""Lists of jobs: which are meant, and in which order."""

from datetime import timedelta

import pytest

from jupyter_azml.entities import JobQuery, JobStatus, JobType
from jupyter_azml.errors import UsageError
from tests.fakes.workspace import NOON, make_job

_S = JobStatus


def names(rig, limit=50, **query):
    """Of all pages, one after the other."""
    found, token = [], None
    while True:
        page = rig.workspace.jobs.list(JobQuery(**query), limit=limit, continuation=token)
        found += [job.name for job in page.items]
        if (token := page.continuation) is None:
            return found


class FilteringJobs:
    @pytest.fixture(autouse=True)
    def jobs(self, put_job):
        put_job("first", _S.COMPLETED, experiment="digits", tags={"Team": "blue"}, created=NOON)
        put_job("second", _S.FAILED, experiment="Churn", tags={"team": "red"}, created=NOON + timedelta(hours=1))
        put_job(
            "third",
            _S.CANCELED,
            experiment="churn",
            type=JobType.COMMAND,
            compute="cpu",
            display_name="Été 50% _x",
            description="Long ago",
            created=NOON + timedelta(hours=2),
        )
        spec = make_job("x").spec.model_copy(update={"fingerprint": "f1"})
        put_job("alike", _S.COMPLETED, created=NOON - timedelta(days=9), spec=spec, archived=True)
        put_job("hidden", _S.COMPLETED, experiment="churn", archived=True, created=NOON + timedelta(hours=3))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, ["third", "second", "first"]),
            ({"statuses": (_S.COMPLETED, _S.CANCELED)}, ["third", "first"]),
            ({"experiment": "CHURN"}, ["third", "second"]),
            ({"compute": "CPU"}, ["third"]),
            ({"type": JobType.COMMAND}, ["third"]),
            ({"tags": {"TEAM": None}}, ["second", "first"]),
            ({"tags": {"team": "blue"}}, ["first"]),
            ({"tags": {"team": "Blue"}}, []),
            ({"text": "éTÉ"}, ["third"]),
            ({"text": "50%"}, ["third"]),
            ({"text": "_x"}, ["third"]),
            ({"text": "ago"}, ["third"]),
            ({"text": "DIGITS"}, ["first"]),
            ({"text": "secon"}, ["second"]),
            ({"created_after": NOON + timedelta(hours=1)}, ["third", "second"]),
            ({"created_before": NOON + timedelta(hours=1)}, ["first"]),
            ({"archived": "archived"}, ["hidden", "alike"]),
            ({"archived": "all"}, ["hidden", "alike", "third", "second", "first"]),
            ({"archived": "all", "fingerprint": "f1"}, ["alike"]),
            ({"fingerprint": "f2"}, []),
            ({"experiment": "churn", "statuses": (_S.FAILED,), "text": "second"}, ["second"]),
            ({"experiment": "none"}, []),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
    )
    def test_all_that_is_asked_for_has_to_hold(self, rig, query, found):
        assert names(rig, **query) == found

    def test_filters_hold_over_all_pages(self, rig, put_job):
        for number in range(5):
            put_job(f"more_{number}", _S.FAILED)
        assert names(rig, limit=2, statuses=(_S.FAILED,)) == [*(f"more_{n}" for n in range(4, -1, -1)), "second"]


class SortingJobs:
    @pytest.fixture(autouse=True)
    def jobs(self, put_job):
        hour = timedelta(hours=1)
        put_job("b", _S.COMPLETED, display_name="alpha", experiment="Z", started=NOON, ended=NOON + 3 * hour)
        put_job("A", _S.FAILED, display_name="Gamma", experiment="y", started=NOON, ended=NOON + hour)
        put_job("c", _S.RUNNING, display_name="beta", experiment="x", started=NOON)
        put_job("d", _S.CANCELED, display_name="beta", experiment="x", started=NOON, ended=NOON + 2 * hour)

    @pytest.mark.parametrize(
        ("sort", "ascending"),
        [
            ("created", "bAcd"),
            ("name", "Abcd"),
            ("display_name", "bcdA"),
            ("status", "dbAc"),
            ("experiment", "cdAb"),
            ("ended", "cAdb"),
            ("duration", "cAdb"),
        ],
    )
    @pytest.mark.parametrize("limit", [1, 50])
    def test_jobs_come_in_the_order_asked_for_over_all_pages(self, rig, sort, ascending, limit):
        assert "".join(names(rig, limit, sort=sort, descending=False)) == ascending
        assert "".join(names(rig, limit, sort=sort, descending=True)) == ascending[::-1]

    def test_a_job_that_arrives_between_two_pages_shifts_none(self, rig, put_job):
        first = rig.workspace.jobs.list(limit=2)
        put_job("new", _S.QUEUED)
        second = rig.workspace.jobs.list(limit=2, continuation=first.continuation)
        assert [job.name for job in (*first.items, *second.items)] == ["d", "c", "A", "b"]
        assert second.continuation is None

    def test_a_job_that_goes_between_two_pages_hides_none(self, rig):
        first = rig.workspace.jobs.list(limit=2)
        rig.workspace.jobs.delete("d")
        second = rig.workspace.jobs.list(limit=2, continuation=first.continuation)
        assert [job.name for job in second.items] == ["A", "b"]

    @pytest.mark.parametrize("token", ["nonsense", "W10", "WyJuYW1lIiwiYSIsMV0", "é", "0", "WyJjcmVhdGVkIixbXSwxXQ"])
    def test_what_is_no_token_is_refused(self, rig, token):
        with pytest.raises(UsageError, match="does not continue"):
            rig.workspace.jobs.list(continuation=token)
