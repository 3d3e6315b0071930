"""The text of a notebook as an object.

nbformat is asked only when something is unusual about it, an older version say: importing it takes a second, with the
grammars of jsonschema's formats, and every ``azml run`` would wait for that.
"""

import json
from contextlib import suppress
from typing import Any

from ..language import _


class Node(dict[str, Any]):
    """An object of JSON whose keys are attributes, as in nbformat."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def read_text(text: str) -> Any:
    """Of version 4, or upgraded to it. Raises whatever the text made nbformat stumble over, and ValueError."""
    notebook: Any = None
    with suppress(ValueError):
        notebook = json.loads(text, object_hook=Node)
    is_current = isinstance(notebook, Node) and notebook.get("nbformat") == 4 and "nbformat_minor" in notebook
    if not (is_current and _is_whole(notebook)):
        import nbformat

        notebook = nbformat.reads(text, as_version=4)
        # nbformat reads any JSON object as some old version; small faults that papermill takes are left alone.
        if not _is_whole(notebook) or "nbformat" not in json.loads(text):
            raise ValueError(_("it is JSON, but has no notebook's cells"))
    for cell in notebook.cells:
        cell["source"] = "".join(cell.source)
    return notebook


def _is_whole(notebook: Any) -> bool:
    cells = notebook.get("cells")
    return isinstance(notebook.get("metadata"), dict) and isinstance(cells, list) and all(map(_is_cell, cells))


def _is_cell(cell: Any) -> bool:
    if not (isinstance(cell, dict) and {"cell_type", "source", "metadata"} <= cell.keys()):
        return False
    source = cell["source"]
    is_text = isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
    return is_text and isinstance(cell["metadata"], dict) and isinstance(cell["metadata"].get("tags", []), list | str)
