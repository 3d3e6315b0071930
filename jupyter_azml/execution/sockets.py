"""Private unix sockets for kernels: no port that another user of the machine could reach."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import settings


@contextmanager
def private_socket_prefix() -> Iterator[str]:
    """The start of the names of a kernel's sockets, short and in a folder of mode 0700; they are removed at the end."""
    folder = settings.runtime_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    prefix = folder / secrets.token_hex(6)
    try:
        yield str(prefix)
    finally:
        for left in folder.glob(f"{prefix.name}*"):
            Path(left).unlink(missing_ok=True)
