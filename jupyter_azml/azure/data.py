"""Data assets of an Azure ML workspace."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ..arm import WorkspaceId
from ..arm.data import KIND, data_fields, data_from_arm
from ..arm.versions import labels_of
from ..entities import AssetName, DataAsset, DataInput, DataType, LocalPath, Location, Page, WebAddress, read_address
from ..errors import DataNotFound, NotFound, StorageError, UsageError
from ..language import _
from ..schemas.mltable import MOST_BYTES, check_table
from ..schemas.names import LATEST, check_data_label, check_data_name, data_version_taken
from ..storage.data import StoredData
from ..storage.files import translated
from ..workspace.data import Archived
from ..workspace.datastores import Progress
from .asset_upload import upload_asset
from .client import ArmClient
from .datastores import AzureDatastores
from .places import AzurePlaces
from .versions import Versions, latest_label

UPLOADS = "workspaceblobstore"
"""Where azure-ai-ml puts what nobody has chosen a datastore for, whatever the default is."""


class AzureData(StoredData):
    def __init__(self, client: ArmClient, workspace: WorkspaceId, datastores: AzureDatastores) -> None:
        self._workspace = workspace
        self._datastores = datastores
        self._versions = Versions(client, workspace, KIND, data_from_arm, _missing)
        self.places = AzurePlaces(client, workspace, datastores, self._find)

    def list(
        self,
        name: str | None = None,
        *,
        archived: Archived = "active",
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[DataAsset]:
        if name is None:
            return self._versions.newest_of_each(archived, limit, continuation)
        return self._versions.list(name, archived, limit, continuation)

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> DataAsset:
        """``readers`` are told by a local workspace alone."""
        if label and label.lower() != LATEST:
            labels = {each.lower(): found for each, found in self._versions.labels(name).items()}
            if label.lower() not in labels:
                raise DataNotFound(
                    _("No version of the data asset {name} has the label {label}.", name=name, label=label),
                    _("There is: {names}.", names=", ".join([*sorted(labels), LATEST])),
                )
            version = labels[label.lower()]
        found = self._versions.get(name, version)
        container = self._versions.container(found.name)
        given = [each for each, of in labels_of(container).items() if of == found.version]
        return found.model_copy(update={"labels": (*sorted(given), *latest_label(container, found.version))})

    def create(self, asset: DataAsset, *, checked: bool = True) -> DataAsset:
        """Raises UsageError for a place on this machine, which Azure does not reach."""
        self._check_free(asset)
        path = asset.path
        match read_address(path):
            case LocalPath():
                raise UsageError(
                    _("Azure does not reach {path}, which is on this machine.", path=path),
                    _("Leave out --reference: it is copied to a datastore then."),
                )
            case WebAddress(url):
                _check_unsigned(url)
            case _named if checked:
                location = self.places.locate(path)
                self._check(asset, location)
                path = location.uri
        return self._create(asset.model_copy(update={"path": path}))

    def upload(self, asset: DataAsset, *, datastore: str | None = None, progress: Progress | None = None) -> DataAsset:
        self._check_free(asset)
        address = read_address(asset.path)
        if not isinstance(address, LocalPath):
            return self.create(asset)  # it is there already
        source = Path(address.path).expanduser().absolute()
        self.places.check_kind(Location(path=str(source)), asset.type, asset.path)
        if asset.type is DataType.MLTABLE:
            _check_table(source / "MLTable", asset.path)
        chosen = datastore.removeprefix("azureml:") if datastore else UPLOADS
        store = self._datastores.store(chosen)
        sent = upload_asset(store, self._datastores.get(chosen).name, source, asset.name, asset.version, progress)
        kept = asset.model_copy(update={"path": sent.path, "content_hash": sent.hash, "size": sent.size})
        return self._create(kept)

    def update(
        self,
        name: str,
        version: str | None = None,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        label: str | None = None,
    ) -> DataAsset:
        if label is not None:
            check_data_label(label)
        found = self._versions.get(name, version)
        changes = {"description": description, "tags": None if tags is None else dict(tags)}
        changes = {key: value for key, value in changes.items() if value is not None}
        if changes:
            self._versions.change(found.name, found.version, **changes)
        if label is not None:
            given = {label: found.version}
            self._versions.set_labels(found.name, lambda before: {**before, **given})
        return self.get(found.name, found.version)

    def archive(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, True)

    def restore(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, False)

    def bring(self, value: DataInput) -> DataInput:
        """What is on this machine is copied, as azure-ai-ml does with the inputs of a job; all else stays as it is."""
        address = read_address(value.path)
        if not isinstance(address, LocalPath):
            return value
        source = Path(address.path).expanduser().absolute()
        self.places.check_kind(Location(path=str(source)), value.type, value.path)
        sent = upload_asset(self._datastores.store(UPLOADS), UPLOADS, source, source.name, "1")
        return value.model_copy(update={"path": sent.path})

    def _find(self, address: AssetName) -> DataAsset:
        if address.label:
            return self.get(address.name, label=address.label)
        return self._versions.get(address.name, address.version)

    def _create(self, asset: DataAsset) -> DataAsset:
        properties = {key: value for key, value in data_fields(asset, self._workspace).items() if value is not None}
        made = self._versions.create(asset.name, asset.version, properties)
        return self.get(made.name, made.version)

    def _check_free(self, asset: DataAsset) -> None:
        """Before anything is read or sent."""
        check_data_name(asset.name, asset.version)
        if asset.version and self._versions.has(asset.name, asset.version):
            raise data_version_taken(asset.name, asset.version)

    def _check(self, asset: DataAsset, location: Location) -> None:
        """A storage that this machine is kept out of may still let Azure in: then nothing is said."""
        try:
            self.places.check_kind(location, asset.type, asset.path)
            if asset.type is DataType.MLTABLE:
                self._check_table_there(location, asset.path)
        except StorageError:
            return

    def _check_table_there(self, location: Location, path: str) -> None:
        reached = self.places.reach(location)
        below = "/".join(filter(None, (reached.path, "MLTable")))
        try:
            with translated(reached.name, below), reached.store.open(below) as file:
                text = file.read(MOST_BYTES + 1)
        except DataNotFound:
            raise _no_table(path) from None
        check_table(text, Path(path) / "MLTable")


def _check_table(file: Path, path: str) -> None:
    if not file.is_file():
        raise _no_table(path)
    with file.open("rb") as opened:
        check_table(opened.read(MOST_BYTES + 1), Path(path) / "MLTable")


def _no_table(path: str) -> DataNotFound:
    return DataNotFound(
        _("There is no file MLTable in {path}.", path=path),
        _("An mltable is a folder with a YAML file of that name, which says what its tables are made of."),
    )


def _check_unsigned(url: str) -> None:
    if "sig" in parse_qs(urlsplit(url).query):
        raise UsageError(
            _("{url} has a signature, which would stand in every record.", url=url.partition("?")[0]),
            _("Create a datastore with it as sas_token: azml datastore create -f FILE; then leave it out."),
        )


def _missing(name: str, version: str | None) -> NotFound:
    if version:
        return DataNotFound(
            _("There is no version {version} of the data asset {name}.", name=name, version=version),
            _("See: azml data list"),
        )
    return DataNotFound(_("There is no data asset named {name}.", name=name), _("See: azml data list"))
