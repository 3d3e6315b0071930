"""Notebooks with many cells, and cells with much output, each as a whole process."""

import os
from datetime import datetime
from pathlib import Path

import nbformat

from .measure import Row, in_turn, notebook, python, timed

NBCLIENT = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""
PATIENT = os.environ.get("AZML_BENCH_QUICK") != "1"
"""papermill takes some six minutes for 1,600 cells, so it is asked once, unless that is too long."""


def cells(folder: str) -> list[Row]:
    """Small cells: papermill saves twice a cell, ours when there is something to lose."""
    rows = []
    for count, rounds in ((100, 3), (400, 1)):
        path = _small(folder, count)
        times = in_turn(lambda p=path: _azml(p), lambda p=path: _papermill(folder, p), rounds)
        rows.append(Row(f"notebook of {count:,} small cells", *times, "papermill"))
    path, work = _small(folder, 1600), "notebook of 1,600 small cells"
    ours, nbclient = in_turn(lambda: _azml(path), lambda: _nbclient(folder, path), 5)
    rows.append(Row(work, ours, nbclient, "nbclient", "≤ 1.0"))
    if PATIENT:
        rows.append(Row(work, ours, timed(lambda: _papermill(folder, path)), "papermill", "≤ 0.025"))
    times = in_turn(lambda: _engine(folder, path), lambda: _nbclient(folder, path), 3)
    rows.append(Row(f"{work}, papermill --engine azml", *times, "nbclient"))
    few, many = (_cost_of_a_cell(folder, count) for count in (100, 6400))
    rows.append(Row("a cell among 6,400", many, few, "ours, among 100", "≤ 1.2", "ms/cell"))
    return rows


def large_outputs(folder: str) -> list[Row]:
    path = notebook(folder, ["for _ in range(1250): print('x' * 79)"] * 200, "outputs.ipynb")
    ours, nbclient = in_turn(lambda: _azml(path), lambda: _nbclient(folder, path), 5)
    rows = [Row("200 cells that print 100 kB", ours, nbclient, "nbclient", "≤ 1.1")]
    if PATIENT:
        rows.append(
            Row("200 cells that print 100 kB", ours, timed(lambda: _papermill(folder, path)), "papermill", "≤ 0.2")
        )
    return rows


def _small(folder: str, count: int) -> Path:
    return notebook(folder, [f"x = {n}" for n in range(count)], f"cells{count}.ipynb")


def _azml(path: Path) -> None:
    python("-m", "jupyter_azml", "run", str(path), "--wait")


def _engine(folder: str, path: Path) -> Path:
    output = Path(folder) / "ours.ipynb"
    python("-m", "papermill", "--no-progress-bar", "--engine", "azml", str(path), str(output))
    return output


def _papermill(folder: str, path: Path) -> None:
    python("-m", "papermill", "--no-progress-bar", str(path), f"{folder}/peer.ipynb")


def _nbclient(folder: str, path: Path) -> None:
    python("-c", NBCLIENT, str(path), f"{folder}/peer.ipynb")


def _cost_of_a_cell(folder: str, count: int) -> float:
    """Milliseconds from the start of the first cell to the end of the last, each."""
    facts = [cell.metadata.papermill for cell in nbformat.read(_engine(folder, _small(folder, count)), 4).cells]
    began, ended = (datetime.fromisoformat(text) for text in (facts[0].start_time, facts[-1].end_time))
    return (ended - began).total_seconds() * 1000 / count
