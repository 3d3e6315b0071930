"""The emulator answers as Azure ML's REST API does, to those who know its secret."""

import pytest
import requests

from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.emulator.guard import Guard
from jupyter_azml.entities import Compute, ComputeState, ComputeType, JobStatus

from ..fakes.loopback import SECRET, Stage, served
from ..fakes.workspace import FakeWorkspace, make_job

W = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}"
    "/providers/Microsoft.MachineLearningServices/workspaces/fake"
)


@pytest.fixture
def behind():
    return FakeWorkspace([make_job(f"j{number}") for number in range(5)])


class Client(requests.Session):
    """Takes paths as well as links, and sends what every client of Azure ML sends."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.trust_env = False
        self.headers["Authorization"] = f"Bearer {SECRET}"
        self.params = {"api-version": "2024-10-01"}

    def request(self, method, url, **options):
        if not url.startswith(self.url):
            return super().request(method, self.url + url, **options)
        # A link is complete.
        with requests.Session() as plain:
            plain.trust_env = False
            return plain.request(method, url, headers=self.headers)


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def client(behind, stage, tmp_path):
    stage.app = create_app(behind, SECRET, tmp_path, page_size=2)
    with Client(stage.url) as client:
        yield client


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", f"Basic {SECRET}", f"Bearer {SECRET}x", "Bearer é"]
)
@pytest.mark.parametrize("path", [W, f"{W}/jobs", "/", "/nowhere"])
def test_nothing_is_told_to_those_who_do_not_know_the_secret(client, authorization, path):
    del client.headers["Authorization"]
    headers = {} if authorization is None else {"Authorization": authorization.encode()}

    answer = client.get(path, headers=headers)

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] in ("AuthenticationFailed", "InvalidAuthenticationToken")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert SECRET not in answer.text


def test_an_empty_secret_is_refused():
    with pytest.raises(ValueError, match="empty secret"):
        Guard(None, "")


@pytest.mark.parametrize("version", ["2024-10-01", "2025-01-01-preview"])
def test_any_api_version_will_do(client, version):
    client.params = {"api-version": version}

    assert client.get(W).status_code == 200


def test_an_api_version_is_required(client):
    client.params = {}

    answer = client.get(W)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "MissingApiVersionParameter"


def test_the_workspace_has_an_id_that_leads_back_to_it(client):
    found = client.get(W).json()

    assert found["id"] == W
    assert client.get(found["id"]).json() == found


@pytest.mark.parametrize("path", [W.upper(), W.lower(), W.replace("resourceGroups", "resourcegroups")])
def test_the_case_of_a_path_does_not_matter(client, path):
    assert client.get(f"{path}/jobs/J0").json()["name"] == "j0"


def test_what_stands_behind_the_workspace_has_one_key_and_no_faults(client):
    keys = client.post(f"{W}/listKeys").json()
    assert keys["userStorageKey"]
    assert keys["userStorageResourceId"] == client.get(W).json()["properties"]["storageAccount"]
    begun = client.post(f"{W}/resyncKeys")
    assert begun.status_code == 202
    assert client.get(begun.headers["Azure-AsyncOperation"]).json()["status"] == "Succeeded"
    assert not any(client.post(f"{W}/diagnose").json()["value"].values())
    for path in ("provisionManagedNetwork", "models/churn/versions/1/package"):
        refused = client.post(f"{W}/{path}", json={})
        assert (refused.status_code, "no networks" in refused.text) == (501, True)


def test_a_list_is_followed_by_its_next_links(client):
    seen, link = [], f"{W}/jobs"
    while link:
        page = client.get(link).json()
        seen.append([job["name"] for job in page["value"]])
        link = page.get("nextLink")

    assert seen == [["j0", "j1"], ["j2", "j3"], ["j4"]]


def test_a_filter_is_refused_rather_than_passed_over(client):
    answer = client.get(f"{W}/computes", params={"tag": "team"})

    assert answer.status_code == 501
    assert answer.json()["error"]["code"] == "UserError"
    assert '"NotSupported"' in answer.text


def test_a_cancel_is_accepted_and_ends_when_the_job_does(client, behind):
    accepted = client.post(f"{W}/jobs/j1/cancel")
    waiting = client.get(accepted.headers["Location"])
    behind.jobs.put(make_job("j1", JobStatus.CANCELED))
    done = client.get(waiting.headers["Location"])

    assert (accepted.status_code, waiting.status_code, done.status_code) == (202, 202, 200)
    assert client.get(f"{W}/jobs/j1").json()["properties"]["status"] == "Canceled"


def test_computes_are_served(client):
    assert [compute["name"] for compute in client.get(f"{W}/computes").json()["value"]] == ["local"]
    assert client.get(f"{W}/computes/local").json()["properties"]["computeType"] == "AmlCompute"


def test_a_compute_is_made_shown_and_removed(client):
    body = {
        "location": "local",
        "properties": {
            "computeType": "AmlCompute",
            "properties": {
                "vmSize": "Standard_DS3_v2",
                "scaleSettings": {"maxNodeCount": 2, "minNodeCount": 0, "nodeIdleTimeBeforeScaleDown": "PT2M"},
                "osType": "Linux",
                "userAccountCredentials": {"adminUserName": "ada", "adminUserPassword": "of ada"},
            },
        },
        "identity": {"type": "SystemAssigned"},
    }

    made = client.put(f"{W}/computes/cpu", json=body)

    assert made.status_code == 200
    assert made.json()["properties"]["provisioningState"] == "Succeeded"
    found = client.get(f"{W}/computes/cpu").json()
    # What a machine here has no use for is told back, but for secrets.
    assert found["identity"] == {"type": "SystemAssigned"}
    assert found["properties"]["properties"]["userAccountCredentials"] == {"adminUserName": "ada"}
    assert found["properties"]["properties"]["scaleSettings"] == {
        "minNodeCount": 0,
        "maxNodeCount": 2,
        "nodeIdleTimeBeforeScaleDown": "PT120S",
    }
    assert client.delete(f"{W}/computes/cpu", params={"underlyingResourceAction": "Delete"}).status_code == 202
    assert client.get(f"{W}/computes/cpu").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "3",
        '{"properties": {"computeType": "AmlCompute", "properties": {"scaleSettings": {"maxNodeCount": -1}}}}',
    ],
)
def test_what_is_no_compute_is_a_bad_request(client, body):
    answer = client.put(f"{W}/computes/cpu", data=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "UserError"


def test_a_start_is_accepted_and_ends_when_the_instance_is_up(client, behind):
    def put(state):
        behind.computes.held["ci1"] = Compute(name="ci1", type=ComputeType.COMPUTEINSTANCE, state=state)

    put(ComputeState.STOPPED)
    accepted = client.post(f"{W}/computes/ci1/start")
    put(ComputeState.STARTING)
    waiting = client.get(accepted.headers["Location"])
    put(ComputeState.RUNNING)
    done = client.get(waiting.headers["Location"])

    assert (accepted.status_code, waiting.status_code, done.status_code) == (202, 202, 200)


def test_nodes_sizes_and_quotas_have_their_places(client):
    region = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/locations/local"

    assert client.post(f"{W}/computes/local/listNodes").json() == {"nodes": []}
    assert client.get(f"{region}/vmSizes").json() == {"value": []}
    assert client.get(f"{region}/usages").json() == {"value": []}


def test_archived_jobs_are_a_view_of_their_own(client, behind):
    behind.jobs.archive("j0")

    def listed(view):
        return [job["name"] for job in client.get(f"{W}/jobs", params={"listViewType": view}).json()["value"]]

    assert listed("ArchivedOnly") == ["j0"]
    assert listed("ActiveOnly") == ["j1", "j2"]
    assert listed("All") == ["j0", "j1"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{W}/jobs/nope", "UserError"),
        (f"{W}/computes/nope", "ResourceNotFound"),
        (f"{W}x", "ResourceNotFound"),
        (f"{W}/endpoints", "NoRoute"),
        ("/", "NoRoute"),
    ],
)
def test_what_is_not_there_is_said_in_the_service_s_shape(client, path, code):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["message"]


def test_a_verb_that_a_route_lacks_is_said_in_the_service_s_shape(client):
    answer = client.delete(f"{W}/jobs")

    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "NoRoute"


def test_a_bug_behind_the_emulator_is_told_without_its_details(client, behind):
    behind.jobs.held["broken"] = None

    answer = client.get(f"{W}/jobs/broken")

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "InternalServerError"
    assert "NoneType" not in answer.text
