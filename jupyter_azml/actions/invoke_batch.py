"""A batch invocation from what the command line says: data by any of its names, and settings for this one time."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..entities import BatchDeployment, BatchSettings, DataInput, DataOutput, DataType, Job
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace


def invoke_batch(
    workspace: Workspace,
    endpoint: str,
    path: str,
    *,
    kind: str | None = None,
    deployment: str | None = None,
    changes: dict[str, Any] | None = None,
    output_path: str | None = None,
    job_name: str | None = None,
    experiment: str = "",
) -> Job:
    """``path`` of this machine begins from the working directory; ``changes`` are fields of ``BatchSettings``.

    Raises UsageError, EndpointNotFound, DeploymentNotFound, DataNotFound.
    """
    found = workspace.batch_endpoints.get(endpoint)
    place = Path(path).expanduser().absolute()
    path = str(place) if place.exists() else path
    if kind is None:
        kind = DataType.URI_FOLDER if workspace.data.stat(path).is_folder else DataType.URI_FILE
    chosen = deployment or found.default_deployment
    settings = None
    if changes and chosen:
        settings = _changed(workspace.batch_endpoints.deployments.get(endpoint, chosen), changes)
    return workspace.batch_endpoints.invoke(
        endpoint,
        DataInput(type=DataType(kind), path=path),
        deployment=deployment,
        settings=settings,
        output=DataOutput(path=output_path) if output_path else None,
        job_name=job_name,
        experiment=experiment,
    )


def _changed(deployment: BatchDeployment, changes: dict[str, Any]) -> BatchSettings:
    try:
        return BatchSettings.model_validate({**deployment.settings.model_dump(), **changes})
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(
            _("{name}: {detail}", name=".".join(map(str, fault["loc"])), detail=fault["msg"]),
            _("See: azml batch-endpoint invoke --help"),
        ) from error
