"""Data, environments and models against a service that answers as Azure does, without what our emulator adds."""

import json

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.entities import DataAsset, Environment, Model
from jupyter_azml.errors import (
    Conflict,
    DataNotFound,
    DatastoreNotFound,
    EnvironmentNotFound,
    ModelNotFound,
    ServiceError,
    UsageError,
)

from ..fakes.loopback import FixedToken, Stage, served

W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
PLACE = "azureml://datastores/raw/paths/a"


class Service:
    """What was PUT is there; all else is 404, in the service's own words."""

    def __init__(self) -> None:
        self.things, self.puts, self.asked = {}, [], []
        self.answers = {}
        """For a path: what is answered instead, (status, body), each once."""

    async def __call__(self, scope, receive, send) -> None:
        path, method = scope["raw_path"].decode().removeprefix(W), scope["method"]
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.asked.append((method, path))
        if queued := self.answers.get((method, path)):
            status, answer = queued.pop(0)
        else:
            status, answer = self._answer(method, path, body)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _answer(self, method, path, body):
        if method == "PUT":
            sent = json.loads(body)
            self.puts.append((path, sent))
            # What is the service's to say stays, whoever leaves it out.
            own = {"latestVersion": "1"} if path.count("/") == 2 else {}
            sent = {**sent, "properties": {**sent["properties"], **own}}
            self.things[path] = {"id": W + path, "name": path.rpartition("/")[2], **sent}
            return 200, self.things[path]
        if path in self.things:
            return 200, self.things[path]
        below = [thing for name, thing in self.things.items() if name.rpartition("/")[0] == path]
        if below:
            return 200, {"value": below[::-1]}
        return 404, {"error": {"code": "UserError", "message": "Not found."}}


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def service(stage):
    stage.app = Service()
    return stage.app


@pytest.fixture
def azure(stage, service):
    return AzureWorkspace("s", "g", "w", credential=FixedToken(), base_url=stage.url)


def put(service, path, **properties):
    service.things[path] = {"id": W + path, "name": path.rpartition("/")[2], "properties": properties}


def test_what_is_not_there_is_named_though_the_service_says_no_name(azure):
    for call, kind in (
        (lambda: azure.data.get("nobody"), DataNotFound),
        (lambda: azure.data.get("nobody", "1"), DataNotFound),
        (lambda: azure.data.get("nobody", label="prod"), DataNotFound),
        (lambda: azure.data.list("nobody"), DataNotFound),
        (lambda: azure.data.archive("nobody"), DataNotFound),
        (lambda: azure.models.get("nobody"), ModelNotFound),
        (lambda: azure.models.find("azureml:nobody:1"), ModelNotFound),
        (lambda: azure.models.delete("nobody"), ModelNotFound),
        (lambda: azure.environments.get("nobody"), EnvironmentNotFound),
        (lambda: azure.environments.restore("nobody", "1"), EnvironmentNotFound),
    ):
        with pytest.raises(kind, match="nobody") as error:
            call()
        assert error.value.hint


def test_a_datastore_of_a_kind_without_a_word_here_is_in_no_list(azure, service):
    put(service, "/datastores/lake", datastoreType="OneLake")
    put(service, "/datastores/raw", datastoreType="AzureBlob", accountName="a", containerName="c")
    assert [each.name for each in azure.datastores.list().items] == ["raw"]
    with pytest.raises(ServiceError):
        azure.datastores.get("lake")
    with pytest.raises(DatastoreNotFound, match=r"no datastore named row.\nThere is: raw"):
        azure.datastores.get("row")


def test_names_that_no_path_can_hold_lead_nowhere(azure, service):
    for name in ("..", ".", "", "a/../../b"):
        with pytest.raises(DataNotFound):
            azure.data.get(name, "1")
    assert not [path for _method, path in service.asked if ".." in path.split("/")]


def test_an_update_sends_back_what_we_have_no_word_for(azure, service):
    put(service, "/data/rows", latestVersion="1", nextVersion="2", isArchived=False, theirs={"a": 1})
    put(
        service,
        "/data/rows/versions/1",
        dataUri=PLACE,
        dataType="uri_file",
        stage="x",
        autoDeleteSetting={"value": "3d"},
        tags={"old": "1"},
    )
    azure.data.update("rows", "1", tags={"a": "b"})
    (path, sent), *_rest = service.puts
    assert path == "/data/rows/versions/1"
    assert sent["properties"] == {
        "dataUri": PLACE,
        "dataType": "uri_file",
        "stage": "x",
        "autoDeleteSetting": {"value": "3d"},
        "tags": {"a": "b"},
    }
    assert azure.data.update("rows", "1", label="prod").labels == ("prod", "latest")
    assert service.puts[-1][1]["properties"]["theirs"] == {"a": 1}
    assert azure.data.get("rows", label="PROD").version == "1"


