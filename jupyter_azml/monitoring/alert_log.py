"""What became of an endpoint's alerts: a line for each state that was entered and each action that was taken."""

import json
import os
from collections import deque
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from ..entities import AlertChange

NAME = "alerts.ndjson"
LARGEST = 4 << 20
"""Bytes; beyond, the older half goes."""


class AlertLog:
    """One process writes at a time; anybody reads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def append(self, change: AlertChange) -> None:
        """Raises OSError."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._shorten()
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, (json.dumps(change.to_data()) + "\n").encode())
        finally:
            os.close(file)

    def read(self, alert: str | None = None, limit: int | None = None) -> list[AlertChange]:
        """The newest first. A line that was cut is passed over."""
        found: deque[AlertChange] = deque(maxlen=limit)
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            for line in file:
                with suppress(ValidationError):
                    change = AlertChange.model_validate_json(line)
                    if alert is None or change.alert.lower() == alert.lower():
                        found.append(change)
        return list(reversed(found))

    def standings(self) -> dict[str, AlertChange]:
        """The state that each alert entered last, by the alert's name in small letters."""
        return {change.alert.lower(): change for change in reversed(self.read()) if not change.action}

    def _shorten(self) -> None:
        lines = self._path.read_bytes().splitlines(keepends=True)
        kept = {(change.alert.lower(), change.at): change for change in self.standings().values()}
        beside = self._path.with_name(f".{self._path.name}")
        last = "".join(json.dumps(change.to_data()) + "\n" for change in kept.values())
        beside.write_bytes(last.encode() + b"".join(lines[len(lines) // 2 :]))
        os.replace(beside, self._path)
