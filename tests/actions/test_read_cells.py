"""The cells of a job's notebook for a page: joined, bounded, whatever the file holds."""

import json
from io import BytesIO
from types import SimpleNamespace

import pytest

from jupyter_azml.actions.read_cells import MOST_OUTPUT, MOST_TEXT, read_cells
from jupyter_azml.entities import DataType, NotebookSpec, Output
from jupyter_azml.errors import FileNotInJob
from tests.fakes.workspace import make_job


@pytest.fixture
def read():
    def read_it(content: bytes, first: int = 0):
        output = {"notebook": Output(type=DataType.URI_FILE, path="outputs/a.ipynb")}
        job = make_job("a").model_copy(update={"outputs": output, "spec": NotebookSpec(notebook="a.ipynb", code="/x")})

        def absent(_name, path):
            raise FileNotInJob(path, "-")

        jobs = SimpleNamespace(get=lambda _name: job, open=lambda _name, _path: BytesIO(content), open_snapshot=absent)
        return read_cells(SimpleNamespace(jobs=jobs), "a", first)

    return read_it


def notebook(*outputs, status="running"):
    cell = {"cell_type": "code", "source": ["a\n", "b"], "metadata": {"papermill": {"status": status}}}
    return json.dumps({"cells": [{**cell, "outputs": list(outputs), "execution_count": 1}], "metadata": {}}).encode()


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def test_what_is_printed_piece_by_piece_is_one_text(read):
    picture = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    (cell,) = read(
        notebook(*[stream(f"{n}\n") for n in range(3)], stream("e", "stderr"), picture, stream(["a", "b"]))
    ).cells
    assert [output.get("text") for output in cell.outputs] == ["0\n1\n2\n", "e", None, "ab"]
    assert (cell.source, cell.number, cell.is_done, cell.is_cut) == ("a\nb", 1, False, False)


def test_of_much_print_the_end_is_told_and_that_there_is_more(read):
    (cell,) = read(notebook(stream("line\n" * MOST_TEXT), status="completed")).cells
    assert len(cell.outputs[0]["text"]) < MOST_TEXT + 10
    assert (cell.outputs[0]["text"][-5:], cell.is_cut, cell.is_done) == ("line\n", True, True)


def test_a_picture_that_is_too_large_is_left_out(read):
    large = {"output_type": "display_data", "data": {"image/png": "x" * (MOST_OUTPUT + 1)}, "metadata": {}}
    (cell,) = read(notebook(stream("a"), large)).cells
    assert (len(cell.outputs), cell.is_cut) == (1, True)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 3}', b'{"cells": [1, null, {}]}', b"\xff"])
def test_a_file_that_is_no_notebook_has_no_code(read, content):
    assert all(cell.number is None for cell in read(content).cells)


@pytest.mark.parametrize("first", [1, 99, -5])
def test_a_page_may_ask_from_anywhere(read, first):
    told = read(notebook(), first)
    assert told.first == max(0, first)
    assert len(told.cells) == (0 if first > 0 else 1)
