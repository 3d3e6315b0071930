"""The hash by which the service knows code that it has: that of azure-ai-ml, so that either client finds the other's.

Source: azure-ai-ml 1.35.2, ``get_content_hash`` of ``_utils/_asset_utils.py``, whose rule this states.
"""

import hashlib
from collections.abc import Sequence

from ..execution.snapshot import SnapshotFile

VERSION = "202208"
_PIECE = 1 << 20


def code_hash(files: Sequence[SnapshotFile]) -> str:
    """Of how many files there are, then of every name and size, then of every content, in the order of the names in
    small letters.
    """
    ordered = sorted(files, key=lambda file: file.name.lower())
    found = hashlib.sha256(str(len(ordered)).encode())
    for file in ordered:
        found.update(f"#{file.name}#{file.size}".encode())
    for file in ordered:
        with file.path.open("rb") as content:
            while piece := content.read(_PIECE):
                found.update(piece)
    return found.hexdigest()
