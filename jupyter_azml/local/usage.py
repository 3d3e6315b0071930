"""What a job takes of the machine, among its metrics."""

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count

from .. import settings
from ..execution.usage import Sample, sampled
from ..tracking.journal import Journal
from ..tracking.paths import TrackingPaths
from .paths import WorkspacePaths


def usage_noted(paths: WorkspacePaths, job: str, process: Callable[[], int | None]) -> AbstractContextManager[None]:
    """While it is entered. ``process``: see ``execution/usage.py``."""
    numbers, journals = count(), list[Journal]()

    def note(sample: Sample) -> None:
        if not journals:
            journals.append(Journal(TrackingPaths(paths.folder).run(job), {}, 0, 0))
        step, now = next(numbers), int(time.time() * 1000)
        points = ({"key": key, "value": value, "step": step, "timestamp": now} for key, value in sample.items())
        journals[0].add_points("".join(json.dumps(point) + "\n" for point in points).encode("ascii"))

    return sampled(process, str(paths.folder), settings.usage_seconds(), note)
