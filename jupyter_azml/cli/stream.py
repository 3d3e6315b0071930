"""A job as it happens. In a terminal: a line for each cell, below it the last lines of the one that runs. Elsewhere
all that is printed, line by line.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from ..actions.follow_job import JobStream
from ..commands.run import Waiting
from ..entities import (
    CellChanged,
    CellState,
    Event,
    Job,
    JobStatus,
    LogLines,
    MetricPoints,
    StatusChanged,
    is_own_metric,
)
from ..language import _
from ..reports.terminal_text import settled
from ..workspace import Workspace
from .output_lines import OutputLines
from .text import console, readable_seconds

TAIL = 5
"""Lines of the running cell's output that a terminal shows."""
_MARKS = {CellState.COMPLETED: Text("✓ ", "green"), CellState.FAILED: Text("✗ ", "red")}


def show_stream(stream: JobStream, *, to_stdout: bool) -> Job:
    """Prints until the job ends. Ctrl-C leaves the job running."""
    out = console(stderr=not to_stdout)
    telling = Telling(out, quiet=isinstance(stream, Waiting), shows_all=stream.shows_all)
    try:
        with telling.live():
            for events in stream.batches():
                telling.tell(events)
    except KeyboardInterrupt:
        out.print(
            _(
                "The job goes on. Follow it with: azml job stream {name}; stop it with: azml job cancel {name}",
                name=stream.name,
            )
        )
        raise
    job = stream.job()
    if job.status is JobStatus.FAILED:
        telling.explain(stream.workspace, job)
    return job


def numbered_title(event: CellChanged) -> str:
    """Of one line, whatever whitespace and control codes the cell begins with."""
    return f"[{event.cell}/{event.cells}] {' '.join(settled(event.title).split())}"


def print_lines(out: Console, lines: Sequence[Text | str]) -> None:
    """All at once: each print draws what is live anew. What has no terminal gets the bare text, as fast as it goes."""
    if out.is_terminal:
        out.print(Text("\n").join(line if isinstance(line, Text) else Text.from_ansi(line) for line in lines))
    else:
        out.file.write("\n".join(line.plain if isinstance(line, Text) else settled(line) for line in lines) + "\n")
        out.file.flush()


class Telling:
    """``shows_all`` prints every line in a terminal too, and without ``shows_output`` none is printed where there is no
    terminal; ``quiet`` leaves out the cells as well.
    """

    def __init__(
        self,
        out: Console,
        *,
        quiet: bool = False,
        shows_output: bool = True,
        shows_all: bool = False,
        is_drawn: bool = True,
    ) -> None:
        self._out = out
        self._is_drawn = is_drawn and out.is_terminal
        self._quiet = quiet
        self._prints_lines = not quiet and (shows_all or (shows_output and not self._is_drawn))
        self._live: Live | None = None
        self._spinner = Spinner("dots")
        self._output = OutputLines(TAIL)
        self._raised = ""
        self._running: CellChanged | None = None
        self._since = 0.0
        self._status = ""
        self._metrics: dict[str, str] = {}
        self._new_metrics: dict[str, str] = {}
        self._finished: list[Text | str] = []
        """What our own words are, with their looks, and what cells printed, as it came."""
        self.cells: dict[int, CellChanged] = {}

    @contextmanager
    def live(self) -> Iterator[None]:
        if not self._is_drawn:
            yield
            return
        with Live(get_renderable=self._board, console=self._out, transient=True, refresh_per_second=10) as live:
            self._live = live
            yield
        self._live = None

    def tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            match event:
                case StatusChanged():
                    self._status_changed(event)
                case CellChanged():
                    self._cell_changed(event)
                case LogLines():
                    self._log(event)
                case MetricPoints():
                    self._metric_points(event)
        if self._finished:
            if self._live:
                self._live.refresh()  # or the board of a moment ago would be drawn below
            print_lines(self._out, self._finished)
            self._finished = []

    def explain(self, workspace: Workspace, job: Job) -> None:
        """Why it failed; what was raised before there was a notebook is shown as it came."""
        from ..actions.notebook_cells import failed_cell
        from .failure import show_failure

        cell = failed_cell(workspace, job, self.cells)
        if cell:
            show_failure(self._out, cell)
        elif self._raised:
            self._out.print(Text.from_ansi(self._raised.rstrip()))

    def _status_changed(self, event: StatusChanged) -> None:
        if event.status.is_terminal:
            return  # the summary that follows says it
        if event.status is JobStatus.QUEUED:
            self.cells.clear()
        waits = f": {event.reason.message}" if event.reason else ""
        self._status = f"{event.status}{waits}"
        if not self._is_drawn or (event.reason and event.status is not JobStatus.STARTING):
            self._finished.append(Text(self._status, style="dim"))

    def _cell_changed(self, event: CellChanged) -> None:
        self.cells[event.cell] = event
        if event.state is CellState.RUNNING:
            self._running, self._since = event, time.monotonic()
            self._output.clear()
            return
        if self._raised and event.state is CellState.COMPLETED:
            self._lines(self._output.feed(self._raised))  # it was expected: the cell is tagged so
            self._raised = ""
        self._lines(self._output.finish())
        self._output.clear()
        self._running = None
        facts = [readable_seconds(event.seconds or 0), *(f"{key} {value}" for key, value in self._new_metrics.items())]
        self._new_metrics = {}
        if not self._quiet:
            line = Text.assemble(_MARKS[event.state], f"{numbered_title(event)}  ")
            self._finished.append(line.append("  ".join(facts), style="dim"))

    def _log(self, event: LogLines) -> None:
        if event.stream == "error":
            self._raised += event.text
        else:
            self._lines(self._output.feed(event.text))

    def _lines(self, lines: list[str]) -> None:
        if self._prints_lines:
            self._finished += lines

    def _metric_points(self, event: MetricPoints) -> None:
        shown = {point.key: f"{point.value:.4g}" for point in event.points if is_own_metric(point.key)}
        self._new_metrics.update(shown)
        self._metrics.update(self._new_metrics)

    def _board(self) -> Group:
        """No line of it is longer than the terminal is wide, so that what was drawn can be taken back."""
        width = max(self._out.width - 2, 1)
        head = Text(self._status, style="dim")
        if running := self._running:
            head = Text.assemble(f"{numbered_title(running)}  ")
            head.append(readable_seconds(time.monotonic() - self._since), style="dim")
        for key, value in list(self._metrics.items())[-4:]:
            head.append(f"  {key} ", style="dim").append(value)
        head.truncate(width, overflow="ellipsis")
        self._spinner.update(text=head)
        lines = [] if self._quiet or self._prints_lines else self._output.tail()
        rows = [Text(f"  {line}", style="dim", no_wrap=True, overflow="ellipsis") for line in lines]
        for row in rows:
            row.truncate(width, overflow="ellipsis")
        room = max(self._out.height - 2, 0)
        return Group(self._spinner, *rows[-room:] if room else ())
