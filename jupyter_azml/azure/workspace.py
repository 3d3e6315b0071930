"""An Azure Machine Learning workspace behind the port."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from azure.core.credentials import TokenCredential

from ..arm import WorkspaceId, workspace_from_arm
from ..arm.workspaces import describe
from ..entities import WorkspaceInfo
from ..errors import NotFound, NotSupported, WorkspaceNotFound
from ..language import _
from ..workspace import Workspace
from .api import RegionalApi
from .assets import Assets
from .batch import AzureBatchEndpoints
from .client import CLOUD, ArmClient
from .code import AzureCode
from .computes import AzureComputes
from .connections import AzureConnections
from .data import AzureData
from .datastores import AzureDatastores
from .endpoints import AzureEndpoints
from .environments import AzureEnvironments
from .errors import unreadable
from .experiments import AzureExperiments
from .facts import WorkspaceFacts
from .job_files import STORE as ARTIFACT_STORE
from .job_files import JobFiles
from .jobs import AzureJobs
from .models import AzureModels
from .monitoring import AzureMonitoring
from .paths import path_to
from .roles import AzureRoles
from .secrets import AzureSecrets
from .submission import Submission
from .tracking import AzureTracking

CAPABILITIES = (
    *("jobs.submit", "jobs.cancel", "jobs.events", "jobs.files", "jobs.archive", "jobs.delete", "jobs.snapshot"),
    *("computes.create", "data", "environments", "models"),
)


class AzureWorkspace(Workspace):
    """Making one asks nothing of the network: the first call signs in."""

    def __init__(
        self,
        subscription_id: str,
        resource_group: str,
        workspace_name: str,
        *,
        credential: TokenCredential | None = None,
        base_url: str = CLOUD,
    ) -> None:
        """Without a credential, azure-identity's DefaultAzureCredential. Raises UsageError for http to another
        machine.
        """
        self._id = WorkspaceId(subscription_id, resource_group, workspace_name)
        self._client = ArmClient(base_url, credential)
        facts = WorkspaceFacts(self._client, self._id)
        self.computes = AzureComputes(self._client, self._id, facts)
        self.datastores = AzureDatastores(self._client, self._id)
        self.data = AzureData(self._client, self._id, self.datastores)
        self.environments = AzureEnvironments(self._client, self._id, self.datastores)
        self.models = AzureModels(self._client, self._id, self.datastores, self.data)
        code = AzureCode(self._client, self._id, partial(self.datastores.store_beside, ARTIFACT_STORE))
        api, files = RegionalApi(self._client, self._id, facts), JobFiles(self.datastores)
        submission = Submission(self._id, code, self.computes, self.environments, self.data)
        self.jobs = AzureJobs(self._client, self._id, api, files, code, submission)
        self.experiments = AzureExperiments(self.jobs)
        self.tracking = AzureTracking(api, facts, files)
        assets = Assets(self.models, self.environments, code.upload)
        self.endpoints = AzureEndpoints(self._client, self._id, facts, assets)
        self.batch_endpoints = AzureBatchEndpoints(self._client, self._id, facts, assets, self.jobs, self.data.bring)
        self.monitoring = AzureMonitoring(self._client, self._id, self.endpoints)
        self.connections = AzureConnections(self._client, self._id)
        self.secrets = AzureSecrets(self._client, facts)
        self.roles = AzureRoles(self._client, self._id)

    def info(self) -> WorkspaceInfo:
        return describe(self._id, CAPABILITIES)

    def ml_client(self) -> Any:
        """Signed in as we are, and told to send no telemetry."""
        try:
            from azure.ai.ml import MLClient
        except ImportError:
            raise NotSupported(_("azure-ai-ml is not installed."), _("Install it: pip install azure-ai-ml")) from None
        words = (self._id.subscription, self._id.resource_group, self._id.name)
        return MLClient(self._client.credential, *words, enable_telemetry=False)

    def check(self) -> WorkspaceInfo:
        """Asks Azure for the workspace, so that a mistyped name or a missing sign-in shows when attaching.

        Raises NotSignedIn, WorkspaceNotFound, ServiceError.
        """
        try:
            return workspace_from_arm(self._client.get(path_to(self._id)), CAPABILITIES)
        except NotFound as error:
            if type(error) is not NotFound:
                raise
            raise WorkspaceNotFound(
                _("There is no workspace named {name}.", name=self._id.name),
                _("Check the subscription, the resource group and the workspace's name."),
            ) from None
        except ValueError:
            raise unreadable() from None

    def update(self, *, description: str | None = None, tags: Mapping[str, str] | None = None) -> WorkspaceInfo:
        said: dict[str, Any] = {} if tags is None else {"tags": dict(tags)}
        changes = said | ({} if description is None else {"properties": {"description": description}})
        answer = self._client.patch(path_to(self._id), changes)
        # One that takes its time answers without the workspace.
        return workspace_from_arm(answer, CAPABILITIES) if answer.get("id") else self.check()
