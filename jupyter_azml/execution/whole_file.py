"""Notebooks appear whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path


def encoded(text: str) -> bytes:
    """Half a surrogate pair, which UTF-8 has no bytes for, becomes the escape by which JSON names it."""
    return text.encode("utf-8", "backslashreplace")


def write_whole(path: Path, *parts: bytes) -> None:
    """By rename; nothing is left when it fails. Raises OSError."""
    beside = saving_name(path)
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def saving_name(path: Path) -> Path:
    """What the file is called until it is whole."""
    return path.with_name(f".{path.name}.saving")
