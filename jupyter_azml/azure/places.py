"""Where a name of data leads, in an Azure ML workspace."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from .. import settings
from ..arm import WorkspaceId
from ..arm.data_uris import short_uri
from ..arm.shape import mapping
from ..entities import AssetName, DataAsset, JobPath, RunPath
from ..errors import DataNotFound, JobNotFound, NotFound
from ..language import _
from ..storage.places import Places
from .client import ArmClient
from .datastores import AzureDatastores
from .paths import path_to

ARTIFACTS = "azureml://datastores/workspaceartifactstore/paths/ExperimentRun/dcid."
"""Before a run's name: where the service keeps what the run has left."""


class AzurePlaces(Places):
    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        datastores: AzureDatastores,
        find: Callable[[AssetName], DataAsset],
    ) -> None:
        copies = settings.copies_folder() / f"{workspace.name}-{hash_of(workspace)}"
        super().__init__(datastores, workspace.name, copies)
        self._client = client
        self._id = workspace
        self._find = find

    def _asset(self, address: AssetName, until: datetime | None) -> str:
        return self._find(address).path

    def _output(self, address: JobPath) -> str:
        """The service writes down where a named output lies, at the latest when the job has ended."""
        try:
            job = self._client.get(path_to(self._id, "jobs", address.job))
        except NotFound as error:
            if type(error) is not NotFound:
                raise
            raise JobNotFound(
                _("There is no job named {name}.", name=address.job), _("`azml job list` shows the jobs.")
            ) from None
        name = str(job.get("name") or address.job)
        outputs = mapping(mapping(job.get("properties")).get("outputs"))
        said = mapping(outputs.get(address.output)).get("uri")
        if address.output in ("artifacts", "default") and not (address.output == "default" and said):
            return _joined(f"{ARTIFACTS}{name}", address.path)
        if address.output not in outputs:
            raise _no_output(name, address.output, ["artifacts", *map(str, outputs)])
        uri = short_uri(str(said), self._id.name) if said else _default_place(name, address.output)
        return _joined(uri, address.path)

    def _artifact(self, address: RunPath) -> str:
        return _joined(f"{ARTIFACTS}{address.run}", address.path)


def hash_of(workspace: WorkspaceId) -> str:
    return hashlib.sha256(str(workspace).lower().encode()).hexdigest()[:12]


def _default_place(job: str, output: str) -> str:
    return f"azureml://datastores/workspaceblobstore/paths/azureml/{job}/{output}"


def _joined(uri: str, path: str) -> str:
    return f"{uri.rstrip('/')}/{path}" if path else uri.rstrip("/")


def _no_output(job: str, output: str, names: list[str]) -> DataNotFound:
    return DataNotFound(
        _("The job {name} has no output named {output}.", name=job, output=output),
        _("It has: {names}", names=", ".join(names)),
    )
