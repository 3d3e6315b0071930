"""mlflow.db anew, when it is lost or damaged: from what runs left beside it. Whoever calls this waits for mlflow."""

from collections.abc import Iterator
from pathlib import Path

from .about import About, read_about
from .database import let_go
from .job_run import about_job, add_run
from .paths import TrackingPaths
from .store import JournallingStore


def rebuild(workspace: Path) -> set[str]:
    """The ids of the runs that are there again, with their metrics, parameters and tags.

    What stood in the tables alone is gone: data sets, logged models (their files stay), what was said of experiments.
    """
    paths = TrackingPaths(workspace)
    let_go(paths)
    store = JournallingStore(workspace)
    found = {run_id: about for run_id in _ids(paths) if (about := _about(paths, run_id))}
    for run_id, about in found.items():
        add_run(store, run_id, about)
        store.fold(run_id)
    return set(found)


def _ids(paths: TrackingPaths) -> Iterator[str]:
    for folder in (paths.jobs, paths.runs):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if entry.name[0] != ".":
                yield entry.name


def _about(paths: TrackingPaths, run_id: str) -> About | None:
    run = paths.run(run_id)
    if about := read_about(run):
        return about
    journals = [journal for journal in (run.metrics, run.facts) if journal.exists()]
    if run.job.exists():
        # A job that never logged has no run until somebody asks for it.
        return about_job(run.folder) if journals or any((run.folder / "artifacts").glob("*")) else None
    if not journals:
        return None
    began = min(int(journal.stat().st_mtime * 1000) for journal in journals)
    # Begun by a version that left no more.
    return About(run_id, "Default", (paths.artifacts / "0" / run_id / "artifacts").as_uri(), began, status="FINISHED")
