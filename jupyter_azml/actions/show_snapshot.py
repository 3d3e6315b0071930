"""What travelled with a job that was submitted."""

from ..entities import File, Snapshot
from ..workspace import Workspace

_PAGE = 1000


def show_snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Raises JobNotFound, NotSupported."""
    job = workspace.jobs.get(name)
    files: list[File] = []
    continuation = None
    while True:
        page = workspace.jobs.snapshot(job.name, limit=_PAGE, continuation=continuation)
        files += page.items
        if (continuation := page.continuation) is None:
            break
    return Snapshot(folder=job.spec.code or "", files=tuple(files), size=sum(file.size for file in files), git=job.git)