def test_a_number_that_another_client_took_meanwhile_is_counted_on(azure, service):
    put(service, "/data/rows", nextVersion="4")
    taken = {"error": {"code": "UserError", "message": "exists"}}
    service.answers["PUT", "/data/rows/versions/4"] = [(409, taken), (409, taken)]
    made = azure.data.create(DataAsset(name="rows", path="https://example.org/a.csv", type="uri_file"))
    assert made.version == "4"
    service.answers["PUT", "/data/rows/versions/4"] = [(409, taken)] * 9
    with pytest.raises(Conflict):
        azure.data.create(DataAsset(name="rows", path="https://example.org/a.csv", type="uri_file"))


def test_a_version_that_is_there_is_not_sent_again(azure, service):
    put(service, "/data/rows/versions/1", dataUri=PLACE)
    with pytest.raises(Conflict, match="never changes"):
        azure.data.create(DataAsset(name="rows", version="1", path="https://example.org/a.csv", type="uri_file"))
    put(service, "/models/m/versions/1", modelUri=PLACE)
    with pytest.raises(Conflict, match="never change"):
        azure.models.create_or_update(Model(name="m", version="1", path="runs:/j/m"))
    put(service, "/environments/e/versions/1", image="x")
    with pytest.raises(Conflict, match="other content"):
        azure.environments.create_or_update(Environment(name="e", version="1", image="y"))
    assert azure.environments.create_or_update(Environment(name="e", version="1", image="x")).image == "x"
    assert service.puts == []


def test_a_place_on_this_machine_is_refused_before_anything_is_asked(azure, service, tmp_path):
    with pytest.raises(UsageError, match="on this machine"):
        azure.data.create(DataAsset(name="rows", path=str(tmp_path)))
    with pytest.raises(UsageError, match="signature") as error:
        azure.data.create(DataAsset(name="rows", path="https://a.blob.core.windows.net/c?sig=c2VjcmV0"))
    assert "c2VjcmV0" not in str(error.value)
    assert service.puts == []


def test_aliases_and_stages_lead_to_a_version_of_a_model(azure, service):
    put(service, "/models/m", properties={"azml.labels": '{"champion": "1"}', "theirs": "x"}, latestVersion="2")
    put(service, "/models/m/versions/1", modelUri=PLACE, flavors=None)
    put(service, "/models/m/versions/2", modelUri=PLACE, stage="Production")
    assert azure.models.get("m", label="Champion").aliases == ("champion",)
    assert azure.models.get("m", label="production").version == "2"
    with pytest.raises(ModelNotFound, match="It has the aliases: champion"):
        azure.models.get("m", label="challenger")
    azure.models.set_alias("m", "champion", "2")
    sent = service.puts[-1][1]["properties"]["properties"]
    assert sent == {"azml.labels": '{"champion": "2"}', "theirs": "x"}


@pytest.mark.parametrize("body", [b"<html>sign in</html>", b"[]", b"{}", b'{"properties": null}', b'{"value": 3}'])
def test_an_answer_that_is_none_of_the_services_says_so(azure, service, body):
    service.answers["GET", "/data/rows/versions/1"] = [(200, body)]
    with pytest.raises(ServiceError):
        azure.data.get("rows", "1")
    service.answers["GET", "/datastores/raw"] = [(200, body)]
    with pytest.raises(ServiceError):
        azure.datastores.get("raw")


def test_a_registry_is_asked_where_it_says_it_is_and_no_token_goes_to_a_stranger(azure, service, stage):
    discovery = "/registrymanagement/v1.0/registries/shared/discovery"
    told = {"registryName": "shared", "subscriptionId": "x", "resourceGroup": "y"}
    service.things[discovery] = {**told, "primaryRegionResourceProviderUri": f"{stage.url}/"}
    path = (
        "/mferp/managementfrontend/subscriptions/x/resourceGroups/y"
        "/providers/Microsoft.MachineLearningServices/registries/shared/models/m/versions/3"
    )
    identity = "azureml://registries/shared/models/m/versions/3"
    service.things[path] = {"id": identity, "properties": {"modelUri": "https://a/b"}}
    found = azure.models.find("azureml://registries/shared/models/m/versions/3")
    assert (found.name, found.version, found.path) == ("m", "3", "https://a/b")
    with pytest.raises(UsageError, match="names no model"):
        azure.models.find("azureml://registries/shared/components/c/versions/1")
    service.things["/registrymanagement/v1.0/registries/evil/discovery"] = {
        **told,
        "primaryRegionResourceProviderUri": "https://evil.example.org/",
    }
    with pytest.raises(ServiceError):
        azure.models.find("azureml://registries/evil/models/m/versions/3")
