"""Papermill's further spellings: taken where they mean something here, and told apart where they do not."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..language import _

Function = TypeVar("Function", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--cwd", type=_FILE, metavar="FOLDER", help="Where the kernel starts; the folder travels as well."),
    click.option("-l", "--language", help="Language of the parameters, where the notebook names none."),
    click.option(
        "--start-timeout",
        "--start_timeout",
        type=click.IntRange(min=1),
        metavar="SECONDS",
        help="Longest time for the kernel to start.",
    ),
    click.option(
        "--report-mode/--no-report-mode", default=False, help="Hide the code in the executed notebook, for readers."
    ),
    click.option(
        "--prepare-only/--prepare-execute",
        default=False,
        help="Run nothing: write the notebook with its parameters to --output-notebook.",
    ),
    click.option("--log-output/--no-log-output", default=False, help="Show all that cells print, line by line."),
    click.option("--progress-bar/--no-progress-bar", default=True, help="Draw in the terminal, or write plain lines."),
    click.option("--stdout-file", type=_FILE, help="Write what the notebook prints there, too."),
    click.option("--stderr-file", type=_FILE, help="Write what it prints on standard error there, too."),
    click.option("--engine", help="Taken for papermill's sake; there is one, azml."),
    click.option("--autosave-cell-every", type=int, help="Taken for papermill's sake; saving has a budget of its own."),
    click.option(
        "--request-save-on-cell-execute/--no-request-save-on-cell-execute",
        default=None,
        help="Taken for papermill's sake; saving has a budget of its own.",
    ),
    click.option("--log-level", help="Taken for papermill's sake; jobs keep their whole log."),
)


def spelled_as_in_papermill(function: Function) -> Function:
    """The verb is handed what is meant, and as ``unheeded`` the sentences about what has no effect here."""

    @wraps(function)
    def with_spellings(*args: Any, **kwargs: Any) -> Any:
        engine, level = kwargs.pop("engine"), kwargs.pop("log_level")
        autosave, request = kwargs.pop("autosave_cell_every"), kwargs.pop("request_save_on_cell_execute")
        if engine not in (None, "azml"):
            raise UsageError(
                _("Jobs run with the engine azml; {engine} is not one of its kind.", engine=engine),
                _("Leave --engine out, or use papermill itself: papermill --engine {engine} …", engine=engine),
            )
        unheeded = []
        if autosave is not None or request is not None:
            unheeded.append(_("Notebooks are saved as they fill up, within a few per cent of the time they take."))
        if level:
            unheeded.append(_("{option} has no effect: a job keeps its whole log.", option="--log-level"))
        return function(*args, unheeded=unheeded, **kwargs)

    found: Any = with_spellings
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]  # click's decorators are not typed
