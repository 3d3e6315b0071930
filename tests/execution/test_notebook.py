"""Reading notebooks that people bring."""

import json
import subprocess
import sys

import nbformat
import pytest

from jupyter_azml.errors import NotebookInvalid, NotebookMissing
from jupyter_azml.execution.notebook import cell_title, cells_to_run, read_notebook


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


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": "1", "outputs": [], "execution_count": None},
        {"cell_type": "code", "source": None, "metadata": {}, "outputs": [], "execution_count": None},
        {"cell_type": "code", "source": [1], "metadata": {}, "outputs": [], "execution_count": None},
        {"cell_type": "code", "source": "1", "metadata": {"tags": None}, "outputs": [], "execution_count": None},
    ],
    ids=["no metadata", "no text", "numbers for text", "no tags"],
)
def test_a_cell_that_papermill_could_not_run_makes_the_notebook_invalid(tmp_path, cell):
    (tmp_path / "bad.ipynb").write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})
    )
    with pytest.raises(NotebookInvalid):
        read_notebook(tmp_path / "bad.ipynb")


def test_a_current_notebook_is_read_as_nbformat_reads_it_but_without_its_second_of_imports(tmp_path, write_notebook):
    path = write_notebook("x = 1\ny = 2", "print('é')", "")
    read = "import sys; from pathlib import Path; from jupyter_azml.execution.notebook import read_notebook as read; "
    read += "found = read(Path(sys.argv[1])); print('nbformat' in sys.modules, ascii([c.source for c in found.cells]))"
    told = subprocess.run([sys.executable, "-c", read, path], capture_output=True, text=True, check=True).stdout
    assert told.strip() == f"False {[cell.source for cell in nbformat.read(path, 4).cells]!a}"


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
