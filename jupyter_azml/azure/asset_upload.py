"""Files of this machine on their way to a datastore, where azure-ai-ml would put them: ``LocalUpload/HASH/NAME``."""

from pathlib import Path
from typing import NamedTuple

from ..entities import Location
from ..errors import DataNotFound, StorageChanged, UsageError
from ..language import _
from ..storage.files import sizes_below, translated
from ..storage.names import check_new_path
from ..storage.store import Progress, Store
from ..storage.together import Sum, all_of
from .object_hash import files_to_send, object_hash

_DONE = {"upload_status": "completed"}


class Upload(NamedTuple):
    path: str
    """``azureml://datastores/…``"""
    hash: str
    size: int
    files: int


def upload_asset(
    store: Store, datastore: str, source: Path, name: str, version: str, progress: Progress | None = None
) -> Upload:
    """Once for the same content: what is there is marked as the SDK marks it, and it takes ours for its own.

    What was cut goes on: only files that are missing are sent. ``name`` and ``version`` of what it is sent for.
    Raises DataNotFound, UsageError, StorageChanged, StorageError.
    """
    with translated(datastore, str(source)):
        files = _checked(source)
        before = [_state(file) for file, _below in files]
        digest = object_hash(source)
        top = f"LocalUpload/{digest}/{source.name}"
        size = sum(state[0] for state in before)
        # In a data lake, where a folder is a thing of its own, the SDK marks that one.
        witnesses = ("/".join(filter(None, (top, files[0][1]))), f"LocalUpload/{digest}")
        if not any(_DONE.items() <= store.marks(witness).items() for witness in witnesses):
            _send(store, top, files, progress)
            if before != [_state(file) for file, _below in files]:
                store.delete(top)
                raise StorageChanged(
                    _("{path} was changed while it was read.", path=source), _("Try again when nothing writes to it.")
                )
            file, folder = witnesses
            for witness in (file, *([folder] if store.marks(folder) else [])):
                store.mark(witness, {**_DONE, "name": name, "version": version or "1"})
    return Upload(Location(datastore=datastore, path=top).uri, digest, size, len(files))


def _checked(source: Path) -> list[tuple[Path, str]]:
    if not source.exists():
        raise DataNotFound(
            _("There is nothing at {path}.", path=source), _("Check the path; in a YAML file it begins from the file.")
        )
    files = files_to_send(source)
    if not files:
        raise UsageError(_("There are no files in {path}.", path=source), _("Name a folder with data in it."))
    for _file, below in files:
        check_new_path("/".join(filter(None, (source.name, below))))
    return files


def _send(store: Store, top: str, files: list[tuple[Path, str]], progress: Progress | None) -> None:
    # Files appear whole, under the hash of all: one of the right size is the right one.
    held = sizes_below(store, top)
    missing = [(file, below) for file, below in files if held.get(below) != file.stat().st_size]
    told = Sum(sum(file.stat().st_size for file, _below in missing), progress)

    def send(wanted: tuple[Path, str]) -> None:
        file, below = wanted
        store.upload(file, "/".join(filter(None, (top, below))), overwrite=True, progress=told.part())

    all_of(send, missing)


def _state(file: Path) -> tuple[int, int]:
    facts = file.stat()
    return facts.st_size, facts.st_mtime_ns
