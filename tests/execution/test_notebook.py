"""Reading notebooks that people bring."""

import nbformat
import pytest

from jupyter_azml.errors import NotebookInvalid, NotebookMissing, ParameterUnknown
from jupyter_azml.execution.notebook import cell_title, cells_to_run, check_parameters, read_notebook


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"hello",
        b'{"nbformat": 4}',
        b'{"cells": []}',
        b"\xff\xfe\x00binary",
        b'{"nbformat": 99,',
    ],
)
def test_what_is_not_a_notebook_is_refused_by_name(tmp_path, content):
    (tmp_path / "bad.ipynb").write_bytes(content)
    with pytest.raises(NotebookInvalid, match=r"bad\.ipynb"):
        read_notebook(tmp_path / "bad.ipynb")


def test_a_cell_that_is_none_makes_the_notebook_invalid(tmp_path):
    (tmp_path / "bad.ipynb").write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"a": 1}]}')
    with pytest.raises(NotebookInvalid):
        read_notebook(tmp_path / "bad.ipynb")


def test_an_old_notebook_is_upgraded(tmp_path):
    old = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("1 + 1")])])
    (tmp_path / "old.ipynb").write_text(nbformat.v3.writes_json(old))
    assert read_notebook(tmp_path / "old.ipynb").cells[0].source == "1 + 1"


def test_a_near_name_is_offered(write_notebook):
    path = write_notebook("1", name="training.ipynb")
    with pytest.raises(NotebookMissing) as caught:
        read_notebook(path.with_name("traning.ipynb"))
    assert "training.ipynb" in caught.value.hint


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# parameters\nepochs = 3", "epochs"),
        ("# parameters\nrate: float = 0.1  # how fast", "rate"),
        ("# parameters\nx, y = 1, 2", "y"),
        ("# parameters\nlast = [\n  1,\n]\nmore = {'a': 1}", "more"),
        ("# parameters\nrate <- 0.1", "rate"),
        ("# parameters\nval rate = 0.1", "rate"),
    ],
)
def test_names_of_the_parameters_cell_are_accepted(write_notebook, source, name):
    path = write_notebook(source)
    check_parameters(read_notebook(path), path, [name])


def test_an_unknown_parameter_is_refused_with_the_nearest_name(write_notebook):
    path = write_notebook("# parameters\nlearning_rate = 0.1\nepochs = 3")
    with pytest.raises(ParameterUnknown) as caught:
        check_parameters(read_notebook(path), path, ["learnin_rate"])
    assert caught.value.hint == "Did you mean learning_rate? It has: learning_rate, epochs."


def test_without_a_parameters_cell_a_name_that_the_code_reads_is_accepted_as_papermill_does(write_notebook):
    path = write_notebook("print(rate)")
    check_parameters(read_notebook(path), path, ["rate"])
    with pytest.raises(ParameterUnknown):
        check_parameters(read_notebook(path), path, ["speed"])


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# Load the data\nx = 1", "Load the data"),
        ("\n\n  x = 1\ny", "x = 1"),
        ("#\nx", "#"),
        ("%%bash\nls", "bash"),
        ("", ""),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_cell_is_called_what_a_person_would_call_it(source, title):
    assert cell_title(source) == title


def test_only_cells_that_run_are_counted(write_notebook):
    notebook = read_notebook(write_notebook("1", "", "  ", "2"))
    notebook.cells.append(nbformat.v4.new_markdown_cell("text"))
    notebook.cells.append(nbformat.v4.new_code_cell("3", metadata={"tags": ["skip-execution"]}))
    assert cells_to_run(notebook) == {0: 1, 3: 2}
