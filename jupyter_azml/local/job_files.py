"""What jobs and MLflow's runs have written, by the address that it has."""

from pathlib import Path

from ..entities import JobPath, RunPath
from ..errors import DataNotFound, JobNotFound
from ..language import _
from ..tracking.paths import TrackingPaths
from .db import Database
from .paths import WorkspacePaths
from .records import load_job

_LOGS = ("user_logs", "azureml-logs", "logs")


def output_of_job(paths: WorkspacePaths, db: Database, address: JobPath) -> str:
    """A path of this machine, or ``azureml://datastores/…``. Raises JobNotFound, DataNotFound."""
    with db.read() as connection:
        row = connection.execute("SELECT * FROM jobs WHERE name = ?", (address.job,)).fetchone()
    if row is None:
        raise JobNotFound(_("There is no job named {name}.", name=address.job), _("See: azml job list"))
    job = load_job(row)
    if address.output in ("artifacts", "default") and address.output not in (set(job.outputs) - {"default"}):
        return str(_artifact(paths, job.name, address.path))
    output = job.outputs.get(address.output)
    if output is None:
        raise DataNotFound(
            _("The job {name} has no output named {output}.", name=job.name, output=address.output),
            _("It has: {names}", names=", ".join(["artifacts", *job.outputs])),
        )
    place = output.uri or str(paths.job(job.name).folder / output.path)
    return f"{place.rstrip('/')}/{address.path}" if address.path else place


def run_artifact(paths: WorkspacePaths, address: RunPath) -> Path:
    """Raises DataNotFound."""
    if "/" in address.run or address.run in (".", ".."):
        raise _no_run(address.run)
    if paths.job(address.run).folder.is_dir():
        return _artifact(paths, address.run, address.path)
    artifacts = TrackingPaths(paths.folder).artifacts
    for experiment in artifacts.iterdir() if artifacts.is_dir() else ():
        if (place := experiment / address.run / "artifacts").is_dir():
            return _inside(place, address.path)
    raise _no_run(address.run)


def _artifact(paths: WorkspacePaths, job: str, path: str) -> Path:
    """In Azure what MLflow was given, ``outputs/`` and the logs are one store of artifacts."""
    folder = paths.job(job)
    first, _slash, rest = path.partition("/")
    if first == "outputs":
        return _inside(folder.outputs, rest)
    if first in _LOGS:
        return _inside(folder.logs, rest if first == "logs" else path)
    logged = _inside(folder.artifacts, path)
    return logged if path and logged.exists() else _inside(folder.outputs, path)


def _inside(root: Path, path: str) -> Path:
    found = (root / path).resolve()
    if not found.is_relative_to(root.resolve()):
        raise DataNotFound(_("{path} leads out of the place that it names.", path=path), _("Name a file inside it."))
    return found


def _no_run(run: str) -> DataNotFound:
    return DataNotFound(
        _("There is no run {name} with artifacts.", name=run), _("A job's run has the job's name. See: azml job list")
    )
