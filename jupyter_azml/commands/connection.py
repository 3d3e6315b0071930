"""``azml connection …``."""

from pathlib import Path

import click

from ..entities import Connection, Page
from ..schemas.connection import read_connection
from .files import read_text
from .options import named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def connection() -> None:
    """Services outside that jobs reach, and their credentials."""


@connection.command("create")
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path),
    required=True,
    help="A YAML file, as of az ml connection; - is standard input.",
)
@click.option("-n", "--name", help="Another name than the file's.")
@pass_session
def create_connection(session: Session, file: Path, name: str | None) -> Connection:
    """Keep what the file says of a service; its credentials are kept apart, where secrets are."""
    wanted, credentials = read_connection(read_text(file), file, name=name)
    return session.workspace.connections.create_or_update(wanted, credentials)


@connection.command("list")
@paged
@pass_session
def list_connections(session: Session, limit: int, continuation: str | None) -> Page[Connection]:
    """The connections of the workspace, without their credentials."""
    return session.workspace.connections.list(limit=limit, continuation=continuation)


@connection.command("show")
@named
@pass_session
def show_connection(session: Session, name: str) -> Connection:
    """Type and target of one connection, and the names of its credentials."""
    return session.workspace.connections.get(name)


@connection.command("delete")
@named
@pass_session
def delete_connection(session: Session, name: str) -> None:
    """Forget a connection and its credentials."""
    session.workspace.connections.delete(name)
