"""``azml data …``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..actions.create_data import create_data, download_data
from ..entities import DataAsset, Page
from ..language import _
from ..workspace.data import Archived
from .data_preview import preview, profile
from .options import named, paged, tagged
from .session import Grammar, Session, pass_session

Function = TypeVar("Function", bound=Callable[..., Any])


def _versioned(function: Function) -> Function:
    return click.option("-v", "--version", help="Default: the newest one.")(function)


def _every_version(function: Function) -> Function:
    return click.option("-v", "--version", help="Default: all there are.")(function)


def data_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    newest = ctx.find_root().obj.workspace.data.list(limit=100).items
    return [asset.name for asset in newest if asset.name.startswith(incomplete)]


def _named(function: Function) -> Function:
    return named(function, data_names)


@click.group(cls=Grammar)
def data() -> None:
    """Names and versions for data."""


@data.command("list")
@click.option("-n", "--name", help="The versions of this one.")
@click.option("--archived", "--archived-only", "archived_only", is_flag=True, help="Only archived ones.")
@click.option("--all", "--include-archived", "archived_too", is_flag=True, help="Archived ones too.")
@paged
@pass_session
def list_data(
    session: Session,
    name: str | None,
    archived_only: bool,
    archived_too: bool,
    limit: int,
    continuation: str | None,
) -> Page[DataAsset]:
    """The newest version of each data asset."""
    archived: Archived = "archived" if archived_only else "all" if archived_too else "active"
    return session.workspace.data.list(name, archived=archived, limit=limit, continuation=continuation)


@data.command("show")
@_named
@_versioned
@click.option("-l", "--label", help="The version that has this label.")
@pass_session
def show_data(session: Session, name: str, version: str | None, label: str | None) -> DataAsset:
    """Where a data asset is, and which jobs wrote and read it."""
    return session.workspace.data.get(name, version, label=label)


@data.command("create")
@click.option("-f", "--file", type=click.Path(path_type=Path), help="The data asset's YAML file, as in az ml.")
@click.option("-n", "--name", help="Under which it is found.")
@click.option("-v", "--version", help="Default: counted up.")
@click.option("-p", "--path", help="A file or folder of this machine, an https:// address or azureml://datastores/…")
@click.option(
    "-t",
    "--type",
    type=click.Choice(["uri_file", "uri_folder", "mltable"]),
    help="Default: what there is at the path.",
)
@click.option("-d", "--description", help="What people should know of it.")
@tagged
@click.option("--datastore", help="Where a copy of local data is kept. Default: the workspace's default datastore.")
@click.option("--reference", is_flag=True, help="Leave local data where it is: no copy.")
@pass_session
def create_data_asset(
    session: Session, /, file: Path | None, datastore: str | None, reference: bool, **given: Any
) -> DataAsset:
    """Give data a name and a version. What lies on this machine is copied to a datastore, as in az ml."""
    wanted = {key: value for key, value in given.items() if value}
    asset = create_data(
        session.workspace, file, wanted, datastore=datastore, reference=reference, progress=session.progress
    )
    if asset.content_hash:
        session.notes.append(_("A copy is kept at {path}; with --reference there is none.", path=asset.path))
    return asset


@data.command("update")
@_named
@_versioned
@click.option("-d", "--description", help="What people should know of it.")
@tagged
@click.option("-l", "--label", help="A label that leads to this version from now on: azureml:NAME@LABEL")
@pass_session
def update_data(
    session: Session,
    name: str,
    version: str | None,
    description: str | None,
    tags: dict[str, str],
    label: str | None,
) -> DataAsset:
    """Change what is said of a version, or lead a label to it; its data never changes."""
    before = session.workspace.data.get(name, version)
    return session.workspace.data.update(
        before.name,
        before.version,
        description=description,
        tags={**before.tags, **tags} if tags else None,
        label=label,
    )


@data.command("archive")
@_named
@_every_version
@pass_session
def archive_data(session: Session, name: str, version: str | None) -> None:
    """Take a data asset, or one version, out of lists; who names it still finds it."""
    session.workspace.data.archive(name, version)


@data.command("restore")
@_named
@_every_version
@pass_session
def restore_data(session: Session, name: str, version: str | None) -> None:
    """Bring an archived data asset back into lists."""
    session.workspace.data.restore(name, version)


@data.command("download")
@_named
@click.argument("target", type=click.Path(path_type=Path), default=Path())
@_versioned
@pass_session
def download_data_asset(session: Session, name: str, target: Path, version: str | None) -> int:
    """Get the files of a data asset. One that was cut goes on where it was."""
    asset = session.workspace.data.get(name, version)
    download_data(session.workspace, asset.path, target, session.progress)
    return 0


data.add_command(preview)
data.add_command(profile)
