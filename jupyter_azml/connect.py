"""Composition root: a name, a folder or a config.json becomes a Workspace. Only this module knows both backends."""

import json
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from . import settings
from .errors import Conflict, NotSupported, UsageError, WorkspaceNotFound
from .language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from .azure.workspaces import AzureWorkspaces
    from .entities import Account, DeviceCode, Page, WorkspaceInfo
    from .workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,32}")
_NAME_IN_AZURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,32}")


class Connections:
    """The connector of one process. ``remember`` keeps an attachment for the user's other processes."""

    def __init__(self, *, remember: bool = False) -> None:
        self._remember = remember
        self._workspace: Workspace | None = None
        self._connecting = Lock()

    def workspace(self) -> "Workspace":
        """The one attached; else ``AZML_WORKSPACE``, else what ``azml attach`` remembered, else the local default."""
        with self._connecting:
            if self._workspace is None:
                self._workspace = open_workspace(_reference_in_force())
            return self._workspace

    def attach(self, reference: str | None = None, **azure: str | None) -> "Workspace":
        given = {key: value for key, value in azure.items() if value}
        target: str | dict[str, str] = given or reference or settings.DEFAULT_WORKSPACE
        workspace = open_workspace(target)
        workspace.check()
        self._workspace = workspace
        if self._remember:
            settings.attachment_file().parent.mkdir(parents=True, exist_ok=True)
            settings.attachment_file().write_text(json.dumps(_lasting(target)), "utf-8")
        return workspace

    def repair(self, tell: "Callable[[str], object] | None" = None) -> "Workspace":
        """Rebuilds the databases of the local workspace in force that are damaged. Raises NotSupported."""
        target = _reference_in_force()
        folder = local_folder(target) if isinstance(target, str) else None
        if folder is None:
            raise NotSupported(_("Only a local workspace can be repaired."), _("Attach to one first: azml attach NAME"))
        from .local.repair import repair_workspace

        for note in repair_workspace(folder):
            if tell:
                tell(note)
        self._workspace = None
        return self.workspace()

    def list(self, *, azure: bool = False, subscription: str | None = None) -> "Page[WorkspaceInfo]":
        from .entities import Page, WorkspaceInfo
        from .local.place import describe

        in_force = self._info_in_force()
        found = [describe(folder) for folder in _places()]
        if azure:
            found += _in_azure().list(subscription)
        used = in_force and (in_force.kind, in_force.name, in_force.location)
        if in_force and used not in [(info.kind, info.name, info.location) for info in found]:
            found.append(in_force)
        items = [info.model_copy(update={"attached": (info.kind, info.name, info.location) == used}) for info in found]
        return Page[WorkspaceInfo](items=tuple(sorted(items, key=lambda info: info.name.lower())))

    def create(
        self, name: str, *, description: str = "", tags: dict[str, str] | None = None, **azure: str | None
    ) -> "WorkspaceInfo":
        from .local.place import describe, make_place

        if any(azure.values()):
            return _in_azure().create(name, description=description, tags=tags or {}, **_all_of(azure))
        if not _NAME_IN_AZURE.fullmatch(name):
            raise UsageError(
                _("{name} cannot be a workspace's name.", name=name),
                _("Use 3 to 33 letters, digits, - and _, beginning with a letter or a digit."),
            )
        folder = settings.workspaces_folder() / name
        # Names are case-insensitive in Azure, and a folder's name on some disks.
        taken = next((place.name for place in _places() if place.name.lower() == name.lower()), None)
        if taken or not make_place(folder, description=description, tags=tags):
            raise Conflict(
                _("There is a workspace named {name} already.", name=taken or name),
                _("Choose another name, or use that one: azml attach {name}", name=taken or name),
            )
        open_workspace(str(folder))
        return describe(folder)

    def show(self, name: str) -> "WorkspaceInfo":
        from .local.place import describe

        in_force = self._info_in_force()
        if in_force and in_force.kind == "azure" and in_force.name.lower() == name.lower():
            return self.workspace().check()
        return describe(_place_of(name))

    def delete(self, name: str, **azure: str | None) -> None:
        from .local.place import remove_place

        if any(azure.values()):
            _in_azure().delete(name, **_all_of(azure))
            return
        folder = _place_of(name)
        remove_place(folder)
        if self._workspace is not None and self._workspace.info().location == str(folder):
            self._workspace = None
        remembered = _remembered()
        if isinstance(remembered, str) and local_folder(remembered) == folder:
            settings.attachment_file().unlink(missing_ok=True)

    def sign_in(
        self,
        tell: "Callable[[DeviceCode], object] | None",
        *,
        tenant: str = "",
        is_given_up: "Callable[[], bool]" = lambda: False,
    ) -> "Account":
        from .azure.login import sign_in

        return sign_in(tell, tenant=tenant, is_given_up=is_given_up)

    def sign_out(self) -> bool:
        from .azure.login import sign_out

        return sign_out()

    def signed_in(self) -> "Account | None":
        from .azure.login import StoredSignIn

        found = StoredSignIn.find()
        return found.account if found else None

    def account(self) -> "Account":
        from .azure.sign_in import current_account

        return current_account()

    def _info_in_force(self) -> "WorkspaceInfo | None":
        """None for a local one that has not been made yet: looking makes none."""
        from .local.place import describe, is_place

        if self._workspace is not None:
            return self._workspace.info()
        target = _reference_in_force()
        folder = local_folder(target) if isinstance(target, str) else None
        if folder is None:
            return self.workspace().info()
        return describe(folder) if is_place(folder) else None


