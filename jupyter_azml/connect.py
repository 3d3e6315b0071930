"""Composition root: a name, a folder or a config.json becomes a Workspace. Only this module knows both backends."""

import json
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from . import settings
from .errors import NotSupported, UsageError, WorkspaceNotFound
from .language import _

if TYPE_CHECKING:
    from .workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,32}")


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

    def repair(self) -> "Workspace":
        """Rebuilds the database of the local workspace in force, when it is damaged. Raises NotSupported."""
        target = _reference_in_force()
        folder = local_folder(target) if isinstance(target, str) else None
        if folder is None:
            raise NotSupported(_("Only a local workspace can be repaired."), _("Attach to one first: azml attach NAME"))
        from .local.repair import repair_workspace

        repair_workspace(folder)
        self._workspace = None
        return self.workspace()


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
