"""``azml data …``."""

from pathlib import Path

import click

from ..actions.create_data import create_data
from ..entities import DataAsset, Page
from .options import named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def data() -> None:
    """Names and versions for data."""


@data.command("list")
@click.option("-n", "--name", help="The versions of this one.")
@paged
@pass_session
def list_data(session: Session, name: str | None, limit: int, continuation: str | None) -> Page[DataAsset]:
    """The newest version of each data asset."""
    return session.workspace.data.list(name, limit=limit, continuation=continuation)


@data.command("show")
@named
@click.option("-v", "--version", help="Default: the newest one.")
@pass_session
def show_data(session: Session, name: str, version: str | None) -> DataAsset:
    """Where a data asset is, and which job wrote it."""
    return session.workspace.data.get(name, version)


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
@pass_session
def create_data_asset(
    session: Session,
    file: Path | None,
    name: str | None,
    version: str | None,
    path: str | None,
    type: str | None,
    description: str | None,
) -> DataAsset:
    """Give data a name and a version; it stays where it is."""
    given = {"name": name, "version": version, "path": path, "type": type, "description": description}
    return create_data(session.workspace, file, {key: value for key, value in given.items() if value})
