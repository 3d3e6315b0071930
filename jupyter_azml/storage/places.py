"""Where a name of data leads, of all the places that a workspace reaches."""

from abc import ABC, abstractmethod
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from .. import settings
from ..entities import (
    AssetName,
    DatastorePath,
    DataType,
    File,
    JobPath,
    LocalPath,
    Location,
    RunPath,
    WebAddress,
    read_address,
)
from ..entities.address import same_container
from ..errors import DataNotFound, NotSupported, UsageError
from ..language import _
from .cache import Cache
from .files import StoredFiles, translated
from .folder import Folder
from .reach import container_address
from .store import Progress, Store
from .web import fetch_web

_FOLDERS = (DataType.URI_FOLDER, DataType.MLTABLE)
MODELS = (DataType.CUSTOM_MODEL, DataType.MLFLOW_MODEL, DataType.TRITON_MODEL)
_MOST_STEPS = 8
"""An asset may name a job's output, which may name a datastore."""


class Reached(NamedTuple):
    """A store and a path in it, and what both are called before people."""

    store: Store
    path: str
    name: str

    @property
    def here(self) -> Path | None:
        """Where it is on this machine, whether or not anything is there."""
        with translated(self.name, self.path):
            return self.store.here(self.path)


class Places(ABC):
    def __init__(self, datastores: StoredFiles, workspace: str, copies: Path) -> None:
        """``workspace``: its name; ``copies``: the folder of what lies elsewhere and was brought here."""
        self._datastores = datastores
        self._workspace = workspace
        self._copies = copies

    @abstractmethod
    def _asset(self, address: AssetName, until: datetime | None) -> str:
        """What a data asset leads to. Raises DataNotFound."""

    @abstractmethod
    def _output(self, address: JobPath) -> str:
        """What an output of a job leads to. Raises JobNotFound, DataNotFound."""

    @abstractmethod
    def _artifact(self, address: RunPath) -> str:
        """What an artifact of a run leads to. Raises DataNotFound."""

    def _model(self, address: AssetName) -> str:
        """What a registered model leads to, for inputs that are models. Raises ModelNotFound."""
        return self._asset(address, None)

    def locate(self, path: str, *, until: datetime | None = None, kind: DataType | None = None) -> Location:
        """``until``: of data assets, those that were there then; ``kind``: of an input, since a model and data may have
        one name. Raises what ``DataOperations.locate`` does, and ModelNotFound.
        """
        for _step in range(_MOST_STEPS):
            address = read_address(path)
            self._check_owner(path, getattr(address, "workspace", ""))
            match address:
                case LocalPath():
                    return Location(path=str(Path(address.path).expanduser().absolute()))
                case DatastorePath():
                    return Location(datastore=self._datastores.get(address.datastore).name, path=address.path)
                case WebAddress():
                    return self._on_the_web(address, path)
                case AssetName():
                    path = self._model(address) if kind in MODELS else self._asset(address, until)
                case JobPath():
                    path = self._output(address)
                case RunPath():
                    path = self._artifact(address)
        raise DataNotFound(_("{path} leads from name to name.", path=path), _("Name the place itself."))

    def reach(self, location: Location) -> Reached:
        """Raises NotSupported for what is on the web, and what reaching a datastore does."""
        if location.is_web:
            raise NotSupported(
                _("{path} is on the web, where there are no folders.", path=location.path),
                _("Download it, or create a datastore for its container: azml datastore create"),
            )
        if location.datastore:
            store = self._datastores.store(location.datastore)
            return Reached(store, location.path, location.datastore)
        place = Path(location.path)
        return Reached(Folder(place.parent), place.name, str(place.parent))

    def here(self, location: Location) -> Path | None:
        """Where it is on this machine; None for what is elsewhere."""
        if location.is_web:
            return None
        if not location.datastore:
            return Path(location.path)
        return self.reach(location).here

    def stat(self, location: Location) -> File:
        """Raises DataNotFound."""
        if location.is_web:
            return File(path=location.path, is_folder=False)
        if not location.datastore:
            return _stat_here(Path(location.path))
        reached = self.reach(location)
        with translated(reached.name, reached.path):
            return reached.store.stat(reached.path)

    def fetch(self, location: Location, progress: Progress | None = None) -> Path:
        """Where it is, or a copy from the cache. Raises what ``DataOperations.fetch`` does."""
        if location.is_web:
            return fetch_web(location.path, self._copies / "web", progress=progress)
        if not location.datastore:
            self.stat(location)
            return Path(location.path)
        reached = self.reach(location)
        if here := reached.here:
            self.stat(location)
            return here
        with translated(reached.name, reached.path):
            return self.cache.fetch(reached.store, reached.path, progress=progress)

    @property
    def cache(self) -> Cache:
        return Cache(self._copies, settings.cache_bytes())

    def check_kind(self, location: Location, kind: DataType, path: str) -> None:
        """Raises DataNotFound where there is nothing, or a file instead of a folder, or the other way round."""
        if location.is_web:
            if kind is not DataType.URI_FILE:
                raise UsageError(
                    _("{path} is an address on the web, and those are read as a uri_file.", path=path),
                    _("Give it the type uri_file, or create a datastore for its container: azml datastore create"),
                )
            return
        is_folder = self.stat(location).is_folder
        if kind in _FOLDERS and not is_folder:
            raise DataNotFound(
                _("{path} is a file, and {type} is a folder.", path=path, type=kind), _("Give it the type uri_file.")
            )
        if kind is DataType.URI_FILE and is_folder:
            raise DataNotFound(
                _("{path} is a folder, and uri_file is a file.", path=path), _("Give it the type uri_folder.")
            )

    def _check_owner(self, path: str, workspace: str) -> None:
        if workspace and workspace.lower() != self._workspace.lower():
            raise DataNotFound(
                _("{path} belongs to the workspace {name}.", path=path, name=workspace),
                _("This one is {name}; it reads its own datastores.", name=self._workspace),
            )

    def _on_the_web(self, address: WebAddress, path: str) -> Location:
        """In a datastore, where one is known for the container."""
        continuation = None
        while True:
            page = self._datastores.list(limit=200, continuation=continuation)
            for datastore in page.items:
                container = container_address(datastore)
                below = same_container(address.url, container) if container else None
                if below is not None:
                    return Location(datastore=datastore.name, path=below)
            if (continuation := page.continuation) is None:
                break
        if "sig" in parse_qs(urlsplit(address.url).query):
            raise UsageError(
                _("{url} has a signature, which would stand in every record.", url=address.url.partition("?")[0]),
                _("Create a datastore with it as sas_token: azml datastore create -f FILE; then leave it out."),
            )
        if address.is_open:
            return Location(path=address.url, is_web=True)
        raise no_datastore_for(path)


def no_datastore_for(path: str) -> DataNotFound:
    return DataNotFound(
        _("No datastore of this workspace leads to {path}.", path=path),
        _("Create one for its container, with credentials: azml datastore create -f FILE"),
    )


def _stat_here(place: Path) -> File:
    if not place.exists():
        raise DataNotFound(
            _("There is nothing at {path}.", path=place), _("Check the path; in a YAML file it begins from the file.")
        )
    return Folder(place.parent).describe(place)
