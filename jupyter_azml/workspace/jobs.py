"""Jobs, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from ..entities import Axis, EventBatch, File, Job, JobQuery, JobSpec, Page, Series


class JobsOperations(ABC):
    pause: float = 0.05
    """Seconds that a reader of ``events`` leaves between two looks when nothing happens."""

    @abstractmethod
    def submit(self, spec: JobSpec) -> Job:
        """Queues a job and returns it at once; it outlives the caller.

        Raises ComputeNotFound, ComputeStopped, NotFound for an input, secret or connection that is not there,
        UsageError for a specification that cannot run, Conflict for a name that is taken, SnapshotTooLarge,
        WorkspaceError.
        """

    @abstractmethod
    def list(self, query: JobQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Job]:
        """Newest first, unless the query sorts otherwise. Archived jobs are left out unless it asks for them."""

    @abstractmethod
    def get(self, name: str) -> Job:
        """Names are case-insensitive. Raises JobNotFound."""

    @abstractmethod
    def cancel(self, name: str) -> Job:
        """Asks the job to stop; one that has ended stays as it is. Raises JobNotFound."""

    @abstractmethod
    def archive(self, name: str) -> Job:
        """Takes the job out of lists; nothing of it is removed. Raises JobNotFound."""

    @abstractmethod
    def restore(self, name: str) -> Job:
        """Brings an archived job back into lists. Raises JobNotFound."""

    @abstractmethod
    def update(
        self,
        name: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str | None] | None = None,
    ) -> Job:
        """What may change of a job at any time. ``tags`` are added to those it has; one that is None is removed.

        Raises JobNotFound.
        """

    @abstractmethod
    def delete(self, name: str) -> None:
        """Removes the job and all its files. Raises JobNotFound, and Conflict for one that has not ended."""

    @abstractmethod
    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        """What happened since, for many jobs in one call; the cursor of a job not seen before is "".

        Bounded: call again with the new cursors for more. A ``brief`` answer is for those who look: of a long story it
        leaves out output but the last, and tells the metrics as MetricPoints that are ``is_whole``. Raises JobNotFound.
        """

    @abstractmethod
    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One folder of the job's files: ``outputs/``, ``logs/``. Raises JobNotFound, FileNotInJob."""

    @abstractmethod
    def open(self, name: str, path: str) -> BinaryIO:
        """A file of the job, for reading. Raises JobNotFound, FileNotInJob."""

    @abstractmethod
    def snapshot(self, name: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """The files that travelled with the job. Raises JobNotFound."""

    def open_snapshot(self, name: str, path: str) -> BinaryIO:
        """A file as it travelled, whatever the job did to its copy. Raises JobNotFound, FileNotInJob."""
        return self.open(name, f"code/{path}")

    @abstractmethod
    def series(
        self,
        name: str,
        keys: Sequence[str] = (),
        *,
        axis: Axis = "step",
        start: float | None = None,
        end: float | None = None,
        most: int = 1000,
    ) -> tuple[Series, ...]:
        """The metrics of a job as curves, each of at most ``most`` points (four at least); of all when none is named.

        ``start`` and ``end`` are bounds on the axis, both included: a step, or milliseconds since the epoch. Where no
        steps were given the points are counted, from 1. A key that was not logged is left out. Raises JobNotFound.
        """
