"""MLflow's records, as any workspace keeps them: of this very process, and for whoever asks over the network."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from ..entities import File, Page


class Kernel(Protocol):
    """The process, as far as its runs are concerned."""

    def notebook(self) -> Path | None:
        """What it runs, where that is known."""

    def leaving(self) -> str:
        """Asked while it ends: ``restart`` or ``shutdown``."""


class TrackingAnswer(NamedTuple):
    """What MLflow's REST API answers."""

    status: int
    body: Mapping[str, Any]

    @property
    def is_ok(self) -> bool:
        return self.status < 300


class RunFiles(Protocol):
    """What belongs to a run, laid out as Azure does it: ``outputs/``, ``user_logs/``, and what MLflow was given.

    Raises FileNotFoundError, NotADirectoryError and IsADirectoryError as the builtin functions do.
    """

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]: ...

    def stat(self, path: str) -> File: ...

    def open(self, path: str) -> BinaryIO: ...

    def upload(self, source: Path, path: str, *, overwrite: bool = False) -> object: ...

    def delete(self, path: str) -> None: ...


class TrackingOperations(ABC):
    @abstractmethod
    def follow(self, kernel: Kernel) -> None:
        """From now on MLflow tracks here, and each run that it begins outside any other is an interactive job.

        MLflow itself is not imported. Raises NotSupported; Conflict while a run is open that is tracked elsewhere.
        """

    @abstractmethod
    def leave(self) -> None:
        """MLflow tracks where it did before. Raises Conflict while a run is open that is tracked here."""

    @abstractmethod
    def call(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        """MLflow's REST API, such as ``POST``, ``runs/log-batch``; a refusal is an answer, too.

        ``fields``: of the body, or of the query, where a list stands for a field that is there several times.
        """

    @abstractmethod
    def files(self, run: str) -> RunFiles:
        """Of a job, or of a run that is none. Raises NotFound."""
