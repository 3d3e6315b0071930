"""Values that come back from a cell's job: one file each, and a list of them that says whose they are."""

import hashlib
import io
import json
import os
import pickle
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import cloudpickle.cloudpickle as native

from ...errors import CellNotPortable
from ...language import _
from .classes import set_enum
from .pickling import NotebookPickler
from .values import MOST_BYTES, Bounded, FullError, type_of, why_not

FOLDER = "returns"
"""Below the job's outputs."""
LIST = "returns.json"
_ERROR = "error.pickle"
_CELL_FILE = re.compile(r'File "(?:[^"]*ipykernel_(\d+)|<ipython-input-)[^"]*"')


class Returns:
    """In the kernel: writes what the cell gives back."""

    def __init__(self, job: str, folder: str, names: Sequence[str], root: str, most: int = MOST_BYTES) -> None:
        """``root`` is where the user's own modules are: frames of a traceback that lie elsewhere are left out."""
        self._job = job
        self._folder = Path(folder)
        self._names = names
        self._root = root
        self._most = most

    def write(self, namespace: dict[str, Any], error: BaseException | None) -> None:
        if not self._names and error is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        facts: dict[str, Any] = {"job": self._job, "python": ".".join(map(str, sys.version_info[:3])), "values": {}}
        if error is not None:
            facts["error"] = self._error(namespace, error)
        else:
            for name in self._names:
                facts["values"][name] = self._value(namespace, name)
        beside = self._folder / f".{LIST}"
        beside.write_text(json.dumps(facts), "utf-8")
        os.replace(beside, self._folder / LIST)

    def _value(self, namespace: dict[str, Any], name: str) -> dict[str, Any]:
        if name not in namespace:
            return {"why": _("the cell has not bound it")}
        value = namespace[name]
        return {"type": type_of(value), **self._pickle(f"{name}.pickle", value, namespace)}

    def _pickle(self, file: str, value: Any, namespace: dict[str, Any]) -> dict[str, Any]:
        part = self._folder / f".{file}"
        try:
            with part.open("wb") as target:
                writing = Bounded(target, self._most)
                NotebookPickler(writing, namespace).dump(value)
            with part.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            os.replace(part, self._folder / file)
        except FullError:
            return {"why": _("it is larger than {size} MB", size=self._most // 1024**2)}
        except Exception as error:  # anybody's __reduce__
            return {"why": why_not(value, error)}
        finally:
            part.unlink(missing_ok=True)
        return {"file": file, "size": writing.count, "sha256": digest}

    def _error(self, namespace: dict[str, Any], error: BaseException) -> dict[str, Any]:
        facts = {"ename": type(error).__name__, "evalue": str(error), "traceback": shortened(error, self._root)}
        return {**facts, **self._pickle(_ERROR, error, namespace)}


def shortened(error: BaseException, root: str) -> list[str]:
    """The traceback with the user's own lines: of cells, of functions that came with them and of files below the
    folder. Where there are none, with all of them.
    """
    shown = traceback.TracebackException.from_exception(error, compact=True)
    following: traceback.TracebackException | None = shown
    while following is not None:
        kept = [frame for frame in following.stack if _is_users(frame.filename, root)]
        if kept:
            following.stack = traceback.StackSummary.from_list(kept)
        following = following.__cause__ or following.__context__
    return _CELL_FILE.sub(_place, "".join(shown.format())).splitlines()


def _place(file: re.Match[str]) -> str:
    return "In the cell" if file[1] == str(os.getpid()) else "In an earlier cell"


def _is_users(file: str, root: str) -> bool:
    is_cell = "ipykernel_" in file or file.startswith("<ipython-input-")
    return is_cell or (file.startswith(root + os.sep) and "site-packages" not in file)


class ReturnedValues:
    """In the notebook: reads what came back. Nothing is unpickled before it is asked for."""

    def __init__(self, job: str, open_file: Callable[[str], BinaryIO]) -> None:
        """``open_file`` opens a file of the folder ``returns``. Raises what it raises, and CellNotPortable for a list
        that is not this job's own.
        """
        self._job = job
        self._open = open_file
        with open_file(LIST) as file:
            facts = json.load(file)
        if facts.get("job") != job:
            raise self._foreign(LIST)
        self._python = str(facts.get("python", ""))
        self.values: dict[str, dict[str, Any]] = facts["values"]
        self.error: dict[str, Any] | None = facts.get("error")

    def load(self, name: str) -> Any:
        """Raises CellNotPortable when it did not come back."""
        facts = self.values[name]
        if why := facts.get("why"):
            raise CellNotPortable(
                _("{name} did not come back from the job {job}: {why}", name=name, job=self._job, why=why),
                _("In the cell, bind what you need of it to a name of its own, or save it to ./outputs."),
            )
        return self._unpickle(name, facts)

    def load_error(self) -> BaseException | None:
        """The error that the cell raised, as itself; None when there was none or it cannot be rebuilt."""
        if not self.error or "file" not in self.error:
            return None
        try:
            found = self._unpickle(self.error["ename"], self.error)
        except CellNotPortable:
            return None
        return found if isinstance(found, BaseException) else None

    def _unpickle(self, name: str, facts: dict[str, Any]) -> Any:
        with self._open(facts["file"]) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != facts["sha256"]:
            raise self._foreign(facts["file"])
        try:
            return _Unpickler(io.BytesIO(data)).load()
        except Exception as error:  # anybody's __setstate__
            raise CellNotPortable(
                _(
                    "{name} came back from the job {job} and cannot be loaded: {detail}",
                    name=name,
                    job=self._job,
                    detail=f"{type(error).__name__}: {error}",
                ),
                _(
                    "It was made by Python {there}; this is {here}. What it is made of has to be installed here.",
                    there=self._python,
                    here=".".join(map(str, sys.version_info[:3])),
                ),
            ) from error

    def _foreign(self, file: str) -> CellNotPortable:
        return CellNotPortable(
            _("{file} is not what the job {job} wrote, and was not loaded.", file=file, job=self._job),
            _("Somebody has changed the job's files. Run the cell again."),
        )


class _Unpickler(pickle.Unpickler):
    """A class that the notebook sent to the job comes back as itself, and not as the job left it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._known = set(native._DYNAMIC_CLASS_TRACKER_BY_CLASS)

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        return partial(self._set_class, found) if found in (native._class_setstate, set_enum) else found

    def _set_class(self, set_state: Callable[[type, Any], None], kind: type, state: Any) -> None:
        if kind not in self._known:
            set_state(kind, state)
