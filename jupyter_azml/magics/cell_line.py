"""``%%azml``: one cell with its line."""

import sys
from typing import Any

import click

from ..actions.cell_result import raise_failure, result_of
from ..actions.follow_job import JobStream
from ..actions.run_cell import CellPreview
from ..commands import Session
from ..commands.plain import as_data
from ..commands.run import Submitted
from ..commands.run_cell import cell_grammar
from ..entities import CellSpec, JobStatus
from ..errors import AzmlError, UsageError
from ..language import _
from .cell_preview import PreviewTables
from .line import connections, words_of_line
from .live_job import LiveJob, wait_for
from .notebook_cell import NotebookCell


def run_cell_line(shell: Any, line: str, cell: str) -> Any:
    """The job, or what would travel. Raises AzmlError; with ``--wait`` whatever the cell raised."""
    session = Session(connections, cell=NotebookCell(shell, cell))
    words = words_of_line(shell, line)
    if words[:1] != ["run"] and not (words and words[0].startswith("-")):
        raise UsageError(
            _("Above a cell there can only be: %%azml run"),
            _("Other commands take one % and a line of their own: %azml {line}", line=line or "workspace show"),
        )
    try:
        value = cell_grammar.main(words, standalone_mode=False, obj=session, prog_name="%%azml")
    except click.ClickException as error:
        raise UsageError(error.format_message(), _("See: %%azml run --help")) from None
    if isinstance(value, CellPreview):
        return PreviewTables(value) if session.output == "table" else as_data(value)
    return _shown(shell, session, value) if isinstance(value, JobStream) else None


def _shown(shell: Any, session: Session, stream: JobStream) -> Any:
    for note in session.notes:
        print(note, file=sys.stderr)
    live = LiveJob(session.workspace, stream.name)
    if session.bind:
        shell.user_ns[session.bind] = live
    if isinstance(stream, Submitted):
        return live if session.output == "table" else as_data(stream.job())
    live.show()
    job = wait_for(stream)
    if job.status is not JobStatus.COMPLETED:
        raise_failure(session.workspace, job)
    _bind_returns(shell, session, job.name)
    return live if session.output == "table" else as_data(job)


def _bind_returns(shell: Any, session: Session, name: str) -> None:
    """All that came; then the first that did not is told."""
    spec = session.workspace.jobs.get(name).spec
    refused: AzmlError | None = None
    for each in spec.returns if isinstance(spec, CellSpec) else ():
        try:
            shell.user_ns[each] = result_of(session.workspace, name, each)
        except AzmlError as error:
            refused = refused or error
    if refused:
        raise refused
