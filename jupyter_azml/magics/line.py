"""One line of a notebook: parse, call, hand the answer to IPython."""

import re
import shlex
from typing import Any

import click

from ..actions.follow_job import JobStream
from ..commands import Session, grammar
from ..commands.plain import as_data
from ..commands.run import Submitted
from ..connect import Connections
from ..entities import Job, JobStatus, Page, Snapshot
from ..errors import JobFailed, NotSupported, UsageError
from ..language import _
from .live_job import LiveJob
from .table import Table

connections = Connections()
"""One for the kernel: ``%azml attach`` in one notebook does not move another."""

_WHOLE = re.compile(r"\{(\w+)\}|\$(\w+)")


def run_line(shell: Any, line: str, cell: str | None) -> Any:
    """The value of the command, to be displayed or assigned.

    Raises AzmlError, which IPython shows in two lines: JobFailed for a job that was waited for.
    """
    if cell is not None:
        raise NotSupported(
            _("A single cell cannot run as a job yet."), _("Run the whole notebook: %azml run NOTEBOOK.ipynb")
        )
    session = Session(connections)
    arguments = [_expanded(shell, argument) for argument in _split(line)]
    try:
        value = grammar.main(arguments or ["workspace", "show"], standalone_mode=False, obj=session, prog_name="%azml")
    except click.ClickException as error:
        raise UsageError(error.format_message(), _("See: %azml --help")) from None
    if isinstance(value, int) or value is None:
        return None  # --help and --version have printed
    return _shown(session, value)


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(_("The line is not understood: {detail}", detail=error), _("Close the quotation.")) from None


def _expanded(shell: Any, argument: str) -> str:
    """``{name}`` and ``$name`` as whole arguments mean a variable of the notebook; anything else is left alone."""
    found = _WHOLE.fullmatch(argument)
    name = found and (found[1] or found[2])
    return str(shell.user_ns[name]) if name and name in shell.user_ns else argument


def _shown(session: Session, value: Any) -> Any:
    workspace = session.workspace
    if isinstance(value, JobStream) and not isinstance(value, Submitted):
        live = LiveJob(workspace, value.name)
        live.show()
        job = value.wait()
        if job.status is not JobStatus.COMPLETED:
            reason = job.reason.message if job.reason else str(job.status)
            raise JobFailed(
                _("The job {name} ended as {status}: {reason}", name=job.name, status=job.status, reason=reason),
                _("See its notebook: %azml job show {name}", name=job.name),
            )
        return live if session.output == "table" else as_data(job)
    if session.output != "table":
        return as_data(value.job() if isinstance(value, JobStream) else value)
    if isinstance(value, Job | JobStream):
        return LiveJob(workspace, value.name)
    if isinstance(value, Snapshot):
        return Table(Page(items=value.files))
    return Table(value if isinstance(value, Page) else Page(items=(value,)))
