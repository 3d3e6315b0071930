"""What would travel, before it does."""

import pytest

from jupyter_azml.actions.preview_snapshot import preview_snapshot
from jupyter_azml.actions.show_snapshot import show_snapshot
from jupyter_azml.errors import SnapshotTooLarge, UsageError
from jupyter_azml.execution import snapshot


@pytest.fixture
def project(write_notebook):
    notebook = write_notebook("1")
    (notebook.parent / "data").mkdir()
    (notebook.parent / "data" / "big.csv").write_text("x" * 1000)
    (notebook.parent / ".gitignore").write_text("data/\n*.ipynb\n")
    (notebook.parent / "job.yml").write_text("command: echo\ncode: data\n")
    return notebook.parent


def test_a_notebook_shows_what_travels_with_it(project):
    found = preview_snapshot(project / "train.ipynb")
    assert [file.path for file in found.files] == [".gitignore", "job.yml", "train.ipynb"]
    assert found.size == sum(file.size for file in found.files)
    assert found.ignored_by == str(project / ".gitignore")
    assert found.ignored == ("data/",)  # and not the notebook, which travels though it is named


def test_a_folder_and_a_jobs_file_do_too(project):
    assert [file.path for file in preview_snapshot(project).files] == [".gitignore", "job.yml"]
    assert [file.path for file in preview_snapshot(project / "job.yml").files] == ["big.csv"]


def test_what_is_shown_before_is_what_travels(project, workspace):
    from jupyter_azml.actions.run_notebook import run_notebook

    before = preview_snapshot(project / "train.ipynb")
    job = run_notebook(workspace, project / "train.ipynb")
    after = show_snapshot(workspace, job.name)
    assert [(file.path, file.size) for file in after.files] == [(file.path, file.size) for file in before.files]
    assert (after.size, after.git) == (before.size, before.git)


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"nothing\.ipynb"):
        preview_snapshot(tmp_path / "nothing.ipynb")


def test_a_job_without_code_says_so(tmp_path):
    (tmp_path / "job.yml").write_text("command: echo\n")
    with pytest.raises(UsageError, match="no code"):
        preview_snapshot(tmp_path / "job.yml")


def test_too_much_is_refused_here_as_it_would_be_when_submitting(project, monkeypatch):
    monkeypatch.setattr(snapshot, "MOST_BYTES", 100)
    (project / ".gitignore").unlink()
    with pytest.raises(SnapshotTooLarge, match=r"data/ \(0 MB, 1\)"):
        preview_snapshot(project)
