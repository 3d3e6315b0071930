"""Jobs, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import BinaryIO

from ..entities import EventBatch, File, Job, JobStatus, NotebookSpec, Page


class JobsOperations(ABC):
    pause: float = 0.1
    """Seconds that a reader of ``events`` leaves between two looks when nothing happens."""

    @abstractmethod
    def submit(self, spec: NotebookSpec) -> Job:
        """Queues a job and returns it at once; it outlives the caller.

        Raises ComputeNotFound, SnapshotTooLarge, WorkspaceError.
        """

    @abstractmethod
    def list(
        self,
        *,
        status: JobStatus | None = None,
        experiment: str | None = None,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Job]:
        """Newest first."""

    @abstractmethod
    def get(self, name: str) -> Job:
        """Names are case-insensitive. Raises JobNotFound."""

    @abstractmethod
    def cancel(self, name: str) -> Job:
        """Asks the job to stop; one that has ended stays as it is. Raises JobNotFound."""

    @abstractmethod
    def events(self, cursors: Mapping[str, str]) -> EventBatch:
        """What happened since, for many jobs in one call; the cursor of a job not seen before is "".

        Bounded: call again with the new cursors for more. Raises JobNotFound.
        """

    @abstractmethod
    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One folder of the job's files: ``outputs/``, ``logs/``. Raises JobNotFound, FileNotInJob."""

    @abstractmethod
    def open(self, name: str, path: str) -> BinaryIO:
        """A file of the job, for reading. Raises JobNotFound, FileNotInJob."""
