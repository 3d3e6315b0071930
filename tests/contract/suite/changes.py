"""Archiving, restoring and deleting jobs, and the code that travelled with them."""

import pytest

from jupyter_azml.entities import JobQuery, JobStatus
from jupyter_azml.errors import Conflict, FileNotInJob, JobNotFound


class ChangingTheWorkspace:
    def test_it_is_described_and_tagged(self, rig):
        assert rig.workspace.update(description="who leaves", tags={"team": "blue"}).tags == {"team": "blue"}
        assert rig.workspace.update(tags={"b": "c"}).description == "who leaves"
        found = rig.workspace.check()
        assert (found.description, found.tags) == ("who leaves", {"b": "c"})


class ChangingJobs:
    def test_an_archived_job_leaves_the_list_and_comes_back(self, rig, put_job):
        job = put_job("old", JobStatus.COMPLETED)
        assert rig.workspace.jobs.archive("OLD").archived
        assert rig.workspace.jobs.list().items == ()
        assert rig.workspace.jobs.get("old").archived
        assert [one.name for one in rig.workspace.jobs.list(JobQuery(archived="archived")).items] == ["old"]
        assert rig.workspace.jobs.restore("old") == job
        assert rig.workspace.jobs.list().items == (job,)

    def test_a_job_is_renamed_described_and_tagged(self, rig, put_job):
        put_job("old", JobStatus.COMPLETED, tags={"Team": "blue", "kept": "1"})
        jobs = rig.workspace.jobs
        changed = jobs.update("OLD", display_name="new", description="why", tags={"Team": None, "b": "c"})
        assert (changed.display_name, changed.description, changed.tags) == ("new", "why", {"kept": "1", "b": "c"})
        assert [each.name for each in jobs.list(JobQuery(tags={"b": "c"}, text="why")).items] == ["old"]
        assert jobs.list(JobQuery(tags={"Team": None})).items == ()
        assert jobs.update("old").display_name == "new"

    def test_a_deleted_job_is_gone_with_its_files(self, rig, put_job):
        put_job("old", JobStatus.FAILED, tags={"a": "b"})
        assert rig.workspace.jobs.open("old", "outputs/model.txt").read() == b"old"
        rig.workspace.jobs.delete("Old")
        for gone in (
            lambda: rig.workspace.jobs.get("old"),
            lambda: rig.workspace.jobs.open("old", "outputs/model.txt"),
            lambda: rig.workspace.jobs.events({"old": ""}),
            lambda: rig.workspace.jobs.delete("old"),
        ):
            with pytest.raises(JobNotFound):
                gone()
        assert rig.workspace.jobs.list(JobQuery(tags={"a": None}, archived="all")).items == ()

    @pytest.mark.parametrize("status", [JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.CANCEL_REQUESTED])
    def test_a_job_that_has_not_ended_is_not_deleted(self, rig, put_job, status):
        put_job("busy", status)
        with pytest.raises(Conflict, match="busy"):
            rig.workspace.jobs.delete("busy")
        assert rig.workspace.jobs.get("busy").name == "busy"

    @pytest.mark.parametrize("change", ["archive", "restore", "update", "delete", "cancel"])
    def test_an_unknown_job_is_named(self, rig, change):
        with pytest.raises(JobNotFound, match="nobody"):
            getattr(rig.workspace.jobs, change)("nobody")


class Snapshots:
    def test_what_travelled_is_listed_by_pages(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        (notebook.parent / "lib").mkdir()
        (notebook.parent / "lib" / "tool.py").write_text("n = 1")
        (notebook.parent / "secret.txt").write_text("x")
        (notebook.parent / ".amlignore").write_text("secret.txt\n")
        job = rig.workspace.jobs.submit(spec_of(notebook))
        (notebook.parent / "lib" / "tool.py").unlink()
        page = rig.workspace.jobs.snapshot(job.name, limit=2)
        rest = rig.workspace.jobs.snapshot(job.name, limit=2, continuation=page.continuation)
        found = [(file.path, file.size) for file in (*page.items, *rest.items)]
        assert found == [(".amlignore", 11), ("lib/tool.py", 5), ("train.ipynb", notebook.stat().st_size)]
        assert rest.continuation is None

    def test_a_job_of_a_repository_says_which(self, rig, write_notebook, spec_of, tmp_path):
        import subprocess

        notebook = write_notebook("1")
        subprocess.run(["git", "init", "-q", "-b", "main", notebook.parent], check=True)
        assert rig.workspace.jobs.submit(spec_of(notebook)).git == {"branch": "main", "dirty": "true"}

    def test_files_of_a_job_without_such_a_folder_are_not_found(self, rig, put_job):
        put_job("old", JobStatus.COMPLETED)
        with pytest.raises(FileNotInJob):
            rig.workspace.jobs.files("old", "code")
