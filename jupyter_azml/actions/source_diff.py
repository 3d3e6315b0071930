"""What was written otherwise, in two notebooks or two texts. Outputs and metadata do not count."""

import io
from difflib import unified_diff
from typing import Any

import nbformat


def notebook_of(text: str) -> Any:
    """The sources of a notebook, and nothing else of it; None for what is no notebook."""
    try:
        read = nbformat.reads(text, as_version=4)
    except Exception:  # nbformat raises whatever the text made it stumble over
        return None
    cells = [{"cell_type": cell.cell_type, "metadata": {}, "source": cell.source} for cell in read.cells]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def diff_of_notebooks(before: Any, after: Any) -> str:
    """By nbdime, which sees that a cell was moved or inserted; without it, line by line."""
    try:
        # It takes a second to import, and is an extra: it brings buttons of its own to JupyterLab.
        from nbdime import diff_notebooks
        from nbdime.prettyprint import PrettyPrintConfig, pretty_print_diff
    except ImportError:
        return diff_of_texts(_as_text(before), _as_text(after))
    out = io.StringIO()
    changes = diff_notebooks(before, after)
    if changes:
        config = PrettyPrintConfig(out=out, use_color=False, use_git=False, use_diff=False)
        pretty_print_diff(before, changes, "", config)
    return out.getvalue().strip("\n")


def diff_of_texts(before: str, after: str) -> str:
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return "\n".join(list(lines)[2:])


def _as_text(notebook: Any) -> str:
    return "\n".join(f"# %% [{cell.cell_type}]\n{cell.source}" for cell in notebook.cells)
