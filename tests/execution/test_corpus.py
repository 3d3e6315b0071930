"""Notebooks come out of our engine as they come out of papermill's own, up to times, ids and addresses."""

import json
import os
import re
import sys
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from papermill import execute_notebook

from . import corpus

IDS = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|0x[0-9a-f]{6,}|ipykernel_\d+/\d+|\d{4}-\d\d-\d\dT[\d:.]+Z?"
)


def comparable(path):
    """The notebook without what differs between two runs of one engine, and streams in one piece."""
    notebook = json.loads(path.read_text("utf-8"))
    facts = notebook["metadata"]["papermill"]
    for name in ("start_time", "end_time", "duration", "input_path", "output_path"):
        facts[name] = type(facts[name]).__name__
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"].get("papermill", {}).update(start_time=0, end_time=0, duration=0)
        if "execution" in cell["metadata"]:
            cell["metadata"]["execution"] = sorted(cell["metadata"]["execution"])
        if "outputs" in cell:
            cell["outputs"] = in_one_piece(cell["outputs"])
    for view in notebook["metadata"].get("widgets", {}).values():
        view["state"] = sorted(IDS.sub("ID", json.dumps(model, sort_keys=True)) for model in view["state"].values())
    return json.loads(IDS.sub("ID", json.dumps(notebook, sort_keys=True)))


def in_one_piece(outputs):
    """Where a stream is cut depends on the clock, and so does which of the two comes first."""
    found = []
    for is_stream, group in groupby(outputs, lambda output: output["output_type"] == "stream"):
        if is_stream:
            texts = {}
            for output in group:
                texts[output["name"]] = texts.get(output["name"], "") + "".join(output["text"])
            found += [{"stream": name, "text": texts[name]} for name in sorted(texts)]
        else:
            found += group
    return found


@pytest.fixture
def both(tmp_path, monkeypatch):
    """Runs a notebook with both engines; for each, the comparable notebook and what was raised."""
    monkeypatch.chdir(tmp_path)

    def run(notebook, **options):
        path = tmp_path / "in.ipynb"
        path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), "utf-8")
        results = []
        for engine in (None, "azml"):
            output = tmp_path / f"{engine}.ipynb"
            raised = outcome(path, output, engine_name=engine, progress_bar=False, **options)
            if engine is None and raised and raised[0] == "CellTimeoutError":
                # papermill's client waits for ever for a message that it has missed, as happens on a busy machine.
                raised = outcome(path, output, progress_bar=False, **options)
            results.append((comparable(output), raised))
        return results

    return run


def outcome(path, output, **options):
    try:
        execute_notebook(path, output, **{"execution_timeout": 40, **options})
    except Exception as error:
        return type(error).__name__, getattr(error, "ename", ""), getattr(error, "exec_count", 0)
    return None


def assert_equal(results):
    (theirs, their_error), (ours, our_error) = results
    assert our_error == their_error
    for their_cell, our_cell in zip(theirs["cells"], ours["cells"], strict=True):
        assert our_cell == their_cell
    assert ours == theirs


def test_everything_that_a_cell_can_say_comes_out_the_same(both):
    results = both(corpus.everything(), parameters={"rate": 0.25, "name": 'a "quoted"\nname', "list_": [1, None, True]})
    assert_equal(results)
    ours = json.dumps(results[1][0])
    for said in ("from the shell", "in the widget", "StdinNotImplementedError", "image/png", "0.25", "replaced"):
        assert said in ours


@pytest.mark.parametrize(
    "source",
    ["print('so far')\n1 / 0", "import sys; sys.exit(0)", "import sys; sys.exit(3)", "raise KeyboardInterrupt", "a b"],
)
def test_a_notebook_that_ends_early_ends_the_same_way(both, source):
    assert_equal(both(corpus.ending_with(source)))


OLD = {"metadata": {}, "nbformat": 4, "nbformat_minor": 0, "cells": []}


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4, 5])
def test_a_notebook_of_an_older_format_comes_out_the_same(both, minor):
    cell = {"cell_type": "code", "metadata": {}, "source": ["1 +\n", " 1"], "outputs": [], "execution_count": None}
    cells = [cell, {**cell, "source": "print(2)"}]
    if minor == 5:
        cells = [{**cell, "id": f"an-id-{n}"} for n, cell in enumerate(cells)]
    notebook = {**OLD, "nbformat_minor": minor, "cells": cells}
    assert_equal(both(json.dumps(notebook), kernel_name="python3", language="python"))


def test_a_notebook_of_version_3_comes_out_the_same(both):
    v3 = nbformat.v3
    cells = [v3.new_code_cell("1 + 1"), v3.new_text_cell("markdown", "text"), v3.new_heading_cell("Heading", 2)]
    notebook = v3.new_notebook(worksheets=[v3.new_worksheet(cells=cells)])
    assert_equal(both(v3.writes_json(notebook), kernel_name="python3", language="python"))


def test_a_notebook_of_another_language_is_given_its_parameters(both, tmp_path, monkeypatch):
    kernel = tmp_path / "jupyter" / "kernels" / "bash"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Bash", "language": "bash"}))
    monkeypatch.setenv("JUPYTER_PATH", str(kernel.parents[1]), prepend=os.pathsep)
    results = both(corpus.of_bash(), parameters={"rate": 0.5, "name": "it's"})
    assert_equal(results)
    assert "0.5 it's" in json.dumps(results[1][0])


def test_the_notebook_is_written_where_papermill_would_write_it(tmp_path, monkeypatch):
    notebook = tmp_path / "in.ipynb"
    nbformat.write(corpus.ending_with("import os\nprint(os.getcwd())"), notebook)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    execute_notebook("in.ipynb", "out.ipynb", engine_name="azml", progress_bar=False, cwd="elsewhere")
    assert str(tmp_path / "elsewhere") in (tmp_path / "out.ipynb").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "in.ipynb", "out.ipynb"]
    with pytest.raises(FileNotFoundError, match="missing"):
        execute_notebook("in.ipynb", "missing/out.ipynb", engine_name="azml", progress_bar=False)
    execute_notebook("in.ipynb", "/dev/null", engine_name="azml", progress_bar=False)
    assert Path("/dev/null").is_char_device()
