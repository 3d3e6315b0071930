"""The contract against the Azure workspace, through the emulator: endpoints, batch, secrets and connections."""

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.errors import NotSupported
from tests.contract.rig import AzureRig
from tests.contract.suite import batch, changes, endpoints, secrets
from tests.fakes.loopback import SECRET, FixedToken, served


@pytest.fixture
def rig(workspace, tmp_path):
    with served(create_app(workspace, SECRET, tmp_path / "emulator")) as url:
        azure = AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "local", credential=FixedToken(), base_url=url)
        yield AzureRig(azure, workspace.jobs.submit)


class TestChangingTheWorkspace(changes.ChangingTheWorkspace): ...


class TestEndpoints(endpoints.Endpoints): ...


class TestBatchEndpoints(batch.BatchEndpoints): ...


class TestSecrets(secrets.Secrets):
    def test_a_job_that_names_an_unknown_secret_is_refused(self, rig, write_notebook, spec_of):
        """A job in Azure reads the key vault by its own identity, and no secret is handed to it by name."""
        with pytest.raises(NotSupported, match="by name"):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), secrets=("unknown",)))


class TestConnections(secrets.Connections):
    def test_a_job_that_names_an_unknown_connection_is_refused(self, rig, write_notebook, spec_of):
        """The same."""
        with pytest.raises(NotSupported, match="by name"):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), connections=("unknown",)))
