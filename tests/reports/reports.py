"""Reports to write about."""

from datetime import timedelta
from typing import Any

from jupyter_azml.entities import JobStatus, MetricSummary
from jupyter_azml.reports.report import CellError, CellReport, NotebookReport, RequirementResult, RunReport
from jupyter_azml.reports.requirement import parse_requirement
from tests.fakes.workspace import NOON, make_job

GOOD_CELL = CellReport(number=1, title="Load", source="# Load\nx = 1", state="completed", seconds=0.25, text="loaded\n")
FAILED_CELL = CellReport(
    number=2,
    title="Train",
    source="y = 0\nx / y",
    state="failed",
    seconds=1.5,
    text="epoch 1\n",
    error=CellError(name="ZeroDivisionError", value="division by zero", traceback="Cell In[2], line 2\nbad", line=2),
)
NEVER = CellReport(number=3, title="Evaluate", source="evaluate()", state="skipped")
SKIPPED = CellReport(number=None, title="By its tag", source="1/0", state="skipped")


def notebook(path: str, verdict: str = "Completed", *cells: CellReport, **fields: Any) -> NotebookReport:
    status = JobStatus.COMPLETED if verdict == "Completed" else JobStatus.FAILED
    metrics = (MetricSummary(key="accuracy", last=0.83, min=0.1, max=0.9, count=3, step=2),)
    job = make_job(
        path.replace("/", "_"), status, started=NOON, ended=NOON + timedelta(seconds=2), metrics=metrics, reason=None
    )
    return NotebookReport(**{"path": path, "verdict": verdict, "cells": cells, "seconds": 2.0, "job": job, **fields})


def run_report(*notebooks: NotebookReport, **fields: Any) -> RunReport:
    return RunReport(**{"notebooks": notebooks, "seconds": 3.5, **fields})


def requirement(text: str, value: float | None) -> RequirementResult:
    asked = parse_requirement(text)
    is_met, message = asked.judge({} if value is None else {asked.metric: value})
    return RequirementResult(requirement=asked, value=value, is_met=is_met, message=message)


GOOD = notebook("deep/good.ipynb", "Completed", GOOD_CELL, SKIPPED)
BAD = notebook("bad.ipynb", "Failed", GOOD_CELL, FAILED_CELL, NEVER, message="Cell 2 raised ZeroDivisionError: …")
INVALID = NotebookReport(
    path="broken.ipynb", verdict="Invalid", error="NotebookInvalid", message="It is no notebook.", hint="Save it again."
)
NOT_RUN = NotebookReport(path="later.ipynb", verdict="NotRun", message="Too late.", is_consequence=True)
UNMET = notebook(
    "gate.ipynb", "Failed", GOOD_CELL, requirements=(requirement("accuracy>=0.9", 0.83), requirement("loss<1", 0.5))
)