def open_model_registry(store_uri: str | None = None, tracking_uri: str | None = None) -> Any:
    """The registry of ``azml:///path/of/workspace``: MLflow's entry point, loaded whenever mlflow is imported.

    It stands here since tracking, where mlflow is, does not know where the workspace keeps its models.
    """
    from .local.model_registry import open_registry

    return open_registry(store_uri or "")


def open_workspace(target: str | dict[str, Any]) -> "Workspace":
    """Raises WorkspaceNotFound, UsageError, WorkspaceError."""
    if isinstance(target, dict):
        return _azure(target)
    folder = local_folder(target)
    return _local(folder) if folder else _azure(_read_config(Path(target).expanduser()))


def local_folder(target: str) -> Path | None:
    """The folder that a name, a path or a config.json means; None for a config.json of Azure."""
    path = Path(target).expanduser()
    if path.suffix == ".json":
        return path.absolute().parent if _read_config(path).get("kind") == "local" else None
    if "/" in target or (path / "workspace.json").exists():
        return path.absolute()
    if not _NAME.fullmatch(target):
        raise UsageError(
            _("{name} cannot be a workspace's name.", name=target),
            _("Use 2 to 33 letters, digits, - and _, beginning with a letter or a digit; or name a folder."),
        )
    return settings.workspaces_folder() / target


def _places() -> list[Path]:
    """The local workspaces under the user's own folder, by name."""
    from .local.place import is_place

    parent = settings.workspaces_folder()
    return sorted(folder for folder in (parent.iterdir() if parent.is_dir() else ()) if is_place(folder))


def _place_of(name: str) -> Path:
    """Raises WorkspaceNotFound, naming those that exist."""
    from .local.place import is_place

    places = {folder.name.lower(): folder for folder in _places()}
    if found := places.get(name.lower()):
        return found
    folder = local_folder(name)
    if folder is not None and is_place(folder):
        return folder
    there = _("There are: {names}", names=", ".join(folder.name for folder in places.values()))
    raise WorkspaceNotFound(
        _("There is no local workspace named {name}.", name=name),
        there if places else _("Create it with: azml workspace create {name}", name=name),
    )


def _reference_in_force() -> str | dict[str, Any]:
    return settings.chosen_workspace() or _remembered() or settings.DEFAULT_WORKSPACE


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_text("utf-8"))
        if not isinstance(config, dict):
            raise ValueError(type(config).__name__)
    except FileNotFoundError as error:
        raise WorkspaceNotFound(
            _("There is no workspace configuration at {path}.", path=path),
            _("Download config.json from the workspace's page in Azure ML studio, or attach by name."),
        ) from error
    except (OSError, ValueError) as error:
        raise WorkspaceNotFound(
            _("{path} is not a workspace configuration: {detail}", path=path, detail=error),
            _("It should be JSON with subscription_id, resource_group and workspace_name."),
        ) from error
    return config


def _local(folder: Path) -> "Workspace":
    from .local import LocalWorkspace

    return LocalWorkspace(folder)


def _azure(config: dict[str, Any]) -> "Workspace":
    """Takes the keys of config.json as well as those of ``azml attach``."""
    from .azure import AzureWorkspace

    found = {
        "subscription_id": str(config.get("subscription_id") or config.get("subscription") or ""),
        "resource_group": str(config.get("resource_group") or ""),
        "workspace_name": str(config.get("workspace_name") or ""),
    }
    if missing := [key for key, value in found.items() if not value]:
        raise UsageError(
            _("An Azure workspace needs {names} too.", names=", ".join(missing)),
            _("Give --subscription, --resource-group and --workspace-name, or a config.json that has all three."),
        )
    return AzureWorkspace(found["subscription_id"], found["resource_group"], found["workspace_name"])


def _in_azure() -> "AzureWorkspaces":
    from .azure.workspaces import AzureWorkspaces

    return AzureWorkspaces()


def _all_of(azure: dict[str, str | None]) -> dict[str, str]:
    """Raises UsageError where one is missing."""
    if missing := [name for name, value in azure.items() if not value]:
        raise UsageError(
            _("An Azure workspace needs {names} too.", names=", ".join(missing)),
            _("Give --subscription and --resource-group; and --location for one that is to be made."),
        )
    return {name: str(value) for name, value in azure.items()}


def _remembered() -> str | dict[str, Any] | None:
    try:
        value: str | dict[str, Any] = json.loads(settings.attachment_file().read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return value


def _lasting(target: str | dict[str, str]) -> str | dict[str, str]:
    """A reference that means the same from another folder."""
    if isinstance(target, str) and ("/" in target or target.endswith(".json") or Path(target).is_dir()):
        return str(Path(target).expanduser().absolute())
    return target
