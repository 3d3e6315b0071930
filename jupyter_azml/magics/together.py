"""Notebooks that ``%azml run`` runs together: a line as each ends, then a table."""

from typing import Any

from ..commands.answers import Submissions, Together
from ..commands.plain import as_data
from ..entities import Page
from ..errors import JobFailed
from ..language import _
from ..reports.report import RunReport
from ..reports.verdict import Verdict, verdict_name
from ..workspace import Workspace
from .table import Table


def show_together(workspace: Workspace, together: Together, *, as_table: bool) -> Any:
    """Raises JobFailed when one did not complete. An interrupt of the kernel cancels the jobs."""
    runs = together.runs
    try:
        for run, event in runs:
            if event is None and run.report:
                print(f"{run.report.path}: {verdict_name(run.report.verdict)} {run.report.message}".rstrip())
    except KeyboardInterrupt:
        runs.stop("SIGINT")
        for run in runs.runs:
            if run.job and not run.report:
                workspace.jobs.cancel(run.job.name)
        raise
    finally:
        report = runs.report()
        for fault in together.reports.write(report):
            print(fault)
    table = Table(Page(items=report.notebooks))
    if report.count(Verdict.COMPLETED) == len(report.notebooks):
        return table if as_table else [as_data(notebook) for notebook in report.notebooks]
    from IPython.display import display

    display(table)
    raise _failure(report)


def shown_submissions(submissions: Submissions, *, as_table: bool) -> Any:
    for path, error in submissions.refused:
        print(f"{path}: {error.code}: {error.message}\n{error.hint}")
    jobs = tuple(job for _path, job in submissions.jobs)
    return Table(Page(items=jobs)) if as_table else submissions.to_data()


def _failure(report: RunReport) -> JobFailed:
    bad = [notebook.path for notebook in report.notebooks if notebook.verdict is not Verdict.COMPLETED]
    return JobFailed(
        _(
            "{count} of {total} notebooks did not complete: {names}",
            count=len(bad),
            total=len(report.notebooks),
            names=", ".join(bad),
        ),
        _("The table says why. See one with: %azml job show NAME"),
    )
