"""What files on this machine hash to: each is read once, until it changes."""

import hashlib
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from ..storage.content import hash_file
from ..storage.together import Sum
from ..workspace.datastores import Progress
from .db import Database

_TOO_NEW = 2.0
"""Seconds: a file that was just written may be written to again without another time."""
_MOST_KEPT = 200_000


class Content(NamedTuple):
    hash: str
    """Of all files with their names; of a file that stands alone, of its content."""
    size: int
    files: dict[str, str]
    """The hash of each, by its path below the folder."""


def content_of(db: Database, files: Sequence[tuple[Path, str]], progress: Progress | None = None) -> Content:
    """``files``: each with its path below the folder, "" for one that stands alone. Raises OSError."""
    facts = {file: file.stat() for file, _below in files}
    kept = _kept(db, facts)
    told = Sum(sum(found.st_size for file, found in facts.items() if file not in kept), progress)
    found = dict(kept)
    fresh = [file for file in facts if file not in kept]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for file, digest in zip(fresh, pool.map(lambda file: hash_file(file, told.part()), fresh), strict=True):
            found[file] = digest
    _keep(db, {file: (facts[file], found[file]) for file in fresh})
    size = sum(each.st_size for each in facts.values())
    if len(files) == 1 and not files[0][1]:
        return Content(found[files[0][0]], size, {"": found[files[0][0]]})
    hashes = {below: found[file] for file, below in files}
    text = "".join(f"{digest} {below}\n" for below, digest in sorted(hashes.items()))
    return Content(hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest(), size, hashes)


def _kept(db: Database, facts: dict[Path, os.stat_result]) -> dict[Path, str]:
    kept = {}
    with db.read() as connection:
        for file, found in facts.items():
            row = connection.execute("SELECT * FROM content_hashes WHERE path = ?", (_name(file),)).fetchone()
            if row and (row["size"], row["changed"]) == (found.st_size, _changed(found)):
                kept[file] = row["hash"]
    return kept


def _keep(db: Database, hashes: dict[Path, tuple[os.stat_result, str]]) -> None:
    before = time.time() - _TOO_NEW
    rows = [
        (_name(file), found.st_size, _changed(found), digest)
        for file, (found, digest) in hashes.items()
        if max(found.st_mtime, found.st_ctime) < before
    ]
    if rows:
        with db.write() as connection:
            connection.executemany("INSERT OR REPLACE INTO content_hashes VALUES (?, ?, ?, ?)", rows)
            connection.execute(
                "DELETE FROM content_hashes WHERE rowid <= (SELECT MAX(rowid) FROM content_hashes) - ?", (_MOST_KEPT,)
            )


def _name(file: Path) -> str:
    """A name that is no Unicode cannot be kept as it is."""
    return str(file.absolute()).encode("utf-8", "backslashreplace").decode()


def _changed(found: os.stat_result) -> str:
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
