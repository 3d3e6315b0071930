"""The cells of a job's notebook, with what they gave out."""

from typing import Literal

from pydantic import JsonValue

from .base import Entity


class NotebookCell(Entity):
    index: int
    """Of all cells, from 0."""
    number: int | None
    """As events count: from 1, over the cells that run code; None for the others."""
    kind: Literal["code", "markdown", "raw"]
    source: str
    execution_count: int | None = None
    is_done: bool = False
    """Whether it was saved after its end: then nothing of it changes any more."""
    outputs: tuple[JsonValue, ...] = ()
    """As nbformat has them; what was printed is one text, however often the job flushed it."""
    is_cut: bool = False
    """Whether outputs are left out because they are too large."""


class NotebookCells(Entity):
    count: int
    """Of the notebook."""
    first: int
    """Index of the first one told here."""
    language: str
    """Of the code: ``python``."""
    cells: tuple[NotebookCell, ...]
