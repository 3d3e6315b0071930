"""What commands answer with where it is no entity. Light: every line imports it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..actions.run_notebooks import NotebookRuns
    from ..actions.write_reports import Reports
    from ..entities import Job, WorkspaceInfo
    from ..errors import AzmlError


@dataclass(frozen=True)
class Together:
    """To be iterated, and then reported on, by whoever shows it."""

    runs: "NotebookRuns"
    reports: "Reports"
    is_streamed: bool
    """What cells print is to be seen: in a terminal the last lines, elsewhere all."""
    shows_all: bool
    """All of it in a terminal, too."""
    is_drawn: bool
    """A board may be drawn, where there is a terminal."""


@dataclass(frozen=True)
class Submissions:
    """Jobs that nobody waits for, and the notebooks that could not become one."""

    jobs: "tuple[tuple[str, Job], ...]"
    """Each with its notebook's path."""
    refused: "tuple[tuple[str, AzmlError], ...]"

    def to_data(self) -> list[dict[str, Any]]:
        return [job.to_data() for _path, job in self.jobs]


@dataclass(frozen=True)
class ShellVariables:
    """For ``eval`` in a shell."""

    values: dict[str, str]

    def to_data(self) -> dict[str, str]:
        return self.values


@dataclass(frozen=True)
class UnderEmulator:
    """A command, to be run where Microsoft's clients find the workspace."""

    command: tuple[str, ...]
    variables: dict[str, str]
    info: "WorkspaceInfo"
    stops: bool
    """The emulator came with it, and leaves with it."""
