"""What MLflow's row of a run says, in a file beside the run's journals, for the day on which mlflow.db is lost.

No mlflow here. The run of a job that somebody submitted has none: job.json says the same.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from .interactive import write_file
from .paths import RunPaths


@dataclass(frozen=True)
class About:
    name: str
    experiment: str
    artifacts: str
    """A URI."""
    start: int
    """Milliseconds since the epoch, as ``end`` is."""
    user: str = ""
    status: str = "RUNNING"
    end: int | None = None
    tags: Mapping[str, str] | None = None
    """Those that the run was begun with; later ones stand in the journal."""


def write_about(run: RunPaths, about: About) -> None:
    """Raises OSError."""
    run.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(run.about, json.dumps(asdict(about)))


def read_about(run: RunPaths) -> About | None:
    """None when there is none, or nothing that can be read as one."""
    try:
        return About(**json.loads(run.about.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def change_about(run: RunPaths, **changes: object) -> None:
    """Raises OSError."""
    if about := read_about(run):
        write_about(run, replace(about, **changes))  # type: ignore[arg-type]  # of the fields' own types
