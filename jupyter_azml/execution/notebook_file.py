"""The file of a notebook that fills up: always whole, and written anew at the price of what has changed."""

from pathlib import Path
from typing import Any, Protocol

from nbformat import NotebookNode
from nbformat.v4 import writes
from papermill.iorw import LocalHandler, papermill_io, write_ipynb

from .whole_file import encoded, write_whole

_HEAD, _TAIL = '{\n "cells": [\n', '\n ],\n "metadata": {}\n}'
_NO_CELLS = '"cells": []'


class NotebookFile(Protocol):
    def touch(self, index: int) -> None:
        """This cell has changed since the file was written."""

    def write(self, notebook: Any) -> None: ...


def notebook_file(path: str) -> NotebookFile:
    """Where papermill would write it: a file here, which then appears by rename, or one of its remote stores."""
    handler = papermill_io.get_handler(path)
    if not isinstance(handler, LocalHandler):
        return _RemoteFile(path)
    # papermill runs the notebook in another folder than the one that relative paths begin in.
    local = Path(handler._cwd or ".", path).resolve()
    if not local.parent.exists():
        raise FileNotFoundError(f"output folder {local.parent} doesn't exist.")
    if local.exists() and not local.is_file():
        return _RemoteFile(path)  # /dev/null must not be replaced
    if not isinstance(handler, _WholeFiles):
        papermill_io.register(path, _WholeFiles(local))
    return LocalFile(local)


class LocalFile:
    """Keeps the text of every cell, as nbformat writes it: only what has changed is put into words again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[int, bytes] = {}

    def touch(self, index: int) -> None:
        self._texts.pop(index, None)

    def write(self, notebook: Any) -> None:
        before, after = writes(NotebookNode({**notebook, "cells": []})).split(_NO_CELLS, 1)
        cells = [self._text(index, cell) for index, cell in enumerate(notebook.cells)]
        if cells:
            write_whole(self._path, encoded(f'{before}"cells": [\n'), b",\n".join(cells), encoded(f"\n ]{after}"))
        else:
            write_whole(self._path, encoded(f"{before}{_NO_CELLS}{after}"))

    def _text(self, index: int, cell: Any) -> bytes:
        text = self._texts.get(index)
        if text is None:
            whole = writes(NotebookNode(cells=[cell], metadata=NotebookNode()))
            text = self._texts[index] = encoded(whole[len(_HEAD) : -len(_TAIL)])
        return text


class _RemoteFile:
    def __init__(self, path: str) -> None:
        self._path = path

    def touch(self, index: int) -> None:
        pass

    def write(self, notebook: Any) -> None:
        write_ipynb(notebook, self._path)


class _WholeFiles(LocalHandler):
    """papermill's own last words, an error's markers, are written as safely as ours."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def read(self, path: str) -> str:
        return self._path.read_text("utf-8")

    def write(self, buf: str, path: str) -> None:
        write_whole(self._path, encoded(buf))
