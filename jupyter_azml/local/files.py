"""Files that appear whole or not at all."""

import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


def write_whole(path: Path, text: str) -> None:
    """By rename, after the bytes are on the disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(3).hex()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """At once for whoever looks, by rename; what cannot be removed stays under a name that nothing reads."""
    aside = folder.with_name(f".removed-{folder.name}-{os.urandom(3).hex()}")
    with suppress(FileNotFoundError):
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def remove_removed(parent: Path) -> None:
    """What ``remove_tree`` was kept from finishing."""
    for left in parent.glob(".removed-*"):
        shutil.rmtree(left, ignore_errors=True)


def set_database_aside(database: Path) -> None:
    """A damaged one keeps its content under another name."""
    aside = f".damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    for end in ("", "-wal", "-shm"):
        file = database.with_name(database.name + end)
        if file.exists():
            file.rename(file.with_name(file.name + aside))


def read_json(path: Path) -> dict[str, Any] | None:
    """None when there is no such file, or nothing that can be read as an object."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None
