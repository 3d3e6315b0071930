"""Notebooks that are run together: followed, reported on, and told as one exit code."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ..actions.run_notebooks import NotebookRuns, Run
from ..commands.answers import Submissions, Together
from ..language import _
from ..reports.report import NotebookReport, RunReport
from ..reports.verdict import Verdict, verdict_name
from .board import Board
from .data import print_data
from .exit_codes import exit_code_of_error, exit_code_of_report
from .failure import show_failure
from .stream import Telling, print_lines
from .text import COLOURS, console, print_text, readable_seconds


def show_together(together: Together, output: str) -> int:
    """Prints and returns the exit code. The reports are written whatever happens."""
    as_text = output == "table"
    out = console(stderr=not as_text)
    runs = together.runs
    try:
        with _asked_to_stop(runs):
            _follow(together, out)
    finally:
        report = runs.report()
        faults = together.reports.write(report)
        _finish(report, out, as_text=as_text, output=output, is_github=together.reports.github, faults=faults)
    return 1 if faults and not exit_code_of_report(report) else exit_code_of_report(report)


def show_submissions(submissions: Submissions, output: str) -> int:
    as_text = output == "table"
    if as_text:
        for path, job in submissions.jobs:
            console().print(f"{job.name}  {escape(path)}")
        print(_("Queued. Follow one with: azml job stream {name}", name="NAME"), file=sys.stderr)
    else:
        print_data(submissions.to_data(), output)
    for path, error in submissions.refused:
        print(f"{path}: {error.code}: {error.message}\n{error.hint}", file=sys.stderr)
    return max((exit_code_of_error(error.code) for _path, error in submissions.refused), default=0)


def _follow(together: Together, out: Console) -> None:
    runs, is_alone = together.runs, len(together.runs.runs) == 1
    # What a log says must not be taken for a command: on GitHub it comes folded, at the end of each notebook.
    is_github, is_drawn = together.reports.github, together.is_drawn
    prints_lines = together.is_streamed and not is_github
    telling = Telling(
        out,
        quiet=is_github,
        shows_output=prints_lines,
        shows_all=together.shows_all and not is_github,
        is_drawn=is_drawn,
    )
    board = Board(out, runs, is_drawn=is_drawn, prints_lines=prints_lines)
    is_told = False
    with (telling if is_alone else board).live():
        for run, event in runs:
            if runs.interrupted and not is_told:
                is_told = True
                print_lines(out, [Text(_("Canceling what runs; once more to leave at once."), style="yellow")])
            if event is None and run.job and run.report is None:
                _say_name(run, out, is_alone=is_alone)
            elif event is None:
                if not is_alone:
                    board.tell(run, event)
                if run.report and together.reports.github:
                    _say_to_github(run, out)
            elif run.is_cached:
                continue  # an old story
            elif is_alone:
                telling.tell((event,))
            else:
                board.tell(run, event)


def _say_name(run: Run, out: Console, *, is_alone: bool) -> None:
    name = run.job.name if run.job else ""
    out.print(Text(name if is_alone else f"{name}  {run.found.shown}"))
    if run.is_cached:
        out.print(Text(_("Reused: {name} ran the same on the same.", name=name), style="dim"))


def _say_to_github(run: Run, out: Console) -> None:
    from ..reports.github import annotation, folded_log

    if run.report:
        source = run.content.decode("utf-8", "replace")
        # GitHub finds files from the root of the repository, wherever we stand.
        root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).absolute()
        path = run.found.path
        file = path.relative_to(root).as_posix() if path.is_relative_to(root) else run.found.shown
        for text in (folded_log(run.report), annotation(run.report, file, source)):
            if text:
                out.file.write(text + "\n")
        out.file.flush()


def _finish(report: RunReport, out: Console, *, as_text: bool, output: str, is_github: bool, faults: list[str]) -> None:
    for notebook in report.notebooks:
        if (cell := notebook.failed_cell) and not is_github and not notebook.is_consequence:
            show_failure(out, cell, notebook.path if len(report.notebooks) > 1 else "")
    if not as_text:
        print_data([notebook.to_data() for notebook in report.notebooks], output)
    elif len(report.notebooks) == 1 and report.notebooks[0].job:
        print_text(report.notebooks[0].job)
    else:
        out.print(_table(report))
    for notebook in report.notebooks:
        _details(notebook, out, is_alone=len(report.notebooks) == 1)
    for fault in faults:
        print(fault, file=sys.stderr)


def _details(notebook: NotebookReport, out: Console, *, is_alone: bool) -> None:
    prefix = "" if is_alone else f"{notebook.path}: "
    if notebook.error:
        out.print(Text(f"{prefix}{notebook.error}: {notebook.message}\n{notebook.hint}"))
    for result in notebook.requirements:
        out.print(Text(f"{prefix}{result.message}", style="green" if result.is_met else "red"))
    if notebook.kept:
        out.print(Text(f"{prefix}{notebook.kept}", style="dim"))
    for note in notebook.notes:
        out.print(Text(f"{prefix}{note}", style="yellow"))


def _table(report: RunReport) -> Table:
    headers = (_("Notebook"), _("Status"), _("Cells"), _("Duration"), _("Job"))
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for notebook in report.notebooks:
        colour = COLOURS.get(notebook.job.status, "cyan") if notebook.job else "dim"
        colour = "red" if notebook.verdict is Verdict.FAILED else colour
        ran = sum(cell.state != "skipped" for cell in notebook.cells)
        table.add_row(
            escape(notebook.path),
            f"[{colour}]{verdict_name(notebook.verdict)}[/]" + (f" ({_('reused')})" if notebook.is_cached else ""),
            f"{ran}/{len(notebook.cells)}" if notebook.cells else "",
            readable_seconds(notebook.seconds) if notebook.seconds else "",
            notebook.job.name if notebook.job else "",
        )
    return table


@contextmanager
def _asked_to_stop(runs: NotebookRuns) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM cancels the jobs, which are waited for; the second leaves at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(number: int, _frame: Any) -> None:
        if runs.interrupted:
            raise KeyboardInterrupt
        runs.stop(signal.Signals(number).name)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
