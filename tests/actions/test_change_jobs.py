"""Many jobs at once."""

import pytest

from jupyter_azml.actions.change_jobs import change_jobs, select_jobs
from jupyter_azml.entities import JobQuery, JobStatus
from jupyter_azml.errors import JobNotFound, UsageError
from tests.fakes.workspace import FakeWorkspace, make_job

_S = JobStatus


@pytest.fixture
def fake():
    states = {"done": _S.COMPLETED, "failed": _S.FAILED, "running": _S.RUNNING, "queued": _S.QUEUED}
    jobs = [make_job(name, status) for name, status in states.items()]
    return FakeWorkspace([*jobs, make_job("hidden", _S.FAILED, archived=True)])


def test_nothing_said_means_no_job(fake):
    with pytest.raises(UsageError, match="Which jobs"):
        select_jobs(fake, "delete", (), None)


def test_names_alone_are_taken_as_they_are_once_each(fake):
    assert select_jobs(fake, "delete", ("b", "a", "b"), None) == ("b", "a")


def test_a_query_means_what_a_list_shows(fake):
    assert select_jobs(fake, "delete", (), JobQuery(statuses=(_S.FAILED,))) == ("failed",)
    assert select_jobs(fake, "delete", (), JobQuery(statuses=(_S.FAILED,), archived="all")) == ("failed", "hidden")


def test_with_names_and_a_query_both_have_to_hold(fake):
    assert select_jobs(fake, "delete", ("done", "failed"), JobQuery(statuses=(_S.FAILED,))) == ("failed",)
    with pytest.raises(JobNotFound):
        select_jobs(fake, "delete", ("nobody",), JobQuery())


def test_what_would_stay_as_it_is_is_left_out(fake):
    assert select_jobs(fake, "cancel", (), JobQuery()) == ("running", "queued")
    assert select_jobs(fake, "restore", (), JobQuery(statuses=(_S.FAILED,))) == ("hidden",)


def test_one_that_fails_stops_none_of_the_others(fake):
    changed = change_jobs(fake, "delete", ("done", "nobody", "failed"))
    assert changed.done == ("done", "failed")
    assert [(one.name, one.code) for one in changed.failed] == [("nobody", "JobNotFound")]


def test_a_query_reaches_beyond_the_first_page(fake):
    for number in range(1100):
        fake.jobs.put(make_job(f"many_{number}", _S.CANCELED))
    assert len(select_jobs(fake, "delete", (), JobQuery(statuses=(_S.CANCELED,)))) == 1100
