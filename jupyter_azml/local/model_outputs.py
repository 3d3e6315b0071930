"""Outputs of jobs that are models and are given a name: registered where the job's data is kept, by its worker."""

from contextlib import suppress

from ..entities import DataOutput, DataType, Job, Model, ModelType
from ..errors import ModelNotFound
from .command_data import OutputPlace
from .model_sources import ModelSource
from .paths import WorkspacePaths

_TYPES = {
    DataType.CUSTOM_MODEL: ModelType.CUSTOM,
    DataType.MLFLOW_MODEL: ModelType.MLFLOW,
    DataType.TRITON_MODEL: ModelType.TRITON,
}


def is_model(output: DataOutput) -> bool:
    return output.type in _TYPES


def register_output(paths: WorkspacePaths, job: Job, output: DataOutput, place: OutputPlace) -> None:
    """A version that is taken is counted up, as that of a data asset is. Raises AzmlError, OSError."""
    # Models know of jobs, and jobs of their data: what brings both together is the workspace alone.
    from .workspace import LocalWorkspace

    models = LocalWorkspace(paths.folder).models
    source = ModelSource(place.here, place.here.name, job.name) if place.here else models.sources.reach(place.uri)
    wanted = Model(name=output.name, version=output.version, type=_TYPES[output.type])
    with suppress(ModelNotFound):
        if output.version and models.get(output.name, output.version):
            wanted = wanted.model_copy(update={"version": ""})
    models.register(wanted, source, run=job.name)
