"""Registries: what Azure, or an organisation, shares between workspaces. ``azureml`` is Azure's own."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..entities.environment_name import PREFIX
from .ids import PROVIDER
from .shape import mapping

AZUREML = "azureml"

_ASSET = re.compile(
    r"azureml:/{1,2}registries/(?P<registry>[^/]+)/(?P<kind>environments|models|components|data)/(?P<name>[^/:@]+)"
    r"(?:/versions/(?P<version>[^/]+)|/labels/(?P<label>[^/]+)|:(?P<version2>[^/]+)|@(?P<label2>[^/]+))?/?",
    re.IGNORECASE,
)


class RegistryAsset(NamedTuple):
    registry: str
    kind: str
    name: str
    version: str | None
    label: str | None


class Discovered(NamedTuple):
    """Where a registry answers."""

    base: str
    """An address that ends with a slash."""
    subscription: str
    resource_group: str
    registry: str

    def path(self, *parts: str) -> str:
        """Below ``base``."""
        owner = f"subscriptions/{self.subscription}/resourceGroups/{self.resource_group}"
        return "/".join([f"mferp/managementfrontend/{owner}/providers/{PROVIDER}/registries/{self.registry}", *parts])


def registry_asset(text: str) -> RegistryAsset | None:
    """Of ``azureml://registries/NAME/models/NAME/versions/VERSION`` and its like; None for any other text."""
    found = _ASSET.fullmatch(text)
    if not found:
        return None
    version, label = found["version"] or found["version2"], found["label"] or found["label2"]
    return RegistryAsset(found["registry"], found["kind"].lower(), found["name"], version, label)


def discovery_to_arm(registry: str, region: str, subscription: str, resource_group: str, base: str) -> dict[str, Any]:
    """``base``: as of ``Discovered``."""
    return {
        "registryName": registry,
        "primaryRegion": region,
        "primaryRegionResourceProviderUri": base,
        "resourceGroup": resource_group,
        "subscriptionId": subscription,
    }


def discovery_from_arm(body: Mapping[str, Any]) -> Discovered:
    """Raises ValueError for an answer without an address."""
    base = str(mapping(body).get("primaryRegionResourceProviderUri") or "")
    if not base:
        raise ValueError("the answer names no place")
    return Discovered(
        f"{base.rstrip('/')}/",
        str(body.get("subscriptionId") or ""),
        str(body.get("resourceGroup") or ""),
        str(body.get("registryName") or ""),
    )


def plain_name(name: str) -> str:
    """A curated environment's in the registry, where it has no prefix."""
    return name[len(PREFIX) :] if name.lower().startswith(PREFIX.lower()) else name
