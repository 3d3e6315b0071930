"""The folder of a local workspace: made, described, found, removed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..entities import WorkspaceInfo
from ..errors import Conflict
from ..language import _, plural
from .db import Database
from .files import read_json, remove_tree, write_whole
from .filesystem import refuse_network_folder, writing
from .locks import FileLock, held
from .named import names_in
from .paths import WorkspacePaths
from .processes import signal_process
from .records import count_active
from .secret_store import describe_store, open_store
from .serving.rows import endpoint_names

CAPABILITIES = (
    *("jobs.submit", "jobs.cancel", "jobs.events", "jobs.files", "jobs.archive", "jobs.delete", "jobs.snapshot"),
    *("computes.create", "data", "environments", "models", "endpoints", "connections", "secrets"),
    *("monitoring", "batch_endpoints"),
)
_PATIENCE = 5.0
_STRANGERS_SHOWN = 5


def make_place(folder: Path, *, description: str = "", tags: dict[str, str] | None = None) -> bool:
    """Whether it was made; one that is there stays as it is. Raises WorkspaceError."""
    paths = WorkspacePaths(folder)
    if paths.config.exists():
        return False
    refuse_network_folder(paths.folder)
    with writing(paths.folder):
        paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths.jobs.mkdir(mode=0o700, exist_ok=True)
        with held(paths.setup_lock):
            if paths.config.exists():
                return False
            config = {
                "kind": "local",
                "workspace_name": paths.folder.name,
                "description": description,
                "tags": tags or {},
                "created": datetime.now(UTC).isoformat(),
            }
            _write_config(paths, config)
    return True


def change_place(folder: Path, *, description: str | None = None, tags: Mapping[str, str] | None = None) -> None:
    """What is not given stays. Raises WorkspaceError."""
    paths = WorkspacePaths(folder)
    with writing(paths.folder), held(paths.setup_lock):
        config = read_json(paths.config) or {}
        changes = {"description": description, "tags": None if tags is None else dict(tags)}
        _write_config(paths, config | {name: value for name, value in changes.items() if value is not None})


def is_place(folder: Path) -> bool:
    return (read_json(WorkspacePaths(folder).config) or {}).get("kind") == "local"


def describe(folder: Path) -> WorkspaceInfo:
    """From workspace.json alone."""
    paths = WorkspacePaths(folder)
    config = read_json(paths.config) or {}
    tags = config.get("tags")
    return WorkspaceInfo(
        name=paths.folder.name,
        kind="local",
        location=str(paths.folder),
        capabilities=CAPABILITIES,
        description=str(config.get("description") or ""),
        tags={str(name): str(value) for name, value in tags.items()} if isinstance(tags, dict) else {},
        created=_moment(config.get("created")),
        storage_account=_("{folder}, in place of a storage account", folder=paths.datastores),
        key_vault=_("{store}, in place of a key vault", store=describe_store(paths)),
        container_registry=_("none: the local workspace runs no images"),
        application_insights=_(
            "logs/ in each job's folder and {file}, in place of Application Insights", file=paths.agent_log
        ),
    )


def remove_place(folder: Path) -> None:
    """With its secrets. Raises Conflict while jobs have not ended, and when the folder holds what is not the
    workspace's; WorkspaceError.
    """
    paths = WorkspacePaths(folder)
    _refuse_strangers(paths)
    db = Database(paths.database, paths.setup_lock)
    _refuse_active(db, paths)
    # One without work leaves when it is asked to.
    signal_process(paths.agent_lock)
    lock = FileLock.take(paths.agent_lock, patience=_PATIENCE)
    if lock is None:
        raise Conflict(
            _("The agent of the workspace {name} does not leave.", name=folder.name),
            _("End the process that holds {file}; then try again.", file=paths.agent_lock),
        )
    try:
        _refuse_active(db, paths)
        _forget_secrets(paths, db)
        for node in paths.nodes.iterdir() if paths.nodes.is_dir() else ():
            signal_process(paths.node(node.name).lock, kill=True)
        with writing(folder):
            remove_tree(folder)
    finally:
        lock.release()


def _write_config(paths: WorkspacePaths, config: Mapping[str, Any]) -> None:
    write_whole(paths.config, json.dumps(config, indent=1, ensure_ascii=False) + "\n")


def _refuse_active(db: Database, paths: WorkspacePaths) -> None:
    with db.read() as connection:
        active = count_active(connection)
    if active:
        raise Conflict(
            plural(
                "{count} job of the workspace {name} has not ended.",
                "{count} jobs of the workspace {name} have not ended.",
                active,
                name=paths.folder.name,
            ),
            _("Wait for them, or cancel them: azml job cancel --status Running --status Queued"),
        )
    if names := endpoint_names(db):
        raise Conflict(
            _("The workspace {name} has endpoints: {names}.", name=paths.folder.name, names=", ".join(names)),
            _("Delete them first: azml endpoint delete {name} --yes", name=names[0]),
        )


def _refuse_strangers(paths: WorkspacePaths) -> None:
    """A workspace may have been made in a folder that was there before: the user's own files are not ours to remove."""
    ours = {path.relative_to(paths.folder).parts[0] for path in vars(paths).values() if path != paths.folder}
    ours |= {"artifacts", "endpoints", ".DS_Store"}
    databases = (f"{paths.database.name}-", f"{paths.database.name}.damaged-", "mlflow.db", f".{paths.config.name}.")
    strangers = sorted(
        entry.name
        for entry in paths.folder.iterdir()
        if entry.name not in ours and not (entry.name.startswith(databases) and not entry.is_dir())
    )
    if strangers:
        raise Conflict(
            _(
                "{folder} holds what is not the workspace's: {names}.",
                folder=paths.folder,
                names=", ".join(strangers[:_STRANGERS_SHOWN]),
            ),
            _("Move it away first, or remove workspace.json, workspace.db, jobs/ and snapshots/ there by hand."),
        )


def _forget_secrets(paths: WorkspacePaths, db: Database) -> None:
    if not paths.secrets_store.exists():
        return
    store = open_store(paths)
    keys = [f"secret-{name.lower()}" for name in names_in(db, "secrets", limit=-1)]
    keys += [f"connection-{name.lower()}" for name in names_in(db, "connections", limit=-1)]
    for key in keys:
        store.remove(key)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
