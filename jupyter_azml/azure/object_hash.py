"""The hash under which azure-ai-ml uploads a file or folder, so that what either client has sent is not sent again.

Source: azure-ai-ml 1.35.2, ``get_object_hash`` and ``IgnoreFile`` of ``_utils/_asset_utils.py``: these are its rules.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ..execution.gitignore import Pattern, parse_patterns

_BEGIN = b"Initialize for october 2021 AML CLI version"
_IGNORE_FILES = (".amlignore", ".gitignore")
_PIECE = 1 << 20

Ignored = Callable[[str], bool]
"""Whether a path below the folder does not travel."""


def object_hash(source: Path) -> str:
    """SHA-256 over names and contents in the order of the names in small letters. Raises OSError."""
    found = hashlib.sha256(_BEGIN)
    if source.is_dir():
        for piece in _of_folder(source, "", ignored_in(source), ()):
            found.update(piece)
    else:
        for piece in _content(source):
            found.update(piece)
    return found.hexdigest()


def files_to_send(source: Path) -> list[tuple[Path, str]]:
    """Each with its path below the source, "" for a file that is the source; the first one is the SDK's witness that
    all are there. Links are followed.
    """
    if not source.is_dir():
        return [(source, "")]
    found = _walk(source, "", ignored_in(source), ())
    return sorted(found, key=lambda each: str(each[0].resolve()))


def ignored_in(folder: Path) -> Ignored:
    """By the folder's own ``.amlignore``, else its ``.gitignore``."""
    for name in _IGNORE_FILES:
        if (file := folder / name).is_file():
            patterns = parse_patterns(file.read_text("utf-8", "replace"))
            return lambda path: _is_ignored(patterns, path)
    return lambda _path: False


def _of_folder(folder: Path, below: str, ignored: Ignored, above: tuple[Path, ...]) -> Iterator[bytes]:
    real = folder.resolve()
    if real in above:
        return
    for entry in sorted(folder.iterdir(), key=lambda each: str(each).lower()):
        path = f"{below}{entry.name}"
        if ignored(path):
            continue
        yield entry.name.encode()
        if entry.is_file():
            yield from _content(entry)
        elif entry.is_dir():
            yield from _of_folder(entry, f"{path}/", ignored, (*above, real))


def _walk(folder: Path, below: str, ignored: Ignored, above: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    real = folder.resolve()
    if real in above:
        return
    for entry in folder.iterdir():
        path = f"{below}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, f"{path}/", ignored, (*above, real))
        elif entry.is_file() and not ignored(path):
            yield entry, path


def _content(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            yield piece


def _is_ignored(patterns: list[Pattern], path: str) -> bool:
    """The last pattern wins that matches the path or a folder above it."""
    parts = path.split("/")
    ways = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    found = False
    for pattern in patterns:
        if any(_matches(pattern, way, is_folder=way != path) for way in ways):
            found = pattern.ignores
    return found


def _matches(pattern: Pattern, way: str, *, is_folder: bool) -> bool:
    if pattern.is_for_folders and not is_folder:
        return False
    return bool(pattern.regex.fullmatch(way if pattern.is_anchored else way.rpartition("/")[2]))
