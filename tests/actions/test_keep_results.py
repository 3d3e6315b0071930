"""Outputs that go back into the notebook they came from."""

import json
import os

import nbformat
import pytest

from jupyter_azml.actions.keep_results import keep_copy, update_outputs


@pytest.fixture
def written(write_notebook):
    """A notebook, and the bytes of an executed copy as papermill would leave it."""
    path = write_notebook("# parameters\nn = 1", "n * 2")
    notebook = nbformat.read(path, 4)
    notebook.metadata["mine"] = {"kept": True}
    notebook.cells[1].metadata["tags"] = ["mine"]
    nbformat.write(notebook, path)
    executed = nbformat.read(path, 4)
    injected = nbformat.v4.new_code_cell("# Parameters\nn = 21", metadata={"tags": ["injected-parameters"]})
    executed.cells.insert(1, injected)
    executed.cells[2].execution_count = 3
    executed.cells[2].metadata["papermill"] = {"duration": 1}
    executed.cells[2].outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="é\n"),
        nbformat.v4.new_output("execute_result", {"text/plain": "42"}, execution_count=3),
    ]
    executed.metadata["papermill"] = {"duration": 2}
    return path, path.read_bytes(), nbformat.writes(executed).encode()


def test_outputs_and_counts_are_written_back_and_nothing_else(written):
    path, before, executed = written
    path.chmod(0o640)
    assert update_outputs(path, before, executed) == ""
    found, old = json.loads(path.read_text("utf-8")), json.loads(before)
    assert found["cells"][1]["execution_count"] == 3
    assert found["cells"][1]["outputs"][0]["text"] == ["é\n"]
    for cell in found["cells"]:
        cell["outputs"], cell["execution_count"] = [], None
    assert found == old
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_file_is_one_that_jupyter_would_not_change(written):
    path, before, executed = written
    update_outputs(path, before, executed)
    text = path.read_text("utf-8")
    assert nbformat.writes(nbformat.reads(text, 4)) + "\n" == text


@pytest.mark.parametrize("indent", [None, 2, 4])
def test_the_files_own_form_is_kept(written, indent):
    path, before, executed = written
    before = json.dumps(json.loads(before), indent=indent).encode()
    path.write_bytes(before)
    assert update_outputs(path, before, executed) == ""
    again = json.dumps(json.loads(path.read_bytes()), indent=indent, ensure_ascii=False)
    assert path.read_text("utf-8") == again


def test_a_notebook_that_changed_meanwhile_is_left_alone(written):
    path, before, executed = written
    path.write_bytes(before + b"\n")
    assert "has changed while it ran" in update_outputs(path, before, executed)
    assert path.read_bytes() == before + b"\n"


def test_outputs_of_other_code_are_not_taken(written):
    path, before, executed = written
    assert "is not the notebook that ran" in update_outputs(path, before, executed.replace(b"n * 2", b"n * 3"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("executed", [b"", b"{}", b"[]", b'{"cells": 1}', b"\xff"])
def test_what_cannot_be_read_changes_nothing(written, executed):
    path, before, _executed = written
    assert "were left alone" in update_outputs(path, before, executed)
    assert path.read_bytes() == before


def test_a_link_stays_a_link(written, tmp_path):
    path, before, executed = written
    link = tmp_path / "link.ipynb"
    link.symlink_to(path)
    assert update_outputs(link, before, executed) == ""
    assert link.is_symlink()
    assert b'"execution_count": 3' in path.read_bytes()


def test_a_copy_makes_its_folder_and_says_when_it_cannot(tmp_path):
    assert keep_copy(b"x", tmp_path / "a" / "b.ipynb") == ""
    assert (tmp_path / "a" / "b.ipynb").read_bytes() == b"x"
    assert "cannot be written" in keep_copy(b"x", tmp_path / "a" / "b.ipynb" / "c.ipynb")
    assert os.listdir(tmp_path / "a") == ["b.ipynb"]
