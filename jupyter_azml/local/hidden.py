"""True values of parameters that a job's records show as asterisks, kept until the job has ended.

In files of the user's alone, whatever the workspace's secrets are kept in: a job that has waited through the night must
start without anybody there to unlock a keyring. The job's own folder, which others may browse, has none of it.
"""

import json
import time
from typing import Any

from ..entities import JobSpec, JobStatus, NotebookSpec
from ..entities.secrecy import HIDDEN, hidden_values, hide
from ..errors import SecretNotFound, UsageError
from ..language import _
from .db import Database
from .paths import WorkspacePaths
from .secret_store import private_files

UNCLAIMED = 24 * 3600
"""Seconds after which values are given up whose job was never written down: its client ended in between."""

_KEY = "job-"


def split_hidden(spec: JobSpec) -> tuple[JobSpec, dict[str, Any]]:
    """The specification as it may be written down, and the parameters as they were.

    Raises UsageError for asterisks that stand for a value: a record was submitted again.
    """
    if not isinstance(spec, NotebookSpec):
        return spec, {}
    marked, given = spec.secret_parameters, spec.parameters
    true = {name: value for name, value in given.items() if hidden_values({name: value}, marked)}
    for name, value in true.items():
        if HIDDEN in hidden_values({name: value}, marked):
            raise UsageError(
                _("The value of {name} is not known: what was kept of it are asterisks.", name=name),
                _("Give it again, as in: --set parameters.{name}=VALUE or -p {name} VALUE", name=name),
            )
    if not true:
        return spec, {}
    shown = {"parameters": hide(given, marked), "secret_parameters": tuple(sorted({*marked, *true}))}
    return spec.model_copy(update=shown), true


def keep_hidden(paths: WorkspacePaths, job: str, values: dict[str, Any]) -> None:
    if values:
        private_files(paths).put(_key(job), json.dumps(values))


def with_hidden(paths: WorkspacePaths, job: str, spec: NotebookSpec) -> NotebookSpec:
    """The specification as it was submitted. Raises SecretNotFound."""
    if HIDDEN not in hidden_values(spec.parameters, spec.secret_parameters):
        return spec
    kept = private_files(paths).get(_key(job))
    if kept is None:
        raise SecretNotFound(
            _("The values of these parameters are no longer kept: {names}", names=", ".join(spec.secret_parameters)),
            _("Submit the job again."),
        )
    return spec.model_copy(update={"parameters": spec.parameters | json.loads(kept)})


def forget_hidden(paths: WorkspacePaths, job: str) -> None:
    paths.secret(_key(job)).unlink(missing_ok=True)


def forget_of_ended(paths: WorkspacePaths, db: Database) -> None:
    """What an agent that died at the wrong moment has left."""
    with db.read() as connection:
        for file in paths.secrets.glob(f"{_KEY}*.value"):
            name = file.stem.removeprefix(_KEY)
            row = connection.execute("SELECT status FROM jobs WHERE name = ?", (name,)).fetchone()
            if JobStatus(row["status"]).is_terminal if row else time.time() - file.stat().st_mtime > UNCLAIMED:
                file.unlink(missing_ok=True)


def _key(job: str) -> str:
    return _KEY + job.lower()
