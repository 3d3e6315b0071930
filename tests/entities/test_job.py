"""The state machine of a job."""

from datetime import UTC, datetime

import pytest

from jupyter_azml.entities import Job, JobStatus, JobType, NotebookSpec, Reason, advance
from jupyter_azml.entities.job import TRANSITIONS

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def job(status):
    spec = NotebookSpec(notebook="a.ipynb", code="/x")
    facts = {"display_name": "a", "experiment": "e", "type": JobType.NOTEBOOK, "spec": spec, "created": NOW}
    return Job(name="a", status=status, **facts)


@pytest.mark.parametrize("before", JobStatus)
@pytest.mark.parametrize("after", JobStatus)
def test_only_moves_of_the_table_are_made(before, after):
    if after is before or after in TRANSITIONS[before]:
        assert advance(job(before), after, None, NOW).status is after
    else:
        with pytest.raises(ValueError, match="cannot go"):
            advance(job(before), after, None, NOW)


def test_every_state_has_its_exits_listed_and_the_three_ends_have_none():
    assert set(TRANSITIONS) == set(JobStatus)
    assert {status for status in JobStatus if status.is_terminal} == {"Completed", "Failed", "Canceled"}


@pytest.mark.parametrize("status", [status for status in JobStatus if not status.is_terminal])
def test_every_state_can_be_left_for_each_kind_of_end_that_is_not_success(status):
    assert {JobStatus.FAILED, JobStatus.CANCELED} <= TRANSITIONS[status]


def test_times_are_taken_at_the_start_and_at_the_end():
    later = NOW.replace(hour=1)
    running = advance(job(JobStatus.STARTING), JobStatus.RUNNING, None, NOW)
    ended = advance(running, JobStatus.COMPLETED, Reason.of("Finished"), later)
    assert (ended.started, ended.ended) == (NOW, later)


def test_a_job_survives_its_own_json():
    told = job(JobStatus.QUEUED).model_copy(update={"reason": Reason.of("AgentStarting")})
    assert Job.model_validate_json(told.model_dump_json()) == told
