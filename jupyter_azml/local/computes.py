"""The compute of a local workspace: this machine."""

import os

from ..entities import Compute, ComputeState, ComputeType, Page
from ..errors import ComputeNotFound
from ..language import _
from ..workspace import ComputesOperations
from .db import Database
from .records import active_rows

LOCAL = "local"


def node_count(compute: str) -> int:
    """How many jobs run at once on it: one a core."""
    return os.cpu_count() or 1


class LocalComputes(ComputesOperations):
    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Compute]:
        return Page[Compute](items=(self._local(),))

    def get(self, name: str) -> Compute:
        # Azure runs a job that names "serverless" on nodes of its own choice; here there is one choice.
        if name.removeprefix("azureml:").lower() not in (LOCAL, "serverless"):
            raise ComputeNotFound(
                _("There is no compute named {name}.", name=name),
                _("It has: {names}. Leave --compute out to run on this machine.", names=LOCAL),
            )
        return self._local()

    def _local(self) -> Compute:
        with self._db.read() as connection:
            busy = sum(row["status"] != "Queued" for row in active_rows(connection))
        return Compute(
            name=LOCAL,
            type=ComputeType.LOCAL,
            state=ComputeState.RUNNING,
            max_nodes=node_count(LOCAL),
            busy_nodes=busy,
            description=_("This machine: as many jobs at once as it has cores."),
        )
