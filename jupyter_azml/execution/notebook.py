"""Reading a notebook before it runs: is it one, which kernel, which cells."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import KernelspecMissing, NotebookInvalid, NotebookMissing
from ..language import _
from .notebook_text import read_text


def read_notebook(path: Path) -> Any:
    """The notebook, upgraded to version 4. Raises NotebookMissing, NotebookInvalid."""
    if not path.exists():
        raise NotebookMissing(_("There is no notebook at {path}.", path=path), _nearest_hint(path))
    if path.is_dir():
        raise NotebookMissing(_("{path} is a folder, not a notebook.", path=path), _("Name a .ipynb file inside it."))
    try:
        return read_text(path.read_text("utf-8"))
    except PermissionError as error:
        raise NotebookInvalid(
            _("{path} cannot be read: {detail}.", path=path, detail=error.strerror), _("Check the file's permissions.")
        ) from error
    except Exception as error:  # nbformat raises its own, jsonschema's, ValueError, KeyError and AttributeError
        raise NotebookInvalid(
            _("{path} is not a valid notebook: {detail}", path=path, detail=_first_line(error)),
            _("Open it in JupyterLab and save it again, or restore it from version control."),
        ) from error


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
    if _is_installed(name):
        return
    from jupyter_client.kernelspec import KernelSpecManager  # an eighth of a second, with IPython

    known = sorted(KernelSpecManager().find_kernel_specs())
    if name not in known:
        raise KernelspecMissing(
            _("There is no kernel named {name} on this machine.", name=name),
            _("It has: {names}. Choose one with -k, or install the missing one.", names=", ".join(known) or "-"),
        )


def _is_installed(name: str) -> bool:
    """Whether a kernel of this name is plainly there. The native one may be there without a file."""
    from jupyter_core.paths import jupyter_path

    is_name = re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name)
    return bool(is_name) and any(Path(folder, name, "kernel.json").is_file() for folder in jupyter_path("kernels"))


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


def _nearest_hint(path: Path) -> str:
    folder = path.parent
    names = [file.name for file in folder.glob("*.ipynb")] if folder.is_dir() else []
    if near := get_close_matches(path.name, names, 1):
        return _("Did you mean {name}?", name=folder / near[0] if str(folder) != "." else near[0])
    return _("Check the path: it is read from {folder}.", folder=Path.cwd())


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
