"""Bringing the files of a job here."""

import os

import pytest

from jupyter_azml.actions.download_job import download_job
from jupyter_azml.entities import DataType, File, JobStatus, Output, Page
from jupyter_azml.errors import FileNotInJob, JobNotFound, UsageError
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job


@pytest.fixture
def job(workspace, tmp_path):
    elsewhere = tmp_path / "store"
    elsewhere.mkdir()
    (elsewhere / "part.csv").write_text("1,2")
    outputs = {
        "notebook": Output(type=DataType.URI_FILE, path="outputs/train.ipynb"),
        "scores": Output(type=DataType.URI_FOLDER, path="", uri=str(elsewhere)),
        "far": Output(type=DataType.URI_FOLDER, path="", uri="azureml://datastores/far/paths/x"),
    }
    made = make_job("done", JobStatus.COMPLETED, outputs=outputs)
    with workspace.jobs._db.write() as connection:
        insert_job(connection, made)
    folder = workspace.jobs._paths.job("done").folder
    for name in (
        *("outputs/train.ipynb", "outputs/deep/er/model.bin", "artifacts/plot.png", "logs/user_logs/std_log.txt"),
        *("code/train.ipynb", "code/lib.py"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "code" / "outputs").symlink_to(folder / "outputs")
    return folder


def below(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


OUTPUTS = [
    "artifacts/outputs/deep/er/model.bin",
    "artifacts/outputs/train.ipynb",
    "artifacts/plot.png",
    "named-outputs/scores/part.csv",
]


def test_outputs_come_in_azs_layout_wherever_they_are_kept(workspace, job, tmp_path):
    done = download_job(workspace, "DONE", tmp_path / "here")
    assert below(tmp_path / "here" / "done") == OUTPUTS
    assert (done.files, done.skipped, done.left) == (4, 0, ("far",))
    assert done.size == sum((tmp_path / "here" / "done" / name).stat().st_size for name in OUTPUTS)
    assert (tmp_path / "here/done/artifacts/outputs/deep/er/model.bin").read_text() == "outputs/deep/er/model.bin"


def test_all_brings_logs_and_code_too_and_nothing_twice(workspace, job, tmp_path):
    download_job(workspace, "done", tmp_path / "here", everything=True)
    more = ["artifacts/logs/user_logs/std_log.txt", "code/lib.py", "code/train.ipynb"]
    assert below(tmp_path / "here" / "done") == sorted([*OUTPUTS, *more])


@pytest.mark.parametrize(
    ("name", "found"),
    [("scores", ["named-outputs/scores/part.csv"]), ("notebook", ["named-outputs/notebook/train.ipynb"])],
)
def test_one_output_comes_alone(workspace, job, tmp_path, name, found):
    download_job(workspace, "done", tmp_path, output=name)
    assert below(tmp_path / "done") == found


def test_an_output_that_the_job_lacks_is_named_with_those_it_has(workspace, job, tmp_path):
    with pytest.raises(FileNotInJob, match="modle") as caught:
        download_job(workspace, "done", tmp_path, output="modle")
    assert "scores" in caught.value.hint


def test_an_unknown_job_leaves_no_folder(workspace, tmp_path):
    with pytest.raises(JobNotFound):
        download_job(workspace, "nobody", tmp_path / "here")
    assert not (tmp_path / "here").exists()


def test_what_is_there_is_not_brought_again_and_what_changed_is(workspace, job, tmp_path):
    download_job(workspace, "done", tmp_path)
    (job / "outputs" / "train.ipynb").write_text("longer than it was before")
    (tmp_path / "done" / "artifacts" / "plot.png").unlink()
    again = download_job(workspace, "done", tmp_path)
    assert (again.files, again.skipped) == (2, 2)
    assert (tmp_path / "done/artifacts/outputs/train.ipynb").read_text() == "longer than it was before"


def test_a_download_that_breaks_leaves_no_half_file_and_goes_on(workspace, job, tmp_path, monkeypatch):
    opened = type(workspace.jobs).open

    def failing(self, name, path):
        file = opened(self, name, path)
        if path.endswith("model.bin"):
            file.close()
            raise OSError(28, "No space left on device")
        return file

    monkeypatch.setattr(type(workspace.jobs), "open", failing)
    with pytest.raises(UsageError, match="No space left"):
        download_job(workspace, "done", tmp_path)
    assert "model.bin" not in " ".join(below(tmp_path / "done"))
    assert not [name for name in below(tmp_path / "done") if name.endswith(".part")]
    monkeypatch.undo()
    assert download_job(workspace, "done", tmp_path).skipped > 0
    assert below(tmp_path / "done") == OUTPUTS


def test_a_link_in_the_folder_does_not_lead_a_file_out(workspace, job, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "artifacts").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="outside"):
        download_job(workspace, "done", tmp_path)
    assert os.listdir(tmp_path / "outside") == []


def test_a_backend_cannot_name_a_place_outside(workspace, job, tmp_path, monkeypatch):
    evil = Page[File](items=(File(path="outputs/..", is_folder=True),))
    listed = type(workspace.jobs).files

    def files(self, name, path="", **page):
        if path == "outputs":
            return evil
        if path == "outputs/..":
            return Page[File](items=(File(path="outputs/../../escaped.txt", is_folder=False, size=1),))
        return listed(self, name, path, **page)

    monkeypatch.setattr(type(workspace.jobs), "files", files)
    with pytest.raises(UsageError, match="outside"):
        download_job(workspace, "done", tmp_path / "deep")
    assert not list(tmp_path.rglob("escaped.txt"))
