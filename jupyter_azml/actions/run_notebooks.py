"""Many notebooks as jobs that are followed together, by one client, to a common end."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..entities import CellChanged, Event, Job, JobQuery, JobStatus, NotebookSpec, StatusChanged
from ..errors import AzmlError
from ..language import _
from ..reports.report import NotebookReport, RequirementResult, RunReport
from ..reports.requirement import Requirement
from ..reports.verdict import Verdict, verdict_of
from ..workspace import Workspace
from .create_job import submit
from .find_notebooks import Found
from .notebook_cells import cells_of, executed_notebook

PATIENCE = 60.0
"""Seconds that jobs which were asked to stop are waited for."""


@dataclass
class Run:
    """One of the notebooks, as it stands."""

    found: Found
    content: bytes = b""
    """The notebook as it was when it was submitted."""
    job: Job | None = None
    error: AzmlError | None = None
    is_cached: bool = False
    is_stopped: bool = False
    """By us, since another one failed or somebody interrupted."""
    cells: dict[int, CellChanged] = field(default_factory=dict)
    report: NotebookReport | None = None
    """Once it has ended."""


class NotebookRuns:
    """Iterate to run them: each step is a notebook and what happened to it; None stands for a change of ``Run`` itself.

    ``stop`` may be called from a signal handler. What was submitted and is not followed to its end is canceled.
    """

    def __init__(
        self,
        workspace: Workspace,
        found: Sequence[Found],
        specify: Callable[[Path], NotebookSpec],
        *,
        at_once: int | None = None,
        fail_fast: bool = False,
        cached: bool = False,
        requirements: Sequence[Requirement] = (),
        save_as: Path | None = None,
        at_end: Callable[[Run, NotebookReport], NotebookReport] | None = None,
    ) -> None:
        """``specify`` says what is to be submitted of a notebook, and raises AzmlError for one that cannot run.
        ``at_end`` may keep results and add to the report.
        """
        self.runs = [Run(each) for each in found]
        self.interrupted = ""
        self._workspace = workspace
        self._specify = specify
        self._at_once = at_once
        self._fail_fast = fail_fast
        self._cached = cached
        self._requirements = requirements
        self._save_as = save_as
        self._at_end = at_end
        self._cursors: dict[str, str] = {}
        self._deadline: float | None = None
        self.began = time.monotonic()

    def stop(self, signal: str) -> None:
        """Nothing more is submitted, and what runs is canceled; the iteration goes on until it has ended."""
        self.interrupted = self.interrupted or signal

    def submit_all(self) -> None:
        for run in self.runs:
            self._submit(run)

    def __iter__(self) -> Iterator[tuple[Run, Event | None]]:
        waiting = list(self.runs)
        active: dict[str, Run] = {}
        while waiting or active:
            if self._is_stopping():
                self._cancel(active)
                for run in waiting:
                    yield self._ended(run)
                waiting = []
            if waiting and (self._at_once is None or len(active) < self._at_once):
                run = waiting.pop(0)
                self._submit(run)
                yield run, None
                if run.job is None:
                    yield self._ended(run)
                else:
                    active[run.job.name] = run
                    self._cursors[run.job.name] = ""
                continue
            moved = False
            for run, event in self._look(active):
                moved = True
                yield run, event
                if isinstance(event, StatusChanged) and event.status.is_terminal:
                    del active[event.job]
                    yield self._ended(run)
            if self._deadline and time.monotonic() > self._deadline:
                return
            if active and not moved:
                time.sleep(self._workspace.jobs.pause)

    def _submit(self, run: Run) -> None:
        try:
            run.content = run.found.path.read_bytes() if run.found.path.is_file() else b""
            spec = self._specify(run.found.path)
            if self._cached and (job := self._like(spec)):
                run.job, run.is_cached = job, True
                return
            run.job = submit(self._workspace, spec, self._save_as)
        except AzmlError as error:
            run.error = error
        except OSError as error:
            run.error = AzmlError(str(error), _("Check the path and its permissions."))

    def _like(self, spec: NotebookSpec) -> Job | None:
        """The newest job that stands for this one, if its notebook is still there."""
        query = JobQuery(statuses=(JobStatus.COMPLETED,), fingerprint=spec.fingerprint)
        for job in self._workspace.jobs.list(query, limit=5).items:
            if executed_notebook(self._workspace, job) is not None:
                return job
        return None

    def _look(self, active: dict[str, Run]) -> Iterator[tuple[Run, Event]]:
        if not active:
            return
        batch = self._workspace.jobs.events({name: self._cursors[name] for name in active})
        self._cursors.update(batch.cursors)
        for event in batch.events:
            run = active[event.job]
            if isinstance(event, CellChanged):
                run.cells[event.cell] = event
            elif isinstance(event, StatusChanged) and event.status is JobStatus.QUEUED:
                run.cells.clear()  # another attempt
            yield run, event

    def _is_stopping(self) -> bool:
        failed = self._fail_fast and any(
            run.report and run.report.verdict is not Verdict.COMPLETED and not run.is_stopped for run in self.runs
        )
        return bool(self.interrupted) or failed

    def _cancel(self, active: dict[str, Run]) -> None:
        for name, run in active.items():
            if not run.is_stopped:
                run.is_stopped = True
                self._workspace.jobs.cancel(name)
                self._deadline = time.monotonic() + PATIENCE

    def _ended(self, run: Run) -> tuple[Run, None]:
        if run.job:
            run.job = self._workspace.jobs.get(run.job.name)
        report = self._report(run)
        run.report = self._at_end(run, report) if self._at_end else report
        return run, None

    def report(self) -> RunReport:
        """Of all, also of those that were left before their end."""
        for run in self.runs:
            if run.report is None:
                self._ended(run)
        return RunReport(
            notebooks=tuple(run.report for run in self.runs if run.report),
            seconds=time.monotonic() - self.began,
            interrupted=self.interrupted,
        )

    def _report(self, run: Run) -> NotebookReport:
        if run.error:
            return NotebookReport(
                path=run.found.shown,
                verdict=Verdict.INVALID,
                message=run.error.message,
                hint=run.error.hint,
                error=run.error.code,
            )
        if run.job is None:
            why = (
                _("Interrupted before its turn.") if self.interrupted else _("Another notebook failed before its turn.")
            )
            return NotebookReport(path=run.found.shown, verdict=Verdict.NOT_RUN, message=why, is_consequence=True)
        job, verdict = run.job, verdict_of(run.job)
        results = self._judge(job) if verdict is Verdict.COMPLETED else ()
        message = job.reason.message if job.reason else ""
        if unmet := [result.message for result in results if not result.is_met]:
            verdict, message = Verdict.FAILED, " ".join(unmet)
        content = executed_notebook(self._workspace, job) or run.content
        return NotebookReport(
            path=run.found.shown,
            verdict=verdict,
            message=message,
            seconds=(job.ended - job.started).total_seconds() if job.ended and job.started else 0.0,
            is_cached=run.is_cached,
            is_consequence=run.is_stopped and verdict is Verdict.CANCELED,
            job=job,
            cells=cells_of(content, job, run.cells),
            requirements=results,
        )

    def _judge(self, job: Job) -> tuple[RequirementResult, ...]:
        values = {metric.key: metric.last for metric in job.metrics}
        results = []
        for requirement in self._requirements:
            is_met, message = requirement.judge(values)
            value = values.get(requirement.metric)
            results.append(RequirementResult(requirement=requirement, value=value, is_met=is_met, message=message))
        return tuple(results)
