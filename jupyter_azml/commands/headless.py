"""The options of ``azml run`` that make it a client for CI: reports, gates, what becomes of results."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..language import _

Function = TypeVar("Function", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many at once. Default: as the compute admits.",
    ),
    click.option("--fail-fast", is_flag=True, help="When one fails, cancel the others and start no more."),
    click.option(
        "--require",
        "require",
        multiple=True,
        metavar="METRIC>=NUMBER",
        help="A metric that the job has to log with mlflow; one of >= > <= < == !=. Several are taken.",
    ),
    click.option("--cached", is_flag=True, help="Reuse the job that ran the same code on the same, if there is one."),
    click.option("--update", is_flag=True, help="Write outputs back into the notebooks that completed."),
    click.option("--output-dir", type=_FILE, metavar="FOLDER", help="Copy executed notebooks there, in their folders."),
    click.option("--output-notebook", type=_FILE, metavar="FILE", help="Copy the executed notebook there."),
    click.option("--junit", type=_FILE, metavar="FILE", help="Write a JUnit report: a case for each cell."),
    click.option("--html", type=_FILE, metavar="FILE", help="Write a page about the run; a file, or a folder for one."),
    click.option("--github", is_flag=True, help="Annotations, folded logs and a summary for GitHub Actions."),
    click.option("--no-wait", is_flag=True, help="Return when all are submitted."),
)


@dataclass(frozen=True)
class Headless:
    jobs: int | None
    fail_fast: bool
    require: tuple[str, ...]
    cached: bool
    update: bool
    output_dir: Path | None
    output_notebook: Path | None
    junit: Path | None
    html: Path | None
    github: bool
    no_wait: bool

    @property
    def is_asked(self) -> bool:
        """Whether this client stays until the end and answers for it."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "no_wait")

    def check(self) -> None:
        """Raises UsageError for what contradicts itself."""
        needs_the_end = [
            f"--{each.name.replace('_', '-')}"
            for each in fields(self)
            if each.name not in ("no_wait", "cached") and getattr(self, each.name)
        ]
        if self.no_wait and needs_the_end:
            raise UsageError(
                _("{options} needs the end, which --no-wait does not wait for.", options=", ".join(needs_the_end)),
                _("Leave one of them out."),
            )
        if self.output_dir and self.output_notebook:
            raise UsageError(
                _("--output-dir and --output-notebook are two places for the same."), _("Leave one of them out.")
            )


def headless(function: Function) -> Function:
    """The verb is handed ``headless``."""

    @wraps(function)
    def with_headless(*args: Any, **kwargs: Any) -> Any:
        asked = Headless(**{each.name: kwargs.pop(each.name) for each in fields(Headless)})
        asked.check()
        return function(*args, headless=asked, **kwargs)

    found: Any = with_headless
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]  # click's decorators are not typed
