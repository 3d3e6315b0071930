"""What the contract says of files, through the emulator with Azurite as the storage: by key, by signature, signed in.

The client goes there itself, as it goes to an account in Azure, and so does the local workspace behind the emulator.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from azure.core.credentials import AccessToken
from azure.storage.blob import BlobServiceClient, ContainerSasPermissions, generate_container_sas
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.emulator.entra import ManagedIdentity
from jupyter_azml.emulator.tokens import Issuer, audience_of
from jupyter_azml.entities import CredentialsType, DataAsset, Datastore, DatastoreType
from tests.azurite.server import ACCOUNT, KEY, served_encrypted
from tests.contract.rig import AzureRig
from tests.contract.suite import data, datastores
from tests.fakes.loopback import SECRET, served


class Person:
    """Whoever is signed in, by tokens that Azurite reads as Entra's."""

    def get_token(self, *scopes, **options):
        return AccessToken(Issuer(SECRET).issue(audience_of(scopes[0])), 4102444800)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("azurite")
    with served_encrypted(folder) as address:
        yield address, folder / "authority.pem"


@pytest.fixture
def rig(workspace, tmp_path, encrypted, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(encrypted[1]))
    identity = Route("/msi/token", ManagedIdentity(Issuer(SECRET), SECRET).token)
    with served(Starlette(routes=[identity, Mount("/", create_app(workspace, SECRET, tmp_path))])) as url:
        # The workspace behind the emulator is signed in by the machine's identity.
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{url}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", SECRET)
        azure = AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "local", credential=Person(), base_url=url)
        yield AzureRig(azure, workspace.jobs.submit)


@pytest.fixture(params=["key", "sas", "identity"])
def blob_datastore(request, encrypted, monkeypatch):
    address, authority = encrypted
    service = BlobServiceClient(
        address, credential={"account_name": ACCOUNT, "account_key": KEY}, connection_verify=str(authority)
    )
    name = service.create_container(f"c{uuid4().hex[:12]}").container_name
    permission = ContainerSasPermissions(read=True, write=True, create=True, delete=True, list=True, tag=True)
    lasts = datetime.now(UTC) + timedelta(hours=1)
    kind, credentials = {
        "key": (CredentialsType.ACCOUNT_KEY, {"account_key": KEY}),
        "sas": (
            CredentialsType.SAS,
            {"sas_token": generate_container_sas(ACCOUNT, name, KEY, permission=permission, expiry=lasts)},
        ),
        "identity": (CredentialsType.NONE, {}),
    }[request.param]
    blob = DatastoreType.AZURE_BLOB
    return Datastore(name=name, type=blob, endpoint=address, container_name=name, credentials=kind), credentials


class TestBlobDatastores(datastores.BlobDatastores): ...


class TestBlobData(data.BlobData):
    # Jobs of a datastore that only this machine reaches are the local workspace's, and tested there.
    test_jobs_read_and_write_it = None
    test_a_notebook_reads_and_writes_it = None
    test_an_output_that_is_refused_says_why = None

    def test_an_asset_is_kept_in_the_datastore_that_is_asked_for(self, rig, raw, workspace, encrypted, tmp_path):
        """The service does not look for assets when a datastore is deleted."""
        assert raw.endpoint == encrypted[0], "the emulator leads there, and does not stand in between"
        asset = rig.workspace.data.upload(DataAsset(name="p", path=str(tmp_path / "project")), datastore=raw.name)
        assert asset.path.startswith(f"azureml://datastores/{raw.name}/paths/LocalUpload/")
        assert rig.workspace.data.open(f"{asset.path}/one.txt").read() == b"one\n"
        assert workspace.data.open(f"{asset.path}/one.txt").read() == b"one\n", "behind the emulator, too"
