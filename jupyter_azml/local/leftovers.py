"""What an earlier attempt of a job left, when it is run again. Its journals go on: a reader misses nothing."""

from contextlib import suppress

from .files import read_json
from .paths import JobPaths


def set_aside(folder: JobPaths) -> None:
    """Into ``attempts/N``. Stopped half way and called again, it goes on."""
    earlier = read_json(folder.worker)
    if not earlier:
        return
    kept = folder.attempt(int(earlier.get("attempt", 1)))
    kept.mkdir(parents=True, exist_ok=True)
    # worker.json goes last: it is what says that there is something to set aside.
    for left in (folder.code, folder.outputs, folder.inputs, folder.result, folder.worker):
        with suppress(FileNotFoundError):
            left.rename(kept / left.name)
