"""``%%azml run``: the cell below the line as a job. A terminal has no cell, so this is no part of its grammar."""

import math
from pathlib import Path
from typing import Any

import click

from ..actions.environment_name import pinned
from ..actions.follow_job import JobStream
from ..actions.run_cell import CellPreview, preview_cell, run_cell
from ..errors import UsageError
from ..language import _
from .job_options import asks_for_a_job
from .run import answer
from .session import Grammar, Session, Verb, pass_session

_MB = 1024**2


@click.group(cls=Grammar)
def cell_grammar() -> None:
    """What can be done with a cell."""


@cell_grammar.command("run", cls=Verb)
@click.option(
    "--return", "returns", multiple=True, metavar="NAME", help="A variable whose value comes back; several are taken."
)
@click.option("--include", multiple=True, metavar="NAME", help="A variable that travels though no code names it.")
@click.option("--code", type=click.Path(path_type=Path), help="The folder that travels. Default: the current one.")
@click.option("--no-code", is_flag=True, help="No folder travels.")
@click.option(
    "--max-size",
    type=click.FloatRange(0, min_open=True),
    metavar="MB",
    help="How much of the notebook's values may travel. Default: 512.",
)
@click.option("--dry-run", is_flag=True, help="Show what would travel, and submit nothing.")
@click.option("--job", "bind", metavar="NAME", help="A variable for the job.")
@click.option("--save-as", type=click.Path(path_type=Path), hidden=True)
@asks_for_a_job
@pass_session
def run_this_cell(
    session: Session,
    /,
    code: Path | None,
    no_code: bool,
    max_size: float | None,
    dry_run: bool,
    bind: str | None,
    save_as: Path | None,
    wait: bool,
    stream: bool,
    **asked: Any,
) -> JobStream | CellPreview:
    """Run this cell as a job, with what it reads from the notebook."""
    if save_as is not None:
        raise UsageError(
            _("A cell that runs as a job has no YAML file: its values come from the notebook."),
            _("Save the notebook and run that: azml run NOTEBOOK.ipynb --save-as job.yml"),
        )
    if code and no_code:
        raise UsageError(_("--code and --no-code exclude each other."), _("Leave one of them out."))
    if session.cell is None:
        raise UsageError(_("There is no cell here."), _("Write %%azml run above a cell's own lines in a notebook."))
    session.bind = bind
    asked["most"] = math.ceil(max_size * _MB) if max_size else None
    folder = None if no_code else code or _current_folder()
    if dry_run:
        return preview_cell(session.cell, code=folder, **asked)
    asked["environment"] = pinned(session.workspace, asked["environment"])
    job = run_cell(session.workspace, session.cell, code=folder, **asked)
    session.notes += [note.message for note in job.notes]
    return answer(session.workspace, job.name, wait=wait, stream=stream)


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError(
            _("The folder that the notebook works in is gone."), _("Choose another with --code DIR, or none: --no-code")
        ) from None
