"""What was asked of each compute, beside the database: jobs that wait for one must find it after a repair."""

import json
from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError

from ..entities import Compute, ComputeState
from .files import read_json, write_whole
from .filesystem import writing
from .paths import WorkspacePaths


def keep_compute(paths: WorkspacePaths, compute: Compute, wanted: str) -> None:
    """Raises WorkspaceNotWritable."""
    with writing(paths.folder):
        paths.computes.mkdir(mode=0o700, exist_ok=True)
        write_whole(paths.compute(compute.name), json.dumps({"wanted": wanted, "entity": compute.to_data()}))


def forget_compute(paths: WorkspacePaths, name: str) -> None:
    with writing(paths.folder):
        paths.compute(name).unlink(missing_ok=True)


def kept_computes(paths: WorkspacePaths) -> Iterator[tuple[Compute, str]]:
    """Each with the state that was wanted; what cannot be read is passed over."""
    for file in sorted(paths.computes.glob("*.json")):
        kept = read_json(file) or {}
        with suppress(ValidationError):
            stopped = kept.get("wanted") == ComputeState.STOPPED
            yield (
                Compute.model_validate(kept.get("entity")),
                ComputeState.STOPPED if stopped else ComputeState.RUNNING,
            )
