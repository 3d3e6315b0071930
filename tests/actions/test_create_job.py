"""Jobs from YAML files, and YAML files from jobs."""

import os

import pytest
import yaml

from jupyter_azml.actions.create_job import create_job, load_job, validate_job
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.errors import ComputeNotFound, KernelspecMissing, ParameterUnknown, SpecInvalid, UsageError


@pytest.fixture
def write(tmp_path):
    def make(text, name="job.yml"):
        file = tmp_path / name
        file.write_text(text)
        return file

    return make


def test_a_notebook_saved_as_a_run_configuration_runs_again(workspace, write_notebook, tmp_path):
    notebook = write_notebook("# parameters\nlr = 0.1\nname = ''", "print(lr)")
    saved = tmp_path / "runs" / "train.yml"
    saved.parent.mkdir()
    first = run_notebook(
        workspace,
        notebook,
        parameters={"lr": 1e-05, "name": "1e5"},
        tags={"team": "blue"},
        timeout=60,
        retries=1,
        save_as=saved,
    )
    data = yaml.safe_load(saved.read_text())
    assert (data["type"], data["code"], data["notebook"]) == ("notebook", "../project", "train.ipynb")
    again = create_job(workspace, saved)
    assert again.spec == first.spec
    assert again.name != first.name


def test_a_command_saved_elsewhere_is_the_same_command(workspace, write, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    file = write("command: ls ${{inputs.d}}\ncode: .\ninputs: {d: {path: ./data}}")
    first = create_job(workspace, file, assignments=["tags.a=b"], save_as=tmp_path / "elsewhere" / "saved.yml")
    assert load_job(tmp_path / "elsewhere" / "saved.yml") == first.spec


def test_nothing_is_submitted_when_the_file_cannot_be_saved(workspace, write, tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        create_job(workspace, write("command: x"), save_as=tmp_path / "nowhere" / "job.yml")
    assert workspace.jobs.list().items == ()


def test_the_value_of_a_secret_is_never_written(workspace, write, tmp_path, monkeypatch):
    workspace.secrets.set("api-key", "hunter2-hunter2")
    create_job(workspace, write("command: x\nsecrets: [api-key]"), save_as=tmp_path / "saved.yml")
    saved = (tmp_path / "saved.yml").read_text()
    assert "api-key" in saved
    assert "hunter2" not in saved


def test_a_name_can_be_given_beside_the_file(workspace, write):
    assert create_job(workspace, write("command: x"), name="mine").name == "mine"


def test_jobs_of_a_file_are_grouped_by_the_working_directory(write, tmp_path, monkeypatch):
    (tmp_path / "churn").mkdir()
    monkeypatch.chdir(tmp_path / "churn")
    assert load_job(write("command: x")).experiment == "churn"
    assert load_job(write("command: x\nexperiment_name: other")).experiment == "other"


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "There is no file"), (b"\xff\xfe\x00c", "is not text in UTF-8"), (b"", "is empty")],
)
def test_a_file_that_cannot_be_read(tmp_path, content, said):
    file = tmp_path / "job.yml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SpecInvalid, match=said):
        load_job(file)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SpecInvalid, match="is a folder"):
        load_job(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(write):
    file = write("command: x")
    file.chmod(0)
    with pytest.raises(SpecInvalid, match="cannot be read"):
        load_job(file)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    (tmp_path / "job.yml").write_bytes(b"\xef\xbb\xbfcommand: x\r\ntags: {a: b}\r\n")
    assert load_job(tmp_path / "job.yml").command == "x"


def test_a_notebook_is_checked_as_azml_run_does(write, write_notebook):
    notebook = write_notebook("# parameters\nlr = 1")
    with pytest.raises(ParameterUnknown):
        load_job(write(f"notebook: {notebook}\nparameters: {{lrr: 2}}"))
    plain = write_notebook("1", name="plain.ipynb", kernel=None)
    with pytest.raises(KernelspecMissing):
        load_job(write(f"notebook: {plain}"))


def test_validating_tells_what_creating_would(workspace, write):
    assert validate_job(workspace, write("command: x")).command == "x"
    with pytest.raises(UsageError, match=r"inputs\.dta"):
        validate_job(workspace, write("command: x ${{inputs.dta}}"))
    with pytest.raises(ComputeNotFound):
        validate_job(workspace, write("command: x\ncompute: gpu"))
    with pytest.raises(SpecInvalid) as caught:
        validate_job(workspace, write("command: x\ncode: ./src\ninputs: {d: {path: ./data}}"))
    assert [line.split(": ")[1] for line in caught.value.message.splitlines()] == ["code", "inputs.d"]
    assert workspace.jobs.list().items == ()
