"""Several notebooks at once: in a terminal a board of those that run, above it a line for each that has ended."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from ..actions.run_notebooks import NotebookRuns, Run
from ..entities import CellChanged, CellState, Event, LogLines, MetricPoints, is_own_metric
from ..language import _
from ..reports.report import NotebookReport
from ..reports.verdict import Verdict, verdict_name
from .output_lines import OutputLines
from .stream import numbered_title, print_lines
from .text import readable_seconds

_LOOKS = {Verdict.COMPLETED: ("✓ ", "green"), Verdict.NOT_RUN: ("– ", "dim"), Verdict.CANCELED: ("– ", "yellow")}


class Board:
    def __init__(self, out: Console, runs: NotebookRuns, *, is_drawn: bool, prints_lines: bool) -> None:
        self._out = out
        self._runs = runs
        self._is_drawn = is_drawn and out.is_terminal
        self._prints_lines = prints_lines
        self._rows: dict[int, _Row] = {}
        """Those that run, by the identity of their ``Run``."""
        self._spinner = Spinner("dots")

    @contextmanager
    def live(self) -> Iterator[None]:
        if not self._is_drawn:
            yield
            return
        with Live(get_renderable=self._render, console=self._out, transient=True, refresh_per_second=8):
            yield

    def tell(self, run: Run, event: Event | None) -> None:
        if event is None:
            if run.report:
                self._rows.pop(id(run), None)
                print_lines(self._out, [ended_line(run.report)])
            return
        row = self._rows.setdefault(id(run), _Row(run.found.shown))
        lines = row.heed(event)
        if self._prints_lines and lines:
            print_lines(self._out, [Text(f"{run.found.shown} | ", style="dim").append(line) for line in lines])

    def _render(self) -> Group:
        """No line is longer than the terminal is wide, and there are fewer than it is high."""
        width, room = max(self._out.width - 2, 1), max(self._out.height - 3, 1)
        rows = [row.text() for row in list(self._rows.values()) if row.has_begun][:room]
        ended = sum(run.report is not None for run in self._runs.runs)
        bad = sum(run.report is not None and run.report.verdict is not Verdict.COMPLETED for run in self._runs.runs)
        head = Text(_("{ended} of {total} notebooks", ended=ended, total=len(self._runs.runs)))
        if bad:
            head.append(f"  {_('{count} not completed', count=bad)}", style="red")
        head.append(f"  {readable_seconds(time.monotonic() - self._runs.began)}", style="dim")
        for text in (head, *rows):
            text.truncate(width, overflow="ellipsis")
        self._spinner.update(text=head)
        return Group(self._spinner, *rows)


class _Row:
    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._cell: CellChanged | None = None
        self._since = time.monotonic()
        self._metrics: dict[str, float] = {}
        self._output = OutputLines()

    @property
    def has_begun(self) -> bool:
        return self._cell is not None

    def heed(self, event: Event) -> list[str]:
        """The lines that are to be printed of it, where all are."""
        match event:
            case CellChanged(state=CellState.RUNNING):
                self._cell, self._since = event, time.monotonic()
            case CellChanged():
                return [*self._output.finish(), f"{numbered_title(event)}  {readable_seconds(event.seconds or 0)}"]
            case MetricPoints():
                self._metrics.update({each.key: each.value for each in event.points if is_own_metric(each.key)})
            case LogLines():
                return self._output.feed(event.text)
        return []

    def text(self) -> Text:
        line = Text(f"  {self._shown}  ")
        if self._cell:
            line.append(f"{numbered_title(self._cell)}  ", style="cyan")
        line.append(readable_seconds(time.monotonic() - self._since), style="dim")
        for key, value in list(self._metrics.items())[-2:]:
            line.append(f"  {key} {value:.4g}", style="dim")
        return line


def ended_line(report: NotebookReport) -> Text:
    mark, style = _LOOKS.get(report.verdict, ("✗ ", "red"))
    line = Text.assemble((mark, style), f"{report.path}  ", (verdict_name(report.verdict), style))
    if report.is_cached and report.job:
        line.append(f"  {_('reused {name}', name=report.job.name)}", style="dim")
    elif report.seconds:
        line.append(f"  {readable_seconds(report.seconds)}", style="dim")
    if report.verdict is not Verdict.COMPLETED and report.message:
        line.append(f"  {' '.join(report.message.split())}")
    return line
