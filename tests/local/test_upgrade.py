"""Every older workspace.db that is stored here opens, with all that it held."""

import sqlite3
from pathlib import Path

import pytest

from jupyter_azml.entities import JobQuery, JobStatus
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.migrations import MIGRATIONS

STORED = sorted((Path(__file__).parent / "databases").glob("*.sql"), key=lambda file: int(file.stem))


@pytest.fixture(params=STORED, ids=lambda file: f"version {file.stem}")
def upgraded(request, tmp_path):
    folder = tmp_path / "old"
    (folder / "jobs").mkdir(parents=True)
    connection = sqlite3.connect(folder / "workspace.db")
    connection.executescript(request.param.read_text("utf-8"))
    connection.close()
    return LocalWorkspace(folder)


def test_all_jobs_are_there_with_their_ends(upgraded):
    found = {job.name: job for job in upgraded.jobs.list(JobQuery(descending=False)).items}
    assert [(name, job.status) for name, job in found.items()] == [
        ("amber_fern_1completed", JobStatus.COMPLETED),
        ("brave_dune_2failed", JobStatus.FAILED),
        ("calm_otter_3canceled", JobStatus.CANCELED),
        ("coral_heron_4queued", JobStatus.QUEUED),
    ]
    failed = found["brave_dune_2failed"]
    assert failed.reason.message == "Cell 2 raised ValueError: too small"
    assert [metric.last for metric in failed.metrics] == [0.1]


def test_what_older_versions_did_not_filter_by_is_filled_in(upgraded):
    assert len(upgraded.jobs.list(JobQuery(tags={"team": "blue"})).items) == 4
    assert len(upgraded.jobs.list(JobQuery(text="été amber")).items) == 1
    (newest, *_rest) = upgraded.jobs.list(JobQuery(sort="ended")).items
    assert newest.name == "calm_otter_3canceled"
    with upgraded.jobs._db.read() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_jobs_of_before_have_no_fingerprint_and_stand_for_none(upgraded):
    assert upgraded.jobs.list(JobQuery(fingerprint="f")).items == ()
    with upgraded.jobs._db.read() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM jobs WHERE fingerprint = ? AND fingerprint <> '' ORDER BY id DESC", ("f",)
        ).fetchall()
    assert "jobs_by_fingerprint" in plan[0]["detail"]


@pytest.mark.parametrize("upgraded", [file for file in STORED if int(file.stem) >= 11], indirect=True)
def test_deployments_of_before_wait_for_no_share_of_the_traffic(upgraded):
    assert [each.name for each in upgraded.endpoints.list().items] == ["churn"]
    assert [each.model for each in upgraded.endpoints.deployments.list("churn").items] == ["azureml:churn:1"]
    with upgraded.jobs._db.read() as connection:
        assert [row["share"] for row in connection.execute("SELECT share FROM deployments")] == [None]
