"""How a job names an environment."""

import re
from typing import NamedTuple

PREFIX = "AzureML-"
"""Of the names that Azure keeps for its own."""

_OF_REGISTRY = re.compile(
    r"azureml://registries/[^/]+/environments/(?P<name>[^/:@]+)(?:/(?:labels|versions)/[^/]+|[:@][^/]+)?", re.IGNORECASE
)
_ID = re.compile(
    r"(?:azureml:)?/{1,2}subscriptions/.*/environments/(?P<name>[^/]+)(?:/(?:versions/(?P<version>[^/]+)|labels/latest))?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:azureml:)?(?P<name>[^/:@\s]+)(?::(?P<version>[^/:@\s]+)|@latest)?", re.IGNORECASE)


class EnvironmentName(NamedTuple):
    name: str
    version: str | None
    """None for the newest."""


def environment_named(text: str) -> EnvironmentName | None:
    """``azureml:NAME:VERSION``, ``azureml:NAME@latest``, an ARM id, a registry's; the prefix may be left out."""
    if found := _OF_REGISTRY.fullmatch(text):
        name = found["name"]
        return EnvironmentName(name if name.lower().startswith(PREFIX.lower()) else f"{PREFIX}{name}", None)
    if found := _ID.fullmatch(text) or _SHORT.fullmatch(text):
        return EnvironmentName(found["name"], found["version"])
    return None
