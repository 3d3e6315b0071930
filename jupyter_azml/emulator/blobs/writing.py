"""A file of a share while it is written: made at its size, then filled by ranges in any order, several at once."""

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import IO, Any

from starlette.requests import Request
from starlette.responses import Response

from ...entities import File
from .application import validators
from .containers import Container
from .faults import Fault

_lock = Lock()
"""One for all: what it guards is short, but for the moment in which a file is whole."""


class Writing:
    """Until every byte was written it is kept beside the share, and no list shows it."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name
        folder = container.blocks(name)
        self._bytes, self._facts, self._spans = folder / "bytes", folder / "facts.json", folder / "spans"

    def begin(self, size: int, facts: dict[str, Any]) -> File:
        self._bytes.parent.mkdir(parents=True, exist_ok=True)
        with self._bytes.open("wb") as file:
            file.truncate(size)
        self._spans.write_bytes(b"")
        self._facts.write_text(json.dumps(facts), "utf-8")
        return self._described()

    def found(self) -> File | None:
        return self._described() if self._bytes.is_file() else None

    def answer(self, request: Request, there: File) -> Response | None:
        """To who asks for it meanwhile; None when it is not being written. Raises Fault for who would read it."""
        if not self._bytes.is_file():
            return None
        if request.method == "GET":
            raise Fault(HTTPStatus.CONFLICT, "SharingViolation", "The file is being written.")
        return Response(headers={**validators(there), "Content-Length": str(there.size), "x-ms-type": "File"})

    def write(self, first: int, last: int, piece: Path) -> File | None:
        """None for a file that is not there."""
        if self.found() is None:
            with _lock:
                return self._write_over(first, last, piece)
        with self._bytes.open("r+b") as file:
            _fill(file, first, last, piece)
        with _lock:
            with self._spans.open("a") as spans:
                spans.write(f"{first} {last}\n")
            if self._is_whole():
                kept = self._container.put(self._name, self._bytes, json.loads(self._facts.read_text("utf-8")))
                self.forget()
                return kept
        return self._described()

    def forget(self) -> None:
        shutil.rmtree(self._bytes.parent, ignore_errors=True)

    def _write_over(self, first: int, last: int, piece: Path) -> File | None:
        """Into a file that was whole."""
        there = self._container.stat(self._name)
        if there is None:
            return None
        with tempfile.NamedTemporaryFile() as whole:
            with self._container.open(self._name) as before:
                shutil.copyfileobj(before, whole)
            _fill(whole, first, last, piece)
            whole.flush()
            return self._container.put(self._name, Path(whole.name), self._container.facts(self._name, there))

    def _is_whole(self) -> bool:
        end = 0
        for first, last in sorted(tuple(map(int, line.split())) for line in self._spans.read_text().splitlines()):
            if first > end:
                return False
            end = max(end, last + 1)
        return end >= self._bytes.stat().st_size

    def _described(self) -> File:
        facts = self._bytes.stat()
        return File(
            path=self._name,
            is_folder=False,
            size=facts.st_size,
            modified=datetime.fromtimestamp(facts.st_mtime, UTC),
        )


def _fill(file: IO[bytes], first: int, last: int, piece: Path) -> None:
    """Raises Fault: a range makes no file longer."""
    if last >= file.seek(0, os.SEEK_END):
        raise Fault(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "InvalidRange", f"The file has no byte {last}.")
    file.seek(first)
    with piece.open("rb") as source:
        shutil.copyfileobj(source, file)
