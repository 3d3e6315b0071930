"""One line of a notebook: parse, call, hand the answer to IPython."""

import re
import shlex
from functools import partial
from typing import Any

import click

from ..actions.follow_job import JobStream, failure_of
from ..actions.follow_logs import DeploymentLog
from ..actions.watch_jobs import JobsWatch
from ..commands import Session, grammar
from ..commands.answers import Submissions, Together
from ..commands.plain import as_data
from ..commands.run import Submitted
from ..entities import (
    Comparison,
    DataAsset,
    DriftReport,
    EndpointKeys,
    EndpointMetrics,
    EndpointToken,
    Invocation,
    Job,
    JobStatus,
    Model,
    NotebookParameters,
    OnlineEndpoint,
    Page,
    Preview,
    Profile,
    Snapshot,
)
from ..errors import UsageError
from ..language import _
from .attach import KernelConnections
from .comparison import ComparedJobs
from .current_notebook import current_notebook
from .data_handle import Data
from .endpoint import Answer, LiveEndpoint, ShownCredentials, show_log
from .imported import imported_modules
from .live_job import LiveJob, wait_for
from .look import ShownPreview, ShownProfile
from .model import ShownModel
from .monitoring import ShownDrift, ShownMetrics
from .table import Table

connections = KernelConnections()

_WHOLE = re.compile(r"\{(\w+)\}|\$(\w+)")


def run_line(shell: Any, line: str) -> Any:
    """The value of the command, to be displayed or assigned.

    Raises AzmlError, which IPython shows in two lines: JobFailed for a job that was waited for.
    """
    session = Session(
        connections,
        tell=partial(print, end=""),
        modules=partial(imported_modules, shell),
        current_notebook=partial(current_notebook, shell),
    )
    arguments = words_of_line(shell, line)
    try:
        value = grammar.main(arguments or ["workspace", "show"], standalone_mode=False, obj=session, prog_name="%azml")
    except click.ClickException as error:
        raise UsageError(error.format_message(), _("See: %azml --help")) from None
    if isinstance(value, int) or value is None:
        return None  # --help and --version have printed
    for note in session.notes:
        print(note)
    return _watched(shell, session, value) if isinstance(value, JobsWatch) else _shown(session, value)


def words_of_line(shell: Any, line: str) -> list[str]:
    """Raises UsageError for a quotation that is not closed."""
    return [_expanded(shell, argument) for argument in _split(line)]


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


def _watched(shell: Any, session: Session, watch: JobsWatch) -> Any:
    jobs: Page[Job] = Page(items=tuple(watch.jobs.values()))
    if session.output != "table":
        return as_data(jobs)
    if not hasattr(shell, "kernel"):
        return Table(jobs)  # plain IPython in a terminal: nothing there draws a panel
    from ..widgets.watch_panel import WatchPanel

    return WatchPanel(watch)


def _shown(session: Session, value: Any) -> Any:
    workspace = session.workspace
    if isinstance(value, JobStream) and not isinstance(value, Submitted):
        live = LiveJob(workspace, value.name)
        live.show()
        job = wait_for(value)
        if job.status is not JobStatus.COMPLETED:
            raise failure_of(job)
        return live if session.output == "table" else as_data(job)
    if isinstance(value, Together | Submissions):
        from .together import show_together, shown_submissions

        as_table = session.output == "table"
        if isinstance(value, Submissions):
            return shown_submissions(value, as_table=as_table)
        return show_together(workspace, value, as_table=as_table)
    if isinstance(value, DeploymentLog):
        return show_log(value)
    if isinstance(value, EndpointKeys | EndpointToken):
        return ShownCredentials(value)
    if session.output != "table":
        return as_data(value.job() if isinstance(value, JobStream) else value)
    if isinstance(value, Job | JobStream):
        return LiveJob(workspace, value.name)
    if isinstance(value, Model):
        return ShownModel(workspace, value)
    if isinstance(value, NotebookParameters):
        return Table(Page(items=value.parameters))
    if isinstance(value, Comparison):
        return ComparedJobs(value)
    if isinstance(value, Snapshot):
        return Table(Page(items=value.files))
    if isinstance(value, DataAsset):
        return Data(workspace, value.name, value)
    if isinstance(value, Preview):
        return ShownPreview(value)
    if isinstance(value, Profile):
        return ShownProfile(value)
    if isinstance(value, EndpointMetrics):
        return ShownMetrics(value)
    if isinstance(value, DriftReport):
        return ShownDrift(value)
    if isinstance(value, OnlineEndpoint):
        return LiveEndpoint(workspace, value.name)
    if isinstance(value, Invocation):
        return Answer(value)
    return Table(value if isinstance(value, Page) else Page(items=(value,)))
