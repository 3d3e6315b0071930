"""Lists of jobs."""

import statistics
from pathlib import Path

from .measure import Row, timed


def listing(folder: str) -> list[Row]:
    from datetime import UTC, datetime, timedelta

    from jupyter_azml.entities import Job, JobQuery, JobStatus, JobType, NotebookSpec
    from jupyter_azml.local import LocalWorkspace
    from jupyter_azml.local.records import insert_job

    workspace = LocalWorkspace(Path(folder) / "home/workspaces/many")
    spec = NotebookSpec(notebook="a.ipynb", code="/")
    ends = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELED)
    queries = {
        "": JobQuery(),
        " that failed": JobQuery(statuses=(JobStatus.FAILED,)),
        " with a tag": JobQuery(tags={"team": None}),
        " with a word, found nowhere": JobQuery(text="nowhere"),
        " by duration": JobQuery(sort="duration"),
    }
    rows = []
    began, held = datetime.now(UTC), 0
    for count in (100, 10_000):
        with workspace.jobs._db.write() as connection:
            for number in range(held, count):
                facts = {"experiment": f"e{number % 7}", "status": ends[number % 3], "tags": {"team": f"t{number % 5}"}}
                times = {"created": began, "started": began, "ended": began + timedelta(seconds=number % 999)}
                kind = {"type": JobType.NOTEBOOK, "spec": spec}
                insert_job(
                    connection, Job(name=f"job_{number}", display_name=f"job {number}", **facts, **times, **kind)
                )
        held = count
        for what, query in queries.items():
            took = statistics.median(timed(lambda query=query: workspace.jobs.list(query)) for _ in range(9))
            rows.append(Row(f"first page of job list{what}, {count:,} jobs", took, None, ""))
    return rows
