"""The data of a command job: brought to it before it runs, and kept after it has."""

import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from ..entities import DataAsset, DataInput, DataOutput, DataType, Job, Location, Output
from ..errors import AzmlError, DataNotFound
from ..language import _
from ..storage.files import send_files
from ..storage.store import Progress
from .data_places import LocalPlaces
from .datastores import LocalDatastores
from .db import Database
from .paths import DATASTORE, JobPaths, WorkspacePaths

_COPIED = ("download", "eval_download")


class OutputPlace(NamedTuple):
    """Where an output is kept."""

    location: Location
    here: Path | None
    """The same on this machine; None when it is sent elsewhere at the end."""

    @property
    def uri(self) -> str:
        return str(self.here or self.location.uri)


class JobData:
    def __init__(self, paths: WorkspacePaths, folder: JobPaths, job: Job) -> None:
        db = Database(paths.database, paths.setup_lock)
        self._folder = folder
        self._job = job
        self._places = LocalPlaces(paths, db)
        self._datastores = LocalDatastores(paths, db)

    def bring_input(self, name: str, value: DataInput, progress: Progress) -> str:
        """What the command is to find in place of ``${{inputs.name}}``.

        What is on this machine is a link to where it is: quick, and as little to be written to as a mount. What is
        elsewhere comes by way of the cache. ``progress`` may raise. Raises AzmlError, OSError.
        """
        location = self._places.locate(value.path, until=self._job.created, kind=value.type)
        self._places.check_kind(location, value.type, value.path)
        here = self._places.here(location)
        if value.mode == "direct":
            return str(here or location.uri)
        target = self._folder.inputs / name
        if here is None and not location.is_web:
            reached, writable = self._places.reach(location), value.mode in (*_COPIED, "rw_mount")
            cache = self._places.cache
            return str(cache.link(reached.store, reached.path, target, writable=writable, progress=progress))
        place = here or self._places.fetch(location, progress)
        # A file keeps its name: programs go by the ending.
        target = target / place.name if place.is_file() else target
        target.parent.mkdir(parents=True, exist_ok=True)
        if value.mode not in _COPIED:
            target.symlink_to(place)
            # MLflow loads no model from a folder that leads out of the one around it.
            return str(place if place.is_dir() else target)
        if place.is_dir():
            shutil.copytree(place, target)
        else:
            shutil.copy2(place, target)
        return str(target)

    def place_of_output(self, name: str, output: DataOutput) -> OutputPlace:
        """``${{name}}`` in its path is the job, as in Azure. Raises AzmlError."""
        datastore = self._datastores.get_default().name
        values = {"${{name}}": self._job.name, "${{output_name}}": name, "${{default_datastore}}": datastore}
        path = output.path or f"azureml://datastores/{datastore}/paths/azureml/{self._job.name}/{name}"
        for key, value in values.items():
            path = path.replace(key, value)
        location = self._places.locate(path)
        if location.is_web:
            raise cannot_write(name, path)
        return OutputPlace(location, self._places.here(location))

    def prepare_output(self, name: str, output: DataOutput, place: OutputPlace) -> str:
        """What the command is to find in place of ``${{outputs.name}}``: there, or on its way there."""
        if place.here is None and output.mode == "direct":
            return place.uri
        target = place.here if place.here and output.mode != "upload" else self._folder.uploads / name
        if output.type is DataType.URI_FILE and target != place.here:
            target = target / Path(place.location.path).name
        (target.parent if output.type is DataType.URI_FILE else target).mkdir(parents=True, exist_ok=True)
        return str(target)

    def keep_output(self, written: str, place: OutputPlace, progress: Progress) -> bool:
        """Whether there is anything. Raises AzmlError, OSError."""
        if place.here:
            _move(Path(written), place.here)
            return place.here.exists()
        if written == place.uri:  # the command wrote there itself
            return True
        source = Path(written)
        if not source.exists():
            return False
        reached = self._places.reach(place.location)
        send_files(reached.store, reached.name, source, reached.path, overwrite=True, progress=progress)
        shutil.rmtree(source, ignore_errors=True) if source.is_dir() else source.unlink()
        return True

    def let_go(self) -> None:
        """Of what came from the cache: it is to take no room once the job has ended."""
        for name, value in self._job.inputs.items():
            target = self._folder.inputs / name
            if value.mode not in _COPIED and target.is_dir() and not target.is_symlink():
                shutil.rmtree(target, ignore_errors=True)


def output_facts(output: DataOutput, place: OutputPlace) -> dict[str, Any]:
    return Output(type=output.type, path="", uri=place.uri).to_data()


def asset_facts(paths: WorkspacePaths, output: DataOutput, place: OutputPlace) -> dict[str, Any]:
    """A place in the workspace's own datastore is known by its address, which moves with the workspace."""
    path = place.location.uri
    root = paths.datastore(DATASTORE)
    if not place.location.datastore and place.here and place.here.is_relative_to(root):
        path = f"azureml://datastores/{DATASTORE}/paths/{place.here.relative_to(root).as_posix()}"
    asset = DataAsset(name=output.name, version=output.version, type=output.type, path=path)
    return asset.to_data()


def cannot_write(name: str, path: str) -> DataNotFound:
    return DataNotFound(
        _("The output {name} cannot be written to {path}.", name=name, path=path),
        _("Use a path of this machine or azureml://datastores/NAME/paths/PATH."),
    )


def explain(error: Exception) -> str:
    if isinstance(error, AzmlError):
        return error.message
    return str(error) or type(error).__name__


def _move(source: Path, place: Path) -> None:
    """As a whole where nothing was before, else file by file."""
    if not source.exists() or source == place:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and place.is_dir():
        for entry in source.iterdir():
            _move(entry, place / entry.name)
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
