"""The other side of ``capture``, inside the kernel of a cell's job: values are put back before the cell runs, and what
it returns, or the error that it raised, is written down after it.

``shell`` is IPython's; nothing here imports IPython.
"""

import builtins
import importlib
import json
import linecache
import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...errors import CellNotPortable
from ...language import _
from .returned import Returns
from .versions import same_python, version_of


def restore(
    shell: Any, payload: str, names: Iterable[str], python: str, packages: dict[str, str], returns: Returns
) -> None:
    """Raises CellNotPortable for what cannot be put back. Notices appear above what the cell prints."""
    if python and not same_python(python):
        raise CellNotPortable(
            _("The cell comes from Python {here} and the job runs on Python {there}.", here=python, there=_python()),
            _("Choose a kernel of the same version with -k, or start the notebook on that one."),
        )
    changed = {name: (version, version_of(name)) for name, version in packages.items() if version_of(name) != version}
    if payload:
        _load(shell, Path(payload), names, changed)
    # cloudpickle leaves its own view of them in every namespace that it touches.
    shell.user_ns["__builtins__"] = builtins
    _Watch(shell, returns, _notice(changed)).begin()


def _load(shell: Any, payload: Path, names: Iterable[str], changed: dict[str, tuple[str, str]]) -> None:
    with payload.open("rb") as file:
        loading = pickle.Unpickler(file)  # noqa: S301 - the job's own, written by its submitter
        surround(shell, loading.load())
        for name in names:
            try:
                put(shell, name, loading.load())
            except Exception as error:  # anybody's __setstate__, or a module that is not there
                raise _not_restored(name, error, changed) from error
        rest = loading.load()
    for module in rest["modules"]:
        importlib.import_module(module)
    for name, lines in rest["lines"].items():
        linecache.cache[name] = (sum(map(len, lines)), None, lines, name)


def surround(shell: Any, facts: dict[str, Any]) -> None:
    """What is around the cell in its notebook: where modules come from, and how IPython is set."""
    first = [os.path.abspath(entry) for entry in facts.get("first", ())]
    sys.path[1:1] = [entry for entry in first if entry not in sys.path]
    last = [os.path.abspath(entry) for entry in facts.get("last", ())]
    sys.path += [entry for entry in last if entry not in sys.path]
    shell.compile.flags |= facts.get("flags", 0)
    if "interactivity" in facts:
        shell.ast_node_interactivity = facts["interactivity"]
    for extension in facts.get("extensions", ()):
        shell.extension_manager.load_extension(extension)


def put(shell: Any, name: str, value: Any) -> None:
    if name in ("Out", "_oh"):
        shell.user_ns["_oh"].update(value)
    elif name in ("In", "_ih"):
        shell.user_ns["_ih"][:] = value
    else:
        shell.user_ns[name] = value
        if name[0] == "_" and name[1:].isdecimal():
            shell.user_ns["_oh"][int(name[1:])] = value
        if name in ("_", "__", "___"):
            setattr(shell.displayhook, name, value)


class _Watch:
    """Sees the cell begin and end. It must never be what makes a cell fail."""

    def __init__(self, shell: Any, returns: Returns, notice: str) -> None:
        self._shell = shell
        self._returns = returns
        self._notice = notice

    def begin(self) -> None:
        self._shell.events.register("pre_run_cell", self.before)
        self._shell.events.register("post_run_cell", self.after)

    def before(self, _info: Any) -> None:
        if self._notice:
            print(self._notice, file=sys.stderr, flush=True)
            self._notice = ""

    def after(self, result: Any) -> None:
        error = result.error_in_exec or result.error_before_exec
        self._returns.write(self._shell.user_ns, error)


def code_to_restore(
    payload: str, names: Iterable[str], python: str, packages: dict[str, str], returns: dict[str, Any]
) -> str:
    """What the kernel is asked to run, unseen, before the cell. ``returns`` is what ``Returns`` takes."""
    given = json.dumps([payload, list(names), python, packages, returns])
    # Nothing of it may stay behind in the user's names, or depend on them.
    return f"__import__({__name__!r}, fromlist=['begin']).begin(get_ipython(), {given!r})"


def begin(shell: Any, given: str) -> None:
    payload, names, python, packages, returns = json.loads(given)
    restore(shell, payload, names, python, packages, Returns(**returns))


def _not_restored(name: str, error: Exception, changed: dict[str, tuple[str, str]]) -> CellNotPortable:
    detail = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
    hint = _("Bind the parts that the cell needs to names of their own, or create it inside the cell.")
    if isinstance(error, ImportError):
        hint = _("The module has to lie in the folder that travels (--code DIR), or be installed where the job runs.")
    return CellNotPortable(
        _("{name} cannot be put back where the job runs: {detail}", name=name, detail=detail),
        " ".join(part for part in (_notice(changed), hint) if part),
    )


def _notice(changed: dict[str, tuple[str, str]]) -> str:
    if not changed:
        return ""
    pairs = ", ".join(f"{name} {here} → {there or '-'}" for name, (here, there) in changed.items())
    return _("Packages differ between the notebook and the job: {pairs}.", pairs=pairs)


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))
