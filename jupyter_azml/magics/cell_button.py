"""The page's button on a cell. Only the kernel has the variables, so the page asks it to evaluate ``submit(…)``."""

from typing import Any

from ..errors import UsageError
from ..language import _, spoken
from .cell_line import run_cell_line
from .line import connections
from .live_job import LiveJob


class Submission:
    """What the page is told, as JSON."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self._facts = facts

    def _repr_json_(self) -> dict[str, Any]:
        return self._facts


def submit(shell: Any, source: str, language: str) -> Submission:
    """Queues the cell, with its own line where it begins with ``%%azml``. Raises AzmlError."""
    with spoken(language):
        first, _newline, rest = source.partition("\n")
        words = first.split()
        if words[:1] == ["%%azml"]:
            live = run_cell_line(shell, first.partition("%%azml")[2].strip(), rest)
        else:
            live = run_cell_line(shell, "run", source)
        if not isinstance(live, LiveJob):
            raise UsageError(
                _("The line above the cell asks for something to look at, and not for a job."),
                _("Run the cell itself."),
            )
        workspace = connections.workspace()
        job = workspace.jobs.get(live.name)
        return Submission(
            {
                "name": job.name,
                "display_name": job.display_name,
                "workspace": workspace.info().location,
                "notes": [note.message for note in job.notes],
            }
        )
