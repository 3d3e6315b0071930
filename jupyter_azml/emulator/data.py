"""The routes of data assets."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.data import KIND, data_from_arm, data_to_arm
from ..arm.data_uris import read, same_place
from ..arm.versions import version_id
from ..entities import DataAsset, DataType, Location, Page, WebAddress
from ..errors import Conflict, NotSupported
from ..language import _
from ..workspace import Workspace
from .assets import AssetRoutes, View
from .door import Door, name_in
from .remembered import Remembered
from .storage import StorageAccount
from .table import WORKSPACE_PATH, route

_KINDS = {DataType.URI_FILE.value: "UriFile", DataType.MLTABLE.value: "MLTable"}
"""As the asset service spells them, behind ARM."""
_OURS = {"dataUri", "dataType", "description", "tags", "properties", "isArchived"}


class DataRoutes(AssetRoutes[DataAsset]):
    kind = KIND

    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount, remembered: Remembered) -> None:
        super().__init__(door, remembered)
        self._data = workspace.data
        self._account = account

    def routes(self) -> list[Route]:
        path = f"/data/v1.0{WORKSPACE_PATH}/dataversion/{{name}}/versions/{{version}}"
        return [*super().routes(), route(path, self.get_for_readers)]

    def get_for_readers(self, request: Request) -> Response:
        """As mltable asks for it."""
        self._door.check(request)
        resource = self.arm(self.version(name_in(request), str(request.path_params["version"])))
        properties, version = resource["properties"], resource["name"]
        told = {
            "assetId": resource["id"],
            "dataContainerName": resource["id"].split("/")[-3],
            "dataType": _KINDS.get(properties["dataType"], "UriFolder"),
            "dataUri": properties["dataUri"],
            "versionId": version,
            "mutableProps": {name: properties[name] for name in ("isArchived", "description", "tags")},
            "referencedDataUris": [],
            "properties": properties["properties"],
            "initialAssetId": resource["id"],
            "isRegistered": True,
        }
        return JSONResponse({"dataVersion": told, "entityMetadata": {"etag": None}, "isV2": True})

    def newest(self, view: View, limit: int, continuation: str | None) -> Page[DataAsset]:
        return self._data.list(archived=view, limit=limit, continuation=continuation)

    def versions(
        self, name: str, view: View, limit: int, continuation: str | None, query: Mapping[str, str]
    ) -> Page[DataAsset]:
        return self._data.list(name, archived=view, limit=limit, continuation=continuation)

    def version(self, name: str, version: str) -> DataAsset:
        return self._data.get(name, version)

    def arm(self, item: DataAsset) -> dict[str, Any]:
        return data_to_arm(item, self._door.identity, self._remembered.of(item.name, item.version))

    def create(self, name: str, version: str, properties: Mapping[str, Any]) -> DataAsset:
        asked = self._asked(name, version, properties)
        # Azure asks nobody whether there is anything: what is to be written may have a name already.
        made = self._data.create(asked.model_copy(update={"archived": False}), checked=False)
        self._keep(made, properties)
        return made

    def change(self, there: DataAsset, properties: Mapping[str, Any]) -> DataAsset:
        asked = self._asked(there.name, there.version, {"dataUri": there.path, "dataType": there.type, **properties})
        if not same_place(asked.path, there.path) or asked.type is not there.type:
            raise Conflict(
                _(
                    "There is a version {version} of {name} already, and a version never changes.",
                    name=there.name,
                    version=there.version,
                ),
                _("Choose another version, or leave it out: it is counted up."),
            )
        said = {
            "description": asked.description if "description" in properties else None,
            "tags": asked.tags if "tags" in properties else None,
        }
        self._keep(there, {**self._remembered.of(there.name, there.version), **properties})
        if any(value is not None and value != getattr(there, key) for key, value in said.items()):
            return self._data.update(there.name, there.version, **said)  # type: ignore[arg-type]  # each of its own type
        return there

    def set_archived(self, name: str, version: str | None, archived: bool) -> None:
        (self._data.archive if archived else self._data.restore)(name, version)

    def remove(self, name: str, version: str | None) -> None:
        """Raises NotSupported."""
        raise NotSupported(
            _("Data assets are archived and not deleted here."), _("Archive it: nothing lists it any more.")
        )

    def labels(self, name: str) -> dict[str, str]:
        return {
            label: item.version for item in self._all(name, "all") for label in item.labels if label.lower() != "latest"
        }

    def set_labels(self, name: str, labels: Mapping[str, str], before: Mapping[str, str]) -> None:
        for label, version in labels.items():
            if before.get(label) != version:
                self._data.update(name, version, label=label)

    def container_fields(self, item: DataAsset) -> dict[str, Any]:
        return {"dataType": item.type.value}

    def _asked(self, name: str, version: str, properties: Mapping[str, Any]) -> DataAsset:
        uri = version_id(self._door.identity, KIND, name, version)
        asked = data_from_arm({"id": uri, "properties": properties})
        return asked.model_copy(update={"path": self._own(asked.path)})

    def _own(self, path: str) -> str:
        """What lies in an account that the emulator keeps has a datastore's name."""
        address = read(path)
        found = self._account.datastore_at(address.url) if isinstance(address, WebAddress) else None
        return Location(datastore=found[0], path=found[1]).uri if found else path

    def _keep(self, asset: DataAsset, properties: Mapping[str, Any]) -> None:
        kept = {key: value for key, value in properties.items() if key not in _OURS}
        if kept:
            self._remembered.keep(asset.name, asset.version, kept)
