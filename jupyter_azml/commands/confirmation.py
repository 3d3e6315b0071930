"""The question before something is gone for good."""

import sys

import click

from ..errors import UsageError
from ..language import _


def confirm(question: str, yes: bool) -> None:
    """Asks where somebody can answer: at a terminal, and unless ``--yes`` was given. Raises click.Abort for a no."""
    if not yes and sys.stdin is not None and sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


def confirm_or_refuse(question: str, yes: bool) -> None:
    """For what takes much along: where nobody can answer, ``--yes`` has to say it. Raises UsageError, click.Abort."""
    if not yes and not (sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError(question, _("Nobody can be asked here: add --yes to do it."))
    confirm(question, yes)
