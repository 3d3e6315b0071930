"""What clients say of an asset and the workspace behind has no word for: kept beside it, and told back."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .private import make_private


class Remembered:
    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder / "assets" / kind

    def keep(self, name: str, version: str, fields: Mapping[str, Any]) -> None:
        """``version``: "" for the container."""
        make_private(self._file(name, version), json.dumps(dict(fields)).encode(), replace=True)

    def of(self, name: str, version: str) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found: dict[str, Any] = json.loads(self._file(name, version).read_text("utf-8"))
            return found
        return {}

    def forget(self, name: str, version: str) -> None:
        self._file(name, version).unlink(missing_ok=True)

    def _file(self, name: str, version: str) -> Path:
        # No version is called so: it would begin with a dot.
        return self._folder / quote(name.lower(), safe="") / f"{quote(version.lower(), safe='') or '.container'}.json"
