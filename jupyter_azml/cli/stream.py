"""A job as it happens: one line per cell, what it prints, its metrics; a live line below where there is a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.text import Text

from ..actions.follow_job import JobStream
from ..commands.run import Waiting
from ..entities import CellChanged, CellState, Event, Job, LogLines, MetricPoints, StatusChanged
from ..language import _
from .text import console, readable_seconds

_MARKS = {CellState.COMPLETED: "[green]✓[/]", CellState.FAILED: "[red]✗[/]"}


def show_stream(stream: JobStream, *, to_stdout: bool) -> Job:
    """Prints until the job ends. Ctrl-C leaves the job running."""
    out = console(stderr=not to_stdout)
    telling = Telling(out, quiet=isinstance(stream, Waiting))
    try:
        with telling.live():
            for event in stream:
                telling.tell(event)
    except KeyboardInterrupt:
        out.print(
            _(
                "The job goes on. Follow it with: azml job stream {name}; stop it with: azml job cancel {name}",
                name=stream.name,
            )
        )
        raise
    return stream.job()


class Telling:
    def __init__(self, out: Console, *, quiet: bool) -> None:
        self._out = out
        self._quiet = quiet
        self._line = Spinner("dots", Text(""))
        self._cell = ""
        self._metrics: dict[str, str] = {}
        self._new_metrics: dict[str, str] = {}
        self._unfinished = ""

    @contextmanager
    def live(self) -> Iterator[None]:
        if not self._out.is_terminal:
            yield
            return
        with Live(self._line, console=self._out, transient=True, refresh_per_second=10):
            yield

    def tell(self, event: Event) -> None:
        match event:
            case StatusChanged():
                self._status(event)
            case CellChanged():
                self._cell_changed(event)
            case LogLines() if not self._quiet:
                self._log(event.text)
            case MetricPoints():
                self._metric_points(event)
        self._line.update(text=Text(f"{self._cell}  {'  '.join(f'{k} {v}' for k, v in self._metrics.items())}"))

    def _status(self, event: StatusChanged) -> None:
        if event.status.is_terminal:
            return  # the summary that follows says it
        waits = f": {event.reason.message}" if event.reason else ""
        self._out.print(f"[dim]{event.status}{escape(waits)}[/]")

    def _cell_changed(self, event: CellChanged) -> None:
        number = f"[{event.cell}/{event.cells}]"
        self._cell = f"{number} {event.title}"
        if self._quiet or event.state is CellState.RUNNING:
            return
        self._end_line()
        facts = [readable_seconds(event.seconds or 0), *(f"{key} {value}" for key, value in self._new_metrics.items())]
        self._new_metrics = {}
        self._out.print(
            f"{_MARKS[event.state]} {escape(number)} {escape(event.title)}  [dim]{escape('  '.join(facts))}[/]"
        )

    def _log(self, text: str) -> None:
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        for line in lines:
            self._print_line(line)

    def _end_line(self) -> None:
        if self._unfinished:
            self._print_line(self._unfinished)
        self._unfinished = ""

    def _print_line(self, line: str) -> None:
        # Of a progress bar that wrote over itself, its last state; a traceback keeps its colours.
        self._out.print(Text.from_ansi(line.rstrip("\r").rpartition("\r")[2]))

    def _metric_points(self, event: MetricPoints) -> None:
        self._new_metrics.update({point.key: f"{point.value:.4g}" for point in event.points})
        self._metrics.update(self._new_metrics)
