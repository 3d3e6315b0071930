"""The data of a command job: brought to it before it runs, and kept after it has."""

import os
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..entities import DataAsset, DataInput, DataOutput, DataType, Job, Output
from ..errors import AzmlError, DataNotFound
from ..language import _
from .data import find_asset
from .data_places import DATASTORE, asset_named, check_kind, datastore_uri, is_url, locate
from .db import Database
from .paths import JobPaths, WorkspacePaths

_PIECE = 1024 * 1024
_SILENCE = 60.0
"""Seconds that a server may say nothing."""


def bring_input(
    paths: WorkspacePaths, folder: JobPaths, job: Job, name: str, value: DataInput, check: Callable[[], None]
) -> str:
    """What the command is to find in place of ``${{inputs.name}}``.

    A mount is a link to where the data is: quick, and as little to be written to as a mount. ``check`` is called while
    something is downloaded, and may raise. Raises AzmlError, OSError.
    """
    path = value.path
    if asset := asset_named(path):
        with Database(paths.database, paths.setup_lock).read() as connection:
            path = find_asset(connection, *asset, until=job.created).path
    if is_url(path):
        return path if value.mode == "direct" else str(_download(path, folder.inputs / name, check))
    place = locate(paths, path)
    check_kind(place, value.type, path)
    if place is None or value.mode == "direct":
        return str(place or path)
    # A file keeps its name: programs go by the ending.
    target = folder.inputs / name / place.name if place.is_file() else folder.inputs / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if value.mode not in ("download", "eval_download"):
        target.symlink_to(place)
    elif place.is_dir():
        shutil.copytree(place, target)
    else:
        shutil.copy2(place, target)
    return str(target)


def place_of_output(paths: WorkspacePaths, job: Job, name: str, output: DataOutput) -> Path:
    """Where an output is kept. ``${{name}}`` in its path is the job, as in Azure."""
    values = {"${{name}}": job.name, "${{output_name}}": name, "${{default_datastore}}": DATASTORE}
    path = output.path or f"azureml://datastores/{DATASTORE}/paths/azureml/{job.name}/{name}"
    for key, value in values.items():
        path = path.replace(key, value)
    place = locate(paths, path, must_exist=False)
    if place is None:
        raise DataNotFound(
            _("The output {name} cannot be written to {path}.", name=name, path=path),
            _("Use a path of this machine or azureml://datastores/NAME/paths/PATH."),
        )
    return place


def prepare_output(folder: JobPaths, name: str, output: DataOutput, place: Path) -> str:
    """What the command is to find in place of ``${{outputs.name}}``: there, or on its way there."""
    target = folder.uploads / name if output.mode == "upload" else place
    (target.parent if output.type is DataType.URI_FILE else target).mkdir(parents=True, exist_ok=True)
    return str(target)


def upload(source: Path, place: Path) -> None:
    """As a whole where nothing was before, else file by file. Raises OSError."""
    if not source.exists() or source == place:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and place.is_dir():
        for entry in source.iterdir():
            upload(entry, place / entry.name)
        return
    beside = place.with_name(f".{place.name}.{os.getpid()}.{os.urandom(3).hex()}")
    try:
        try:
            source.rename(beside)
        except OSError:  # another disk
            shutil.copytree(source, beside) if source.is_dir() else shutil.copy2(source, beside)
        os.replace(beside, place)
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)


def output_facts(output: DataOutput, place: Path) -> dict[str, Any]:
    return Output(type=output.type, path="", uri=str(place)).to_data()


def asset_facts(paths: WorkspacePaths, output: DataOutput, place: Path) -> dict[str, Any]:
    asset = DataAsset(name=output.name, version=output.version, type=output.type, path=datastore_uri(paths, place))
    return asset.to_data()


def explain(error: Exception) -> str:
    if isinstance(error, AzmlError):
        return error.message
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)
    return str(error) or type(error).__name__


def _download(url: str, folder: Path, check: Callable[[], None]) -> Path:
    """Redirections lead to http, https or nowhere: urllib takes no others."""
    folder.mkdir(parents=True, exist_ok=True)
    name = urllib.parse.unquote(urllib.parse.urlsplit(url).path).rsplit("/", 1)[-1].replace("\0", "")
    target = folder / (name if name not in ("", ".", "..") else "file")
    beside = target.with_name(".downloading")
    request = urllib.request.Request(url, headers={"User-Agent": "jupyter_azml"})  # noqa: S310 - http or https
    with urllib.request.urlopen(request, timeout=_SILENCE) as source, beside.open("wb") as file:  # noqa: S310
        while piece := source.read(_PIECE):
            check()
            file.write(piece)
        # http.client does not tell that a body ended early.
        if (length := source.headers.get("Content-Length")) and file.tell() != int(length):
            raise ConnectionError(_("{done} of {size} bytes came.", done=file.tell(), size=length))
    beside.rename(target)
    return target
