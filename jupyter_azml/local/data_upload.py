"""A copy of local data in a datastore, where Azure would put it: ``LocalUpload/HASH/NAME``."""

from pathlib import Path
from typing import Any

from ..entities import Location
from ..errors import StorageChanged, UsageError
from ..language import _
from ..storage.files import files_below, sizes_below
from ..storage.names import check_new_path
from ..storage.store import Progress, Store
from ..storage.together import Sum, all_of
from .content_hashes import content_of
from .db import Database

_HASH = 32
"""Characters of a hash in a path, as of azure-ai-ml."""


def send_asset(db: Database, store: Store, datastore: str, source: Path, progress: Progress | None) -> dict[str, Any]:
    """``path``, ``content_hash`` and ``size`` of the asset, once all of it is there.

    The same content is found again: only what is missing is sent, so that an upload that was cut goes on.
    Raises DataNotFound, UsageError, StorageChanged, StorageError, OSError.
    """
    files = files_below(source)
    if not files:
        raise UsageError(_("There are no files in {path}.", path=source), _("Name a folder with data in it."))
    for _file, below in files:
        check_new_path("/".join(filter(None, (source.name, below))))
    content = content_of(db, files)
    top = f"LocalUpload/{content.hash[:_HASH]}/{source.name}"
    # Files appear whole, under the hash of all: one of the right size is the right one.
    held = sizes_below(store, top)
    missing = [(file, below) for file, below in files if held.get(below) != file.stat().st_size]
    told = Sum(sum(file.stat().st_size for file, _below in missing), progress)

    def send(wanted: tuple[Path, str]) -> None:
        file, below = wanted
        target = "/".join(filter(None, (top, below)))
        if store.upload(file, target, overwrite=True, progress=told.part()) != content.files[below]:
            store.delete(target)
            raise StorageChanged(
                _("{path} was changed while it was read.", path=file), _("Try again when nothing writes to it.")
            )

    all_of(send, missing)
    path = Location(datastore=datastore, path=top).uri
    return {"path": path, "content_hash": content.hash, "size": content.size}
