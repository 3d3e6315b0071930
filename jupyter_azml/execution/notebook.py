"""Reading a notebook before it runs: is it one, which kernel, which cells, which parameters."""

import ast
import json
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import KernelspecMissing, NotebookInvalid, NotebookMissing, ParameterUnknown
from ..language import _

_ASSIGNMENT = re.compile(
    r"^\s*(?:val |var |let |const |set )?\$?([^\W\d][\w.]*)\s*(?::[^=\n]+)?(?:=|<-)(?!=)", re.MULTILINE
)


def read_notebook(path: Path) -> Any:
    """The notebook, upgraded to version 4. Raises NotebookMissing, NotebookInvalid."""
    import nbformat  # over a second with jsonschema's formats, which every agent and every command would wait for

    if not path.exists():
        raise NotebookMissing(_("There is no notebook at {path}.", path=path), _nearest_hint(path))
    if path.is_dir():
        raise NotebookMissing(_("{path} is a folder, not a notebook.", path=path), _("Name a .ipynb file inside it."))
    try:
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
        # nbformat reads any JSON object as some old version; small faults that papermill takes are left alone.
        broken = next((cell for cell in notebook.cells if not {"cell_type", "source"} <= cell.keys()), None)
        if broken is not None or "nbformat" not in json.loads(path.read_text("utf-8")):
            raise ValueError(_("it is JSON, but has no notebook's cells"))
    except PermissionError as error:
        raise NotebookInvalid(
            _("{path} cannot be read: {detail}.", path=path, detail=error.strerror), _("Check the file's permissions.")
        ) from error
    except Exception as error:  # nbformat raises its own, jsonschema's, ValueError, KeyError and AttributeError
        raise NotebookInvalid(
            _("{path} is not a valid notebook: {detail}", path=path, detail=_first_line(error)),
            _("Open it in JupyterLab and save it again, or restore it from version control."),
        ) from error
    return notebook


def kernel_of(notebook: Any, path: Path, chosen: str | None) -> str:
    """The kernel's name: the one asked for, else the notebook's. Raises KernelspecMissing."""
    name = chosen or notebook.metadata.get("kernelspec", {}).get("name")
    if not name:
        raise KernelspecMissing(
            _("{path} does not say which kernel runs it.", path=path),
            _("Name one with -k (for example -k python3), or open the notebook, pick a kernel and save."),
        )
    return str(name)


def check_kernel(name: str) -> None:
    """Raises KernelspecMissing when there is no such kernel on this machine."""
    from jupyter_client.kernelspec import KernelSpecManager

    known = sorted(KernelSpecManager().find_kernel_specs())
    if name not in known:
        raise KernelspecMissing(
            _("There is no kernel named {name} on this machine.", name=name),
            _("It has: {names}. Choose one with -k, or install the missing one.", names=", ".join(known) or "-"),
        )


def check_parameters(notebook: Any, path: Path, given: list[str]) -> None:
    """Raises ParameterUnknown for a name that the notebook would never read.

    A notebook without a cell tagged "parameters" takes any name that its code mentions, as with papermill.
    """
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if tagged:
        known = _assigned_names("\n".join(cell.source for cell in tagged))
        hint = _("It has: {names}.", names=", ".join(known) or "-")
    else:
        known = sorted(set(re.findall(r"[^\W\d]\w*", "\n".join(c.source for c in code_cells(notebook)))))
        hint = _('Tag the cell that holds the defaults "parameters", or check the spelling.')
    for name in given:
        if name in known:
            continue
        if near := get_close_matches(name, known, 1):
            hint = _("Did you mean {name}? {rest}", name=near[0], rest=hint if tagged else "").strip()
        raise ParameterUnknown(_("{path} has no parameter {name}.", path=path.name, name=name), hint)


def cells_to_run(notebook: Any) -> dict[int, int]:
    """Index of each cell that runs code -> its number, from 1."""
    runs = [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.source.strip() and "skip-execution" not in cell.metadata.get("tags", [])
    ]
    return {index: number for number, index in enumerate(runs, start=1)}


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def cell_title(source: str) -> str:
    """What a cell is called before people who watch: the comment that it begins with, else its first line."""
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")
    return (first.lstrip("#%/- ").strip() or first)[:120]


def _assigned_names(source: str) -> list[str]:
    """What the cell assigns: by Python's own grammar, else by the signs of the languages that papermill takes."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        nodes = []
    stored = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return stored or list(dict.fromkeys(_ASSIGNMENT.findall(source)))


def _nearest_hint(path: Path) -> str:
    folder = path.parent
    names = [file.name for file in folder.glob("*.ipynb")] if folder.is_dir() else []
    if near := get_close_matches(path.name, names, 1):
        return _("Did you mean {name}?", name=folder / near[0] if str(folder) != "." else near[0])
    return _("Check the path: it is read from {folder}.", folder=Path.cwd())


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
