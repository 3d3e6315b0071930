"""Notebooks that one line runs together, to an end that it answers for."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..actions.find_notebooks import find_notebooks
from ..actions.keep_results import Keeping
from ..actions.run_notebook import notebook_spec
from ..actions.run_notebooks import NotebookRuns
from ..actions.write_reports import Reports
from ..errors import UsageError
from ..language import _
from ..reports.requirement import parse_requirement
from ..workspace import Workspace
from .answers import Submissions
from .headless import Headless


def run_together(
    workspace: Workspace,
    words: Sequence[str],
    headless: Headless,
    *,
    save_as: Path | None,
    copies: Mapping[str, Path | None],
    **asked: Any,
) -> tuple[NotebookRuns, Reports]:
    """Nothing has been submitted yet. ``copies`` are the files for ``stdout`` and ``stderr``.

    Raises UsageError, NotebookMissing, ComputeNotFound.
    """
    found = find_notebooks(words, headless.output_dir)
    alone = {"--output-notebook": headless.output_notebook, "--name": asked["name"], "--save-as": save_as}
    alone |= {f"--{stream}-file": path for stream, path in copies.items()}
    if len(found) > 1 and (used := [option for option, value in alone.items() if value]):
        raise UsageError(
            _("{options} is for one notebook, and these are {count}.", options=", ".join(used), count=len(found)),
            _("Executed copies of several go to a folder: --output-dir FOLDER"),
        )
    reports = Reports(headless.junit, headless.html, headless.github)
    reports.prepare()
    places = [headless.output_dir, headless.output_notebook, *copies.values()]
    keeping = Keeping(
        workspace, headless.output_dir, headless.output_notebook, update=headless.update, streams=dict(copies)
    )
    runs = NotebookRuns(
        workspace,
        found,
        partial(notebook_spec, writes=[*reports.files, *filter(None, places)], **asked),
        at_once=_at_once(workspace, headless, asked["compute"]),
        fail_fast=headless.fail_fast,
        cached=headless.cached,
        requirements=[parse_requirement(text) for text in headless.require],
        save_as=save_as,
        at_end=keeping,
    )
    return runs, reports


def submit_all(runs: NotebookRuns) -> Submissions:
    runs.submit_all()
    return Submissions(
        tuple((run.found.shown, run.job) for run in runs.runs if run.job),
        tuple((run.found.shown, run.error) for run in runs.runs if run.error),
    )


def _at_once(workspace: Workspace, headless: Headless, compute: str | None) -> int | None:
    """None leaves it to the compute's queue, which loses no time between two jobs."""
    admitted = workspace.computes.get(compute or "local").max_nodes or 1
    wanted = headless.jobs or admitted
    return wanted if headless.fail_fast or wanted < admitted else None
