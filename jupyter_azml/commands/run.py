"""``azml run``: papermill's words for a job, and for many."""

import glob
from pathlib import Path
from typing import Any

import click

from ..actions.environment_name import pinned
from ..actions.follow_job import JobStream
from ..actions.notebook_data import data_inputs
from ..actions.notebook_parameters import notebook_parameters
from ..actions.run_notebook import run_notebook
from ..entities import NotebookParameters
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .answers import Together
from .headless import Headless, headless
from .job_options import asks_for_a_job
from .papermill_options import spelled_as_in_papermill
from .parameters import takes_parameters
from .session import Session, Verb, pass_session


@click.command(cls=Verb)
@click.argument("paths", nargs=-1, metavar="PATH...")
@takes_parameters
@asks_for_a_job
@headless
@spelled_as_in_papermill
@click.option(
    "--input",
    "inputs",
    nargs=2,
    multiple=True,
    metavar="NAME PATH",
    help="Data that it reads: azureml:NAME:VERSION, a path, an address. The parameter NAME says where it is.",
)
@click.option("--help-notebook", is_flag=True, help="Show what parameters the notebook has, and run nothing.")
@click.option(
    "--save-as", type=click.Path(path_type=Path), help="Also write a YAML file from which it can be created again."
)
@pass_session
def run(
    session: Session,
    /,
    paths: tuple[str, ...],
    headless: Headless,
    wait: bool,
    stream: bool,
    save_as: Path | None,
    prepare_only: bool,
    help_notebook: bool,
    unheeded: list[str],
    **asked: Any,
) -> Any:
    """Run notebooks as jobs: files, folders, patterns; in a notebook without any, that notebook.

    One returns at once, and its job goes on without this terminal. Several are waited for, as is one with a report, a
    gate or a place for its results: then Ctrl-C cancels them.
    """
    session.notes += unheeded
    if not paths:
        here = session.notebook_here()
        if here is None:
            return None
        paths = (str(here),)
    if help_notebook:
        return _parameters(paths, asked["language"])
    asked["environment"] = pinned(session.workspace, asked["environment"])
    shows_all, is_drawn = asked.pop("log_output"), asked.pop("progress_bar")
    copies = {stream: asked.pop(f"{stream}_file") for stream in ("stdout", "stderr")}
    asked["inputs"] = data_inputs(session.workspace, asked["inputs"]) if asked["inputs"] else {}
    if prepare_only:
        return _prepare(paths, headless, **asked)
    if len(paths) == 1 and _is_one(paths[0]) and not headless.is_asked and not any(copies.values()):
        job = run_notebook(session.workspace, Path(paths[0]), save_as=save_as, **asked)
        found = answer(session.workspace, job.name, wait=wait, stream=stream or shows_all)
        found.shows_all = shows_all
        return found
    from .together import run_together, submit_all

    runs, reports = run_together(session.workspace, paths, headless, save_as=save_as, copies=copies, **asked)
    if headless.no_wait:
        return submit_all(runs)
    return Together(runs, reports, is_streamed=stream or shows_all, shows_all=shows_all, is_drawn=is_drawn)


def _is_one(word: str) -> bool:
    """A folder or a pattern means several, however many are found."""
    path = Path(word).expanduser()
    return path.is_file() or not (path.is_dir() or glob.has_magic(word))


def _parameters(paths: tuple[str, ...], language: str | None) -> NotebookParameters:
    if len(paths) != 1:
        raise UsageError(
            _("--help-notebook tells of one notebook."), _("For example: azml run train.ipynb --help-notebook")
        )
    return notebook_parameters(Path(paths[0]), language)


def _prepare(paths: tuple[str, ...], headless: Headless, **asked: Any) -> str:
    from ..execution.prepare import prepare_notebook

    output = headless.output_notebook
    if len(paths) != 1 or output is None:
        raise UsageError(
            _("--prepare-only takes one notebook, and a place for what it prepares."),
            _("For example: azml run train.ipynb -p epochs 3 --prepare-only --output-notebook prepared.ipynb"),
        )
    taken = ("parameters", "kernel_name", "language", "report_mode")
    prepare_notebook(Path(paths[0]), output, **{name: asked[name] for name in taken})
    return str(output)


def answer(workspace: Workspace, name: str, *, wait: bool, stream: bool) -> JobStream:
    """A job that was submitted, and how much of it is to be shown."""
    kind = JobStream if stream else Waiting if wait else Submitted
    return kind(workspace, name)


class Waiting(JobStream):
    """A stream of which only the end is of interest."""


class Submitted(JobStream):
    """A stream that nobody reads for now."""
