"""Paths in a YAML file are relative to the file; in an entity they are absolute."""

import os
import re
from pathlib import Path

# A scheme, as of ``azureml:``, ``https:`` or ``wasbs:``; ``file:`` only marks a path as one.
_SCHEME = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:")


def is_local(path: str) -> bool:
    return not _SCHEME.match(path)


def absolute(path: str, folder: Path) -> str:
    """``folder`` is absolute. What is no path of this machine stays as it is."""
    if not is_local(path):
        return path
    plain = re.sub(r"^file:(//)?", "", path)
    return os.path.normpath(folder / os.path.expanduser(plain))


def relative(path: str, folder: Path) -> str:
    """Begins with a dot, so that it cannot be taken for anything but a path."""
    if not os.path.isabs(path):
        return path
    found = os.path.relpath(path, folder)
    return found if found.split(os.sep)[0] in (".", "..") else f"./{found}"
