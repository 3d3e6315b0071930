"""Notebooks with many cells, and cells with much output."""

from pathlib import Path

from .measure import Row, in_turn, notebook, python


def cells(folder: str) -> list[Row]:
    """Small cells: papermill's engine saves twice a cell, ours within a budget."""
    rows = []
    for count in (100, 400):
        path = notebook(folder, [f"x = {n}" for n in range(count)], f"cells{count}.ipynb")
        output = str(Path(folder) / "out.ipynb")
        papermill = ["-m", "papermill", "--no-progress-bar", str(path), output]
        ours, peer = in_turn(lambda p=papermill: python(*p, "--engine", "azml"), lambda p=papermill: python(*p), 3)
        rows.append(Row(f"notebook of {count} small cells, from the shell", ours, peer, "papermill"))
    return rows
