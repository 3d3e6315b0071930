"""A cell of this notebook: what it reads, written to a file that can travel."""

import __future__

import os
import re
import sys
import sysconfig
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..entities import Captured, Reason
from ..entities.secrecy import looks_secret
from ..errors import CellNotPortable, UsageError
from ..execution.cell.capture import LARGE, Capture, capture
from ..execution.cell.reading import Reading, read_names
from ..execution.cell.values import MOST_BYTES
from ..language import _
from .cell_source import parse_cell, words_of

_OUTPUTS = re.compile(r"In|Out|_ih|_oh|_+|_\d+|_i+|_i\d+")
_FUTURES = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]


class NotebookCell:
    """Made by the magic, handed to the grammar, which knows nothing of IPython."""

    def __init__(self, shell: Any, source: str) -> None:
        self.source = source
        self._shell = shell
        self._extensions: dict[str, None] = {}

    def capture(
        self, file: Path, *, returns: Sequence[str] = (), include: Sequence[str] = (), most: int | None = None
    ) -> tuple[dict[str, Any], dict[Path, str]]:
        """Writes the file. The answer has fields of ``CellSpec``, and the files of local modules with the variable
        that needs each. ``most`` is in bytes.

        Raises NotebookInvalid, UsageError, CellNotPortable, CellTooLarge.
        """
        namespace = self._shell.user_ns
        tree = parse_cell(self._shell, self.source, self._use_magic)
        alone = read_names(tree, exports=exports_of)
        self._check_returns(alone, returns)
        reading = read_names(tree, returns, exports_of)
        if missing := [name for name in include if name not in namespace]:
            raise UsageError(
                _("The notebook has no variable {name}.", name=missing[0]), _("Check the spelling of --include.")
            )
        with file.open("wb") as writing:
            found = capture(
                dict.fromkeys([*reading.certain, *include]),
                reading.possible,
                namespace,
                writing,
                most=most or MOST_BYTES,
                binds=reading.binds,
                words=words_of(tree),
                hidden=self._is_hidden,
                surroundings=self._surroundings(),
            )
        fields = {
            "source": self.source,
            "captured": tuple(found.names),
            "payload": str(file),
            "python": found.python,
            "packages": found.packages,
            "returns": tuple(returns),
            "notes": tuple(_notes(reading, found)),
        }
        return fields, found.homes

    def _check_returns(self, reading: Reading, returns: Sequence[str]) -> None:
        """Raises UsageError for a name that cannot be there when the cell has ended."""
        known = reading.binds | ((reading.certain.keys() | reading.possible.keys()) & self._shell.user_ns.keys())
        for name in returns:
            if not name.isidentifier():
                raise UsageError(
                    _("{name} is not a variable's name.", name=name),
                    _("Bind the value to a name in the cell, and return that."),
                )
            if name in known or reading.binds_unknown or "exec" in reading.looks_up or "globals" in reading.looks_up:
                continue
            near = get_close_matches(name, known, 1)
            raise UsageError(
                _("The cell neither binds nor reads {name}, which --return asks for.", name=name),
                _("Did you mean {name}?", name=near[0]) if near else _("Assign it in the cell: {name} = …", name=name),
            )

    def _is_hidden(self, name: str, value: Any) -> bool:
        """What IPython itself puts into every notebook."""
        hidden = self._shell.user_ns_hidden
        return name in hidden and hidden[name] is value and not _OUTPUTS.fullmatch(name)

    def _use_magic(self, name: str, magic: Any) -> None:
        """Raises CellNotPortable for a magic that the job would not have."""
        function = getattr(magic, "__func__", magic)
        module = getattr(function, "__module__", None) or "IPython"
        if magic is None:
            return
        for extension in self._shell.extension_manager.loaded:
            if module.split(".")[0] == extension.split(".")[0] or module == f"IPython.extensions.{extension}":
                self._extensions[extension] = None
                return
        if module.split(".")[0] in ("IPython", "ipykernel"):
            return
        raise CellNotPortable(
            _("The magic {name} was defined in this notebook, and cannot travel with the cell.", name=name),
            _("Call its function instead, or load it in the cell from an extension: %load_ext"),
        )

    def _surroundings(self) -> dict[str, Any]:
        first, last = module_places(Path.cwd())
        facts: dict[str, Any] = {"first": first, "last": last, "extensions": list(self._extensions)}
        facts["flags"] = sum(flag for flag in set(_FUTURES) if self._shell.compile.flags & flag)
        if self._shell.ast_node_interactivity != "last_expr":
            facts["interactivity"] = self._shell.ast_node_interactivity
        return facts


def exports_of(module: str) -> list[str] | None:
    """What ``from MODULE import *`` binds; None for one that is not loaded: looking must not run it."""
    known = sys.modules.get(module)
    if known is None:
        return None
    names = getattr(known, "__all__", None)
    return list(names) if names is not None else [name for name in vars(known) if not name.startswith("_")]


def module_places(folder: Path) -> tuple[list[str], list[str]]:
    """What of ``sys.path`` the job has to be told: before Python's own places and after them, those inside the folder
    relative to it.
    """
    own = {*sysconfig.get_paths().values()}
    first: list[str] = []
    last: list[str] = []
    current = first
    for entry in sys.path:
        where = os.path.abspath(entry)
        if where in own or where.startswith(sysconfig.get_paths()["stdlib"]) or where.endswith(".zip"):
            current = last
        elif where != str(folder):
            inside = Path(where).is_relative_to(folder)
            current.append(os.path.relpath(where, folder) if inside else where)
    return first, last


def _notes(reading: Reading, found: Capture) -> list[Reason]:
    notes = []
    if calls := sorted(reading.looks_up - {"get_ipython", "__import__"}):
        notes.append(Reason.of("ReadsByText", calls=", ".join(calls)))
    notes += [Reason.of("NameLeftBehind", name=name, why=why) for name, why in found.left.items()]
    large = [each for each in found.names if each.size > LARGE]
    notes += [Reason.of("LargeValue", name=each.name, size=f"{each.size / 1024**2:.0f} MB") for each in large]
    notes += [Reason.of("SecretTravels", name=each.name) for each in found.names if _is_secret(each)]
    return notes


def _is_secret(captured: Captured) -> bool:
    return captured.type in ("str", "bytes") and looks_secret(captured.name)
