"""``azml datastore …``."""

from pathlib import Path

import click

from ..entities import Datastore, File, Page
from ..language import _
from ..schemas.datastore import read_datastore
from .confirmation import confirm_or_refuse
from .data_paths import datastore_names, datastore_paths
from .files import read_text
from .options import Function, named, paged
from .session import Grammar, Session, pass_session


def _named(function: Function) -> Function:
    return named(function, datastore_names)


@click.group(cls=Grammar)
def datastore() -> None:
    """Places where data is kept, and the files in them."""


@datastore.command("create")
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path),
    required=True,
    help="A YAML file, as of az ml datastore; - is standard input. type: local takes a folder of this machine.",
)
@click.option("-n", "--name", help="Another name than the file's.")
@click.option("--default", "is_default", is_flag=True, help="Make it the default.")
@pass_session
def create_datastore(session: Session, file: Path, name: str | None, is_default: bool) -> Datastore:
    """Name a place. It is asked whether it answers; credentials are kept apart, where secrets are."""
    wanted, credentials = read_datastore(read_text(file), file, name=name)
    wanted = wanted.model_copy(update={"is_default": is_default})
    return session.workspace.datastores.create_or_update(wanted, credentials)


@datastore.command("list")
@paged
@pass_session
def list_datastores(session: Session, limit: int, continuation: str | None) -> Page[Datastore]:
    """The datastores of the workspace."""
    return session.workspace.datastores.list(limit=limit, continuation=continuation)


@datastore.command("show")
@_named
@pass_session
def show_datastore(session: Session, name: str) -> Datastore:
    """Where a datastore is, and what kind of credentials it has; never the credentials."""
    return session.workspace.datastores.get(name)


@datastore.command("set-default")
@_named
@pass_session
def set_default_datastore(session: Session, name: str) -> Datastore:
    """Let this one be used where none is named."""
    return session.workspace.datastores.set_default(name)


@datastore.command("delete")
@_named
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete_datastore(session: Session, name: str, yes: bool) -> None:
    """Forget a datastore and its credentials; the files stay where they are."""
    found = session.workspace.datastores.get(name)
    confirm_or_refuse(_("Forget the datastore {name}?", name=found.name), yes)
    session.workspace.datastores.delete(found.name)


@datastore.command("browse")
@click.argument("name", shell_complete=datastore_names)
@click.argument("path", default="", shell_complete=datastore_paths)
@paged
@pass_session
def browse_datastore(session: Session, name: str, path: str, limit: int, continuation: str | None) -> Page[File]:
    """The files and folders in one folder of a datastore."""
    return session.workspace.datastores.browse(name, path, limit=limit, continuation=continuation)


@datastore.command("upload")
@click.argument("name", shell_complete=datastore_names)
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("path", default="", shell_complete=datastore_paths)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@pass_session
def upload_to_datastore(session: Session, name: str, source: Path, path: str, overwrite: bool) -> Page[File]:
    """Put a file, or a folder with all that is in it, into a datastore. One that was cut goes on where it was."""
    datastores = session.workspace.datastores
    datastores.upload(name, source.expanduser(), path, overwrite=overwrite, progress=session.progress)
    return datastores.browse(name, path.rpartition("/")[0] if source.is_file() else path)


@datastore.command("download")
@click.argument("name", shell_complete=datastore_names)
@click.argument("path", default="", shell_complete=datastore_paths)
@click.argument("target", type=click.Path(path_type=Path), default=Path())
@pass_session
def download_from_datastore(session: Session, name: str, path: str, target: Path) -> int:
    """Get a file, or a folder with all that is in it. One that was cut goes on where it was."""
    session.workspace.datastores.download(name, path, target.expanduser(), progress=session.progress)
    return 0


@datastore.command("remove")
@click.argument("name", shell_complete=datastore_names)
@click.argument("path", shell_complete=datastore_paths)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def remove_from_datastore(session: Session, name: str, path: str, yes: bool) -> None:
    """Delete a file, or a folder with all that is in it, from a datastore."""
    confirm_or_refuse(_("Delete {path} in the datastore {name} for good?", path=path, name=name), yes)
    session.workspace.datastores.remove(name, path)


@datastore.command("move")
@click.argument("name", shell_complete=datastore_names)
@click.argument("path", shell_complete=datastore_paths)
@click.argument("to")
@pass_session
def move_in_datastore(session: Session, name: str, path: str, to: str) -> None:
    """Rename a file or a folder inside a datastore; nothing is overwritten."""
    session.workspace.datastores.move(name, path, to)
