"""``azml data preview`` and ``azml data profile``."""

import click

from ..actions.preview_data import preview_data, profile_data
from ..entities import Preview, Profile
from .data_paths import data_paths
from .session import Session, Verb, pass_session


@click.command("preview", cls=Verb)
@click.argument("path", shell_complete=data_paths)
@click.option("--rows", type=int, default=20, show_default=True, help="How many of a table, up to 1000.")
@pass_session
def preview(session: Session, path: str, rows: int) -> Preview:
    """The beginning of data: a name, NAME:VERSION, a path or an address; a table, an image, text, a folder."""
    return preview_data(session.workspace, path, rows=rows)


@click.command("profile", cls=Verb)
@click.argument("path", shell_complete=data_paths)
@pass_session
def profile(session: Session, path: str) -> Profile:
    """What the values of a table's columns are like: missing, distinct, quantiles, distribution."""
    return profile_data(session.workspace, path)
