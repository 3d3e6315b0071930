"""Registries: what Azure and organisations share between workspaces. They are read; writing is for their owners."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from ..arm.registries import Discovered, RegistryAsset, discovery_from_arm
from ..errors import NotFound
from ..language import _
from .client import CLOUD, ArmClient
from .errors import readable

API_VERSION = "2021-10-01-dataplanepreview"
_DISCOVERY = "https://eastus.api.azureml.ms"
"""It knows the registries of all regions."""
Item = TypeVar("Item")


class Registries:
    def __init__(self, client: ArmClient) -> None:
        self._client = client
        self._known: dict[str, Discovered] = {}

    def get(self, asset: RegistryAsset, read: Callable[[Mapping[str, Any]], Item]) -> Item:
        """A version of something, by its number or its label, the newest without either. Raises NotFound."""
        place = self._place(asset.registry)
        names = [asset.kind, asset.name, "versions", *([asset.version] if asset.version else [])]
        path = place.path(*(quote(name, safe="") for name in names if name not in (".", "..")))
        query = {"api-version": API_VERSION}
        if asset.version:
            found = self._client.get(f"{place.base}{path}", query)
        else:
            newest = {"$orderBy": "createdtime desc", "$top": "1"}
            listed = self._client.get(f"{place.base}{path}", {**query, **newest}).get("value") or ()
            if not listed:
                raise NotFound(
                    _("The registry {registry} has no {name}.", registry=asset.registry, name=asset.name),
                    _("Azure ML studio lists what is in it: https://ml.azure.com"),
                )
            found = listed[0]
        with readable():
            return read(found)

    def _place(self, registry: str) -> Discovered:
        """Asked once: it does not move."""
        if registry not in self._known:
            base = _DISCOVERY if self._client.base_url.rstrip("/") == CLOUD else self._client.base_url.rstrip("/")
            address = f"{base}/registrymanagement/v1.0/registries/{quote(registry, safe='')}/discovery"
            answer = self._client.get(address, {"api-version": "v1.0"})
            with readable():
                self._known[registry] = discovery_from_arm(answer)
        return self._known[registry]
