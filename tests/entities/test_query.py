"""A query admits the jobs that it describes."""

import pytest

from jupyter_azml.entities import JobQuery, JobStatus, JobType

from ..fakes.workspace import NOON, make_job

JOB = make_job("coral_heron", JobStatus.FAILED, tags={"Team": "blue"}, description="Nightly ÉTÉ", experiment="Churn")


@pytest.mark.parametrize(
    ("query", "admitted"),
    [
        (JobQuery(), True),
        (JobQuery(statuses=(JobStatus.FAILED, JobStatus.CANCELED)), True),
        (JobQuery(statuses=(JobStatus.RUNNING,)), False),
        (JobQuery(type=JobType.NOTEBOOK), True),
        (JobQuery(type=JobType.COMMAND), False),
        (JobQuery(experiment="churn"), True),
        (JobQuery(experiment="chur"), False),
        (JobQuery(compute="LOCAL"), True),
        (JobQuery(compute="cpu"), False),
        (JobQuery(tags={"team": "blue"}), True),
        (JobQuery(tags={"team": None}), True),
        (JobQuery(tags={"team": "red"}), False),
        (JobQuery(tags={"team": "blue", "year": None}), False),
        (JobQuery(text="été"), True),
        (JobQuery(text="HERON"), True),
        (JobQuery(text="owl"), False),
        (JobQuery(created_after=NOON), True),
        (JobQuery(created_before=NOON), False),
        (JobQuery(archived="archived"), False),
        (JobQuery(archived="all"), True),
        (JobQuery(text="heron", experiment="other"), False),
    ],
    ids=lambda value: repr(value.model_dump(exclude_defaults=True)) if isinstance(value, JobQuery) else "",
)
def test_all_that_is_given_has_to_hold(query, admitted):
    assert query.admits(JOB) is admitted
