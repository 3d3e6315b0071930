"""``azml secret …``."""

import getpass
import os
import sys
from pathlib import Path

import click

from ..entities import Page, Secret
from ..errors import UsageError
from ..language import _
from .files import read_text
from .options import named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def secret() -> None:
    """Values that jobs read and nobody else does."""


@secret.command("set")
@named
@click.option("--file", type=click.Path(path_type=Path), help="Read the value from a file; - is standard input.")
@click.option("--from-env", metavar="VARIABLE", help="Read the value from an environment variable.")
@pass_session
def set_secret(session: Session, name: str, file: Path | None, from_env: str | None) -> Secret:
    """Keep a value under a name. It is asked for, or read from standard input, a file or a variable.

    A job that names the secret my-key finds the value in the variable MY_KEY.
    """
    return session.workspace.secrets.set(name, _value(name, file, from_env))


@secret.command("list")
@paged
@pass_session
def list_secrets(session: Session, limit: int, continuation: str | None) -> Page[Secret]:
    """The names of the secrets, never their values."""
    return session.workspace.secrets.list(limit=limit, continuation=continuation)


@secret.command("delete")
@named
@pass_session
def delete_secret(session: Session, name: str) -> None:
    """Forget a secret and its value."""
    session.workspace.secrets.delete(name)


def _value(name: str, file: Path | None, from_env: str | None) -> str:
    """There is no option for the value itself: other users see the words of a command, and notebooks keep them."""
    if from_env:
        if from_env not in os.environ:
            raise UsageError(
                _("The environment variable {name} is not set.", name=from_env),
                _("Export it first, or hand the value in with --file."),
            )
        return os.environ[from_env]
    if file and str(file) != "-":
        return _without_line_end(read_text(file))
    if not file and _is_in_a_kernel():
        return _asked_below_the_cell(name)
    if not file and sys.stdin and sys.stdin.isatty():
        value: str = click.prompt(_("Value of {name}", name=name), hide_input=True, err=True)
        return value
    return _without_line_end(sys.stdin.read() if sys.stdin else "")


def _is_in_a_kernel() -> bool:
    app = sys.modules.get("ipykernel.kernelapp")
    return bool(app and app.IPKernelApp.initialized())


def _asked_below_the_cell(name: str) -> str:
    """A kernel has no terminal; ipykernel puts a box below the cell that shows dots and leaves nothing behind."""
    try:
        return getpass.getpass(_("Value of {name}:", name=name) + " ")
    except NotImplementedError:
        raise UsageError(
            _("Nobody can be asked for the value here."), _("Read it with --from-env VARIABLE or --file FILE.")
        ) from None


def _without_line_end(text: str) -> str:
    """``echo`` and editors add one that nobody meant."""
    return text.removesuffix("\n").removesuffix("\r")
