"""Whether a command job can run, told while the user still looks."""

import os
from pathlib import Path

from ..entities import CommandSpec, Compute, ComputeType, DataOutput, NotebookSpec, Reason
from ..errors import DataNotFound, UsageError
from ..execution.distribution import process_count, processes_per_instance
from ..execution.substitution import check_references
from ..language import _
from ..schemas.names import check_data_name, data_version_taken
from .asset_rows import has_version
from .command_data import cannot_write
from .data_places import LocalPlaces
from .db import Database
from .paths import DATASTORE, WorkspacePaths
from .sizes import cores_of


def check_command(paths: WorkspacePaths, db: Database, compute: Compute, spec: CommandSpec) -> None:
    """Raises UsageError, DataNotFound, NotSupported, and Conflict for an output's version that is taken."""
    check_references(spec)
    _check_fits(compute, spec)
    if spec.code and not Path(spec.code).is_dir():
        raise DataNotFound(
            _("There is no folder at {path}.", path=spec.code), _("The job's code is a folder; check the key: code.")
        )
    check_data(paths, db, spec)


def check_data(paths: WorkspacePaths, db: Database, spec: CommandSpec | NotebookSpec) -> None:
    """Raises DataNotFound, NotSupported, StorageError, UsageError, and Conflict for a version that is taken."""
    places = LocalPlaces(paths, db)
    for value in spec.data_inputs.values():
        places.check_kind(places.locate(value.path, kind=value.type), value.type, value.path)
    for name, output in spec.outputs.items():
        _check_output(places, db, name, output)


def notes_of(spec: CommandSpec) -> tuple[Reason, ...]:
    """What is kept on record and not done here."""
    notes = []
    if spec.services:
        notes.append(Reason.of("ServicesIgnored", names=", ".join(spec.services)))
    resources = ("instance_type", "max_instance_count", "shm_size", "docker_args", "locations", "properties")
    recorded = {
        **{f"resources.{name}": getattr(spec.resources, name) for name in resources},
        "queue_settings.job_tier": spec.job_tier,
        "identity": spec.identity,
    }
    for name, value in spec.data_inputs.items():
        recorded[f"inputs.{name}.datastore"] = value.datastore
        recorded[f"inputs.{name}.path_on_compute"] = value.path_on_compute
    notes += [Reason.of("RecordedOnly", key=key) for key, value in recorded.items() if value]
    return tuple(notes)


def _check_fits(compute: Compute, spec: CommandSpec) -> None:
    """The processes of a job run at once, one a core."""
    total, local, instances = process_count(spec), processes_per_instance(spec), spec.resources.instance_count
    if compute.type is ComputeType.LOCAL:
        fit = os.cpu_count() or 1
        if max(total, instances) > fit:
            raise _does_not_fit(compute, max(total, instances), fit)
        return
    nodes = 1 if compute.type is ComputeType.COMPUTEINSTANCE else compute.max_nodes
    if instances > nodes:
        raise UsageError(
            _(
                "The job asks for {asked} instances, and {name} has {limit}.",
                asked=instances,
                name=compute.name,
                limit=nodes,
            ),
            _("Lower resources.instance_count, or choose a compute with more nodes."),
        )
    cores = cores_of(compute.size)
    if cores is not None and local > cores:
        raise _does_not_fit(compute, local, cores)


def _does_not_fit(compute: Compute, asked: int, fit: int) -> UsageError:
    return UsageError(
        _(
            "The job asks for {asked} processes at once, and {fit} fit on {name}.",
            asked=asked,
            fit=fit,
            name=compute.name,
        ),
        _("Lower resources.instance_count or the counts of the distribution."),
    )


def _check_output(places: LocalPlaces, db: Database, name: str, output: DataOutput) -> None:
    path = output.path.replace("${{default_datastore}}", DATASTORE)
    if path and places.locate(path).is_web:
        raise cannot_write(name, output.path)
    if output.name:
        check_data_name(output.name, output.version)
        with db.read() as connection:
            if output.version and has_version(connection, output.name, output.version):
                raise data_version_taken(output.name, output.version)
