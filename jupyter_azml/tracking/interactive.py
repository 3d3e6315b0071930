"""Runs that are jobs of their own: those that the kernel of an attached notebook begins. No mlflow here."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from .lines import objects_in, read_block
from .paths import RunPaths, TrackingPaths

TYPE = "interactive"
ENDS = {
    "FINISHED": ("Completed", "RunFinished"),
    "FAILED": ("Failed", "RunFailed"),
    "KILLED": ("Canceled", "RunKilled"),
}
"""MLflow's words for the end of a run, with the job's status and the code of its reason."""


class NewRun(NamedTuple):
    id: str
    name: str
    experiment: str
    tags: Mapping[str, str]


class RunKeeper(Protocol):
    """Makes jobs of the runs of this process."""

    def begin(self, run: NewRun) -> bool:
        """False when there can be no job, of which the user is told: the run is tracked all the same."""

    def end(self, run_id: str) -> None: ...

    def leaving(self) -> str:
        """``shutdown`` or ``restart`` when this process is about to end, else nothing."""

    def open_runs(self) -> list[str]:
        """Ids of runs that this process has begun and not ended."""


def keep_runs(workspace: Path, keeper: RunKeeper | None) -> None:
    """In this process, from now on."""
    if keeper is None:
        _keepers.pop(workspace, None)
    else:
        _keepers[workspace] = keeper


def keeper_of(paths: TrackingPaths) -> RunKeeper | None:
    return _keepers.get(paths.database.parent)


def note_end(paths: TrackingPaths, run_id: str, end: str) -> None:
    """Leaves the result of the job behind a run, whichever process ended it; the first end counts."""
    run, keeper = paths.run(run_id), keeper_of(paths)
    if is_interactive(run) and end in ENDS and not run.result.exists():
        status, code = ENDS[end]
        how = keeper.leaving() if keeper else ""
        reason = {"code": code, "values": {"how": how} if how else {}}
        write_file(run.result, json.dumps({"attempt": 1, "status": status, "reason": reason}))
    if keeper:
        keeper.end(run_id)


def is_interactive(run: RunPaths) -> bool:
    try:
        return bool(json.loads(run.job.read_text("utf-8"))["type"] == TYPE)
    except (OSError, ValueError, LookupError, TypeError):
        return False


class Logged(NamedTuple):
    parameters: dict[str, str]
    """The first value of each: MLflow takes no other."""
    tags: dict[str, str]
    """The last value of each, of MLflow's own, too."""


def facts_in(run: RunPaths) -> Logged:
    """Those that were logged while the run lasted."""
    found = Logged({}, {})
    offset, more = 0, True
    while more:
        block, offset, more = read_block(run.facts, offset)
        for line in objects_in(block):
            name, tag, value = line.get("param"), line.get("tag"), line.get("value")
            if type(value) is not str:
                continue
            if type(name) is str:
                found.parameters.setdefault(name, value)
            elif type(tag) is str:
                found.tags[tag] = value
    return found


def write_file(path: Path, text: str) -> None:
    """By rename. A kill leaves the old one; a power cut may leave none."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(3).hex()}")
    beside.write_text(text, "utf-8")
    beside.replace(path)


_keepers: dict[Path, RunKeeper] = {}
