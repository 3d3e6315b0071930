"""Files that only this user can read, and that appear whole."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def make_private(file: Path, content: bytes, *, replace: bool = False) -> None:
    """Of two processes that make it at once the first wins, unless it is to be replaced."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it 0600.
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if replace:
            os.replace(temporary, file)
        else:
            with suppress(FileExistsError):
                os.link(temporary, file)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
