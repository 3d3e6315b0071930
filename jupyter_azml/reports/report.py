"""How it went with notebooks that were run together: what every report is made from."""

from typing import Any, Literal

from pydantic import Field

from ..entities import Job, is_own_metric
from ..entities.base import Entity
from .requirement import Requirement
from .verdict import Verdict


class CellError(Entity):
    name: str
    value: str
    traceback: str
    """Without colours; the frames of the user's own code come first."""
    line: int | None = None
    """Of the cell, from 1, where that is known."""


class CellReport(Entity):
    number: int | None
    """From 1 over the cells that run code; None for one that is skipped by its tag."""
    title: str
    source: str
    state: Literal["completed", "failed", "skipped"]
    """One that was not reached is skipped, too."""
    seconds: float | None = None
    error: CellError | None = None
    text: str = ""
    """What it printed, on both streams."""
    outputs: tuple[Any, ...] = Field(default=(), exclude=True)
    """As in the executed notebook. Data for programs goes without them: pictures are large."""

    @property
    def numbered_source(self) -> str:
        """With the numbers of its lines, and a sign at the one that failed."""
        lines = self.source.splitlines() or [""]
        width = len(str(len(lines)))
        at = self.error.line if self.error else None
        return "\n".join(
            f"{'>' if number == at else ' '} {number:{width}} {line}" for number, line in enumerate(lines, 1)
        )


class RequirementResult(Entity):
    requirement: Requirement
    value: float | None
    """None when the job did not log the metric."""
    is_met: bool
    message: str


class NotebookReport(Entity):
    path: str
    """As the user would write it."""
    verdict: Verdict
    message: str = ""
    """Why, in a sentence."""
    hint: str = ""
    error: str = ""
    """The error's name, where the notebook could not become a job."""
    seconds: float = 0.0
    is_cached: bool = False
    """The job was there already: nothing ran."""
    is_consequence: bool = False
    """It was stopped because another one failed; that one's end is what counts."""
    job: Job | None = None
    cells: tuple[CellReport, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    kept: str = ""
    """Where the executed notebook was copied to."""
    notes: tuple[str, ...] = ()

    @property
    def failed_cell(self) -> CellReport | None:
        return next((cell for cell in self.cells if cell.state == "failed"), None)

    @property
    def metrics(self) -> dict[str, float]:
        """Last values of what the notebook logged itself."""
        metrics = self.job.metrics if self.job else ()
        return {metric.key: metric.last for metric in metrics if is_own_metric(metric.key)}


class RunReport(Entity):
    notebooks: tuple[NotebookReport, ...]
    seconds: float
    interrupted: str = ""
    """The signal's name, when somebody ended the run early."""

    def count(self, *verdicts: Verdict) -> int:
        return sum(notebook.verdict in verdicts for notebook in self.notebooks)
