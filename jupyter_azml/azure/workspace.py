"""An Azure Machine Learning workspace behind the port."""

from azure.core.credentials import TokenCredential

from ..arm import WorkspaceId, workspace_from_arm
from ..arm.workspaces import describe
from ..entities import WorkspaceInfo
from ..errors import NotFound, WorkspaceNotFound
from ..language import _
from ..workspace import Workspace
from .absent import AzureConnections, AzureData, AzureDatastores, AzureEnvironments, AzureSecrets, AzureTracking
from .batch import AzureBatchEndpoints
from .client import CLOUD, ArmClient
from .computes import AzureComputes
from .endpoints import AzureEndpoints
from .errors import unreadable
from .experiments import AzureExperiments
from .jobs import AzureJobs
from .models import AzureModels
from .monitoring import AzureMonitoring
from .paths import path_to

CAPABILITIES = ("jobs.cancel", "jobs.events")


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
        self.jobs = AzureJobs(self._client, self._id)
        self.computes = AzureComputes(self._client, self._id)
        self.experiments = AzureExperiments()
        self.datastores = AzureDatastores()
        self.data = AzureData()
        self.environments = AzureEnvironments()
        self.models = AzureModels()
        self.endpoints = AzureEndpoints()
        self.batch_endpoints = AzureBatchEndpoints()
        self.monitoring = AzureMonitoring()
        self.connections = AzureConnections()
        self.secrets = AzureSecrets()
        self.tracking = AzureTracking()

    def info(self) -> WorkspaceInfo:
        return describe(self._id, CAPABILITIES)

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
