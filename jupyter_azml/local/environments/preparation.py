"""The environment of a job, made ready by its worker."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ...entities import Job, JobStatus, Reason
from ...errors import EnvironmentBuildFailed
from ...execution.cancellation import CanceledError, Cancellation
from ...execution.journal import CellJournal
from ...execution.masking import maskable
from ...schemas.environment import ANONYMOUS
from ..files import write_whole
from ..paths import JobPaths, WorkspacePaths
from ..phases import Phases

_MOST_NAMED = 5


class NotPrepared(Exception):
    """The job ends before it began, as this says."""

    def __init__(self, status: JobStatus, reason: Reason) -> None:
        super().__init__(reason.message)
        self.status = status
        self.reason = reason


def prepare_environment(
    paths: WorkspacePaths, folder: JobPaths, job: Job, phases: Phases, cancellation: Cancellation, mask: Sequence[str]
) -> Path | None:
    """In the job's worker: the Python that is to run it, where that is another one. ``os.environ`` is the job's, and
    is changed so that what the job starts finds that Python, too.

    What is printed goes into the job's log. Raises NotPrepared, OSError.
    """
    if job.environment is None or not job.environment.requirements:
        return None
    from .overlay import Overlays  # most jobs need none

    name, requirements = job.environment.name, job.environment.requirements
    called = {"name": name, **({"how": "anonymous"} if name == ANONYMOUS else {})}
    names = [line for line in requirements if not line.startswith("-")]
    journal = CellJournal(folder.events, folder.std_log, maskable(mask))

    def begun() -> None:
        shown = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
        phases.preparing(Reason.of("EnvironmentBuilding", **called, packages=shown))

    def write(text: str) -> None:
        journal.output("stdout", text)

    try:
        overlays = Overlays(paths.environments)
        overlay = overlays.build(requirements, write, cancellation.check, begun)
        while overlays.keep(requirements) is None:  # somebody has just removed it
            overlay = overlays.build(requirements, write, cancellation.check, begun)
    except CanceledError:
        raise NotPrepared(JobStatus.CANCELED, Reason.of("CanceledByUser")) from None
    except EnvironmentBuildFailed as error:
        reason = Reason.of("EnvironmentFailed", **called, package=error.package, detail=error.detail)
        journal.output("stderr", reason.message + "\n")
        raise NotPrepared(JobStatus.FAILED, reason) from None
    finally:
        journal.close()
    write_whole(folder.environment, json.dumps({"packages": overlay.packages}))
    os.environ["VIRTUAL_ENV"] = str(overlay.python.parent.parent)
    before = (str(overlay.python.parent), os.path.dirname(os.path.abspath(sys.executable)))
    os.environ["PATH"] = os.pathsep.join((*before, os.environ.get("PATH", os.defpath)))
    return overlay.python
