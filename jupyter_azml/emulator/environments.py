"""The routes of environments.

Azure builds whatever a conda file says. This machine has one Python and no conda: a client's file is told back as it
was said, and jobs get what of it can be had here; ``azml.left_out`` among the properties names the rest.
"""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..arm.environments import KIND, conda_of, environment_from_arm, environment_to_arm
from ..arm.shape import mapping, texts
from ..arm.versions import OURS, version_id
from ..entities import BuildContext, Environment, Location, Page
from ..errors import AzmlError, Conflict, NotSupported
from ..language import _
from ..schemas.conda import split_conda
from ..schemas.environment import read_environment
from ..workspace import Workspace
from .assets import AssetRoutes, View
from .door import Door
from .remembered import Remembered
from .storage import StorageAccount

LEFT_OUT = f"{OURS}left_out"
_ARCHIVED: dict[View, bool | None] = {"active": False, "archived": True, "all": None}
_CURATED = "curated:"
"""What the continuation begins with once Azure's own are listed."""
_MADE_OF = ("image", "condaFile", "build", "osType", "inferenceConfig")


class EnvironmentRoutes(AssetRoutes[Environment]):
    kind = KIND

    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount, remembered: Remembered) -> None:
        super().__init__(door, remembered)
        self._workspace = workspace
        self._environments = workspace.environments
        self._account = account

    def newest(self, view: View, limit: int, continuation: str | None) -> Page[Environment]:
        """Those that Azure keeps up come last, as in any workspace of its."""
        if continuation and continuation.startswith(_CURATED):
            page = self._environments.list(
                curated=True, limit=limit, continuation=continuation.removeprefix(_CURATED) or None
            )
            following = page.continuation and f"{_CURATED}{page.continuation}"
            return Page[Environment](items=page.items, continuation=following)
        page = self._environments.list(archived=_ARCHIVED[view], limit=limit, continuation=continuation)
        if page.continuation or view == "archived":
            return page
        return Page[Environment](items=page.items, continuation=_CURATED)

    def versions(
        self, name: str, view: View, limit: int, continuation: str | None, query: Mapping[str, str]
    ) -> Page[Environment]:
        try:
            return self._environments.list(name, archived=_ARCHIVED[view], limit=limit, continuation=continuation)
        except AzmlError:
            found = self._environments.get(name)
            if not found.is_curated:
                raise
            return Page[Environment](items=(found,))

    def version(self, name: str, version: str) -> Environment:
        return self._environments.get(name, version)

    def arm(self, item: Environment) -> dict[str, Any]:
        return environment_to_arm(item, self._door.identity, self._remembered.of(item.name, item.version))

    def create(self, name: str, version: str, properties: Mapping[str, Any]) -> Environment:
        asked, left_out = self._asked(name, version, properties)
        made = self._environments.create_or_update(asked)
        own = texts(properties.get("properties"))
        noted = {**own, **({LEFT_OUT: ", ".join(left_out)} if left_out else {})}
        self._remembered.keep(made.name, made.version, {**properties, "properties": noted})
        return made

    def change(self, there: Environment, properties: Mapping[str, Any]) -> Environment:
        if there.is_curated:
            raise Conflict(
                _("{name} is a name that Azure keeps for itself.", name=there.name),
                _("Choose one that begins with neither {first} nor Microsoft.", first="AzureML"),
            )
        shown = self.arm(there)["properties"]
        if all(_same(shown.get(name), properties[name]) for name in _MADE_OF if name in properties):
            asked = there
        else:
            asked, _left_out = self._asked(there.name, there.version, properties)
        said = {
            "description": str(properties.get("description") or ""),
            "tags": texts(properties.get("tags")),
        }
        changes = {name: value for name, value in said.items() if name in properties}
        kept = self._remembered.of(there.name, there.version)
        if kept:
            self._remembered.keep(there.name, there.version, {**kept, **properties, "properties": shown["properties"]})
        return self._environments.create_or_update(asked.model_copy(update=changes))

    def set_archived(self, name: str, version: str | None, archived: bool) -> None:
        (self._environments.archive if archived else self._environments.restore)(name, version)

    def remove(self, name: str, version: str | None) -> None:
        """Raises NotSupported."""
        raise NotSupported(
            _("Environments are archived and not deleted here."), _("Archive it: nothing lists it any more.")
        )

    def labels(self, name: str) -> dict[str, str]:
        return {}

    def set_labels(self, name: str, labels: Mapping[str, str], before: Mapping[str, str]) -> None:
        """There are none but ``latest``."""

    def _asked(self, name: str, version: str, properties: Mapping[str, Any]) -> tuple[Environment, tuple[str, ...]]:
        conda_of(properties.get("condaFile"))
        if not properties.get("image") and not mapping(properties.get("build")).get("contextUri"):
            raise ValueError("there is neither an image nor a build context")
        uri = version_id(self._door.identity, KIND, name, version)
        asked = environment_from_arm({"id": uri, "properties": properties})
        build = self._build(asked.build) if asked.build else None
        found, left_out = split_conda(asked.conda_file, platform.python_version()) if asked.conda_file else ({}, ())
        update = {"build": build, "conda_file": found, "archived": False, "digest": ""}
        return asked.model_copy(update=update), left_out

    def _build(self, build: BuildContext) -> BuildContext:
        """With what of the folder can be used here, when it lies in an account that the emulator keeps."""
        found = self._account.datastore_at(unquote(build.path))
        if found is None:
            return build
        folder = self._workspace.data.fetch(Location(datastore=found[0], path=found[1]).uri)
        described = {"path": str(folder), "dockerfile_path": build.dockerfile_path}
        read = read_environment({"build": described}, folder / "environment.yml", _text, platform.python_version())
        return (read.build or build).model_copy(update={"path": build.path})


def _text(file: Path) -> str | None:
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError):
        return None


def _same(one: object, other: object) -> bool:
    """What the service leaves out, and what a client says of its own accord, are the same."""
    return (one or None) == (other or None) or (str(one or "").lower() == str(other or "").lower() != "")
