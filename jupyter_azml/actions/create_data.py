"""A data asset from a YAML file, from options, or from both; and its files, brought here."""

import shutil
from pathlib import Path
from typing import Any

from ..entities import DataAsset, LocalPath, read_address
from ..errors import UsageError
from ..language import _
from ..schemas.data import datastore_in, read_data_asset
from ..workspace import Workspace
from ..workspace.datastores import Progress
from .create_job import read_yaml


def create_data(
    workspace: Workspace,
    file: Path | None,
    given: dict[str, Any],
    *,
    datastore: str | None = None,
    reference: bool = False,
    progress: Progress | None = None,
) -> DataAsset:
    """``given`` wins over the file; a path in it begins from the working directory. As in ``az ml``, what lies on this
    machine is copied to the datastore, or the default one, unless only a ``reference`` to it is wanted.

    Raises SpecInvalid, UsageError, DataNotFound, Conflict, StorageError.
    """
    given = {**given}
    here = Path.cwd()
    if path := given.get("path"):
        # Without a type it is what is there; an address on the web is a file.
        place = here / Path(path).expanduser()
        given["path"] = str(place) if place.exists() else path
        if file is None and "type" not in given:
            given["type"] = "uri_folder" if _is_folder(workspace, given["path"]) else "uri_file"
    if file is None:
        if not {"name", "path"} <= given.keys():
            raise UsageError(_("A data asset needs a name and a path."), _("Give --name and --path, or a YAML file."))
        asset = read_data_asset(given, here / "data")
    else:
        file = file.expanduser().absolute()
        data = {**read_yaml(file), **given}
        datastore = datastore or datastore_in(data)
        asset = read_data_asset(data, file)
    if reference or not isinstance(read_address(asset.path), LocalPath):
        return workspace.data.create(asset)
    return workspace.data.upload(asset, datastore=datastore, progress=progress)


def download_data(workspace: Workspace, path: str, target: Path, progress: Progress | None = None) -> int:
    """Answers with how many files. Raises DataNotFound, StorageError, UsageError."""
    target = target.expanduser()
    location = workspace.data.locate(path)
    found = workspace.data.stat(path)
    place = target / found.path if target.is_dir() or not found.is_folder else target
    if location.datastore:
        return workspace.datastores.download(location.datastore, location.path, place, progress=progress)
    source = workspace.data.fetch(path, progress=progress)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if not source.is_dir():
            shutil.copyfile(source, place)
            return 1
        shutil.copytree(source, place, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(
            _(
                "{path} cannot be read or written: {detail}.",
                path=error.filename or place,
                detail=error.strerror or error,
            ),
            _("Check the path, its permissions and the space on the disk."),
        ) from error
    return sum(1 for each in source.rglob("*") if each.is_file())


def _is_folder(workspace: Workspace, path: str) -> bool:
    if path.lower().startswith(("http://", "https://")):
        return not workspace.data.locate(path).is_web and workspace.data.stat(path).is_folder
    return workspace.data.stat(path).is_folder
