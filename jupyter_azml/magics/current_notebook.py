"""The notebook that a magic runs in: found, saved by its page, and compared with what ran."""

import os
import sys
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..errors import UsageError
from ..language import _
from .jupyter_servers import TROUBLE, JupyterServer, jupyter_servers
from .what_ran import cells_not_in

PATIENCE = 8.0
"""Seconds for a page to save; the server gives up earlier."""


class CurrentNotebook(NamedTuple):
    path: Path
    server: JupyterServer | None = None
    """The one that has it open, where that can be asked."""
    name: str = ""
    """Its path on that server."""


def current_notebook(shell: Any) -> Path | None:
    """Its file, after its page was asked to save it; what the file lacks is said on stderr.

    None in a job: the notebook is being run already, by the line that it runs again. Raises UsageError.
    """
    found = find_notebook(shell)
    if found is None and os.environ.get("AZUREML_RUN_ID"):
        _say(_("This notebook is running as a job, which submits it no further."))
        return None
    if found is None:
        raise UsageError(_("Which notebook this is could not be found out."), _("Name it: %azml run NOTEBOOK.ipynb"))
    is_saved = _save(found)
    if missing := cells_not_in(found.path, shell):
        _say(
            _(
                "{name} is older on the disk than what ran here; the job does not have, as they ran, cells {cells}",
                name=found.path.name,
                cells=", ".join(missing),
            )
        )
    if not is_saved:
        _say(
            _(
                "No page saved {name} first; the job runs what was saved last. To be sure, save it and run this again.",
                name=found.path.name,
            )
        )
    return found.path


def find_notebook(shell: Any) -> CurrentNotebook | None:
    """None where there is none, as in a terminal, or nobody tells."""
    if in_editor := _existing(shell.user_ns.get("__vsc_ipynb_file__")):  # VS Code's own name for it
        return CurrentNotebook(in_editor)
    kernel = _kernel_id(shell)
    if kernel is None:
        return None
    for server in jupyter_servers():
        try:
            sessions = server.ask("api/sessions")
            names = [each["path"] for each in sessions if each["kernel"]["id"] == kernel and each["type"] == "notebook"]
        except (*TROUBLE, LookupError, TypeError):
            continue
        for name in names:
            # Collaboration calls the drive of the server's own files RTC.
            name = str(name).removeprefix("RTC:")
            if path := _existing(server.root / PurePosixPath(name)):
                return CurrentNotebook(path, server, name)
    # What newer servers tell their kernels; it stays as it was when the notebook is renamed.
    named = _existing(os.environ.get("JPY_SESSION_NAME"))
    return CurrentNotebook(named) if named else None


def _kernel_id(shell: Any) -> str | None:
    if not hasattr(shell, "kernel"):
        return None
    from ipykernel.connect import get_connection_file

    try:
        kind, _dash, number = Path(get_connection_file()).stem.partition("-")
    except RuntimeError:  # a kernel inside another program
        return None
    return number if kind == "kernel" else None  # what servers call them; others run jobs, say


def _existing(place: Any) -> Path | None:
    path = Path(place) if place else None
    return path if path and path.suffix == ".ipynb" and path.is_file() else None


def _save(found: CurrentNotebook) -> bool:
    if found.server is None:
        return False
    try:
        answer = found.server.ask("azml/api/notebooks/save", {"path": found.name}, PATIENCE)
        return bool(answer["is_saved"])
    except (*TROUBLE, LookupError, TypeError):
        return False


def _say(text: str) -> None:
    print(text, file=sys.stderr)
