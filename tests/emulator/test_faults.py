"""Faults that are asked for befall the requests that they are meant for, and clients see what Azure would show."""

import pytest
import requests

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.emulator.faults import PATH, Faults
from jupyter_azml.errors import ServiceBusy, ServiceError, UsageError
from tests.fakes.loopback import SECRET, FixedToken, Stage, served
from tests.fakes.workspace import FakeWorkspace

W = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}"
OPERATION = (
    f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/locations/local/mfeOperationsStatus"
)


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def faults(stage, tmp_path):
    stage.app = Faults(create_app(FakeWorkspace(), SECRET, tmp_path), SECRET)
    return stage.app


@pytest.fixture
def azure(stage, faults):
    return AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "fake", credential=FixedToken(), base_url=stage.url)


@pytest.fixture
def ask(stage, faults):
    def ask(method, path, **options):
        headers = {"Authorization": f"Bearer {options.pop('secret', SECRET)}"}
        return requests.request(method, f"{stage.url}{path}", headers=headers, timeout=10, **options)

    return ask


def test_a_fault_befalls_as_many_requests_as_it_says_and_the_client_gets_over_it(azure, faults, ask):
    faults.add(path="/computes", status=503, times=2)
    assert [compute.name for compute in azure.computes.list().items] == ["local"]
    faults.add(path="/computes", status=503, times=3)
    with pytest.raises(ServiceBusy, match="503"):
        azure.computes.list()
    assert azure.computes.list().items


def test_an_answer_that_is_cut_off_and_one_that_comes_late_are_got_over(azure, faults):
    faults.add(path="/computes$", cut=True)
    assert azure.computes.list().items
    faults.add(path="/computes$", delay=0.3)
    assert azure.computes.list().items
    faults.add(path="/computes$", cut=True, times=3)
    with pytest.raises(ServiceError):
        azure.computes.list()


def test_an_operation_fails_and_a_signature_runs_out_as_in_azure(faults, ask):
    faults.add(kind="failed_operation", path="OperationsStatus", body="No capacity.")
    asked = ask("GET", f"{OPERATION}/done.x?api-version=1")
    assert (asked.json()["status"], asked.json()["error"]["message"]) == ("Failed", "No capacity.")
    assert ask("GET", f"{OPERATION}/done.x?api-version=1").json()["status"] == "Succeeded"
    faults.add(kind="expired_sas", path="/storage/")
    refused = ask("GET", "/storage/account/container/blob?sig=x")
    assert (refused.status_code, refused.headers["x-ms-error-code"]) == (403, "AuthenticationFailed")


def test_faults_are_given_listed_and_forgotten_over_http_by_who_knows_the_secret(ask):
    fault = {"path": "/computes", "status": 429, "headers": {"Retry-After": "1"}, "skip": 1}
    assert ask("POST", PATH, json=fault, secret="guessed").status_code == 401
    assert ask("POST", PATH, json=fault).json()["value"][0]["status"] == 429
    where = f"{W}/providers/Microsoft.MachineLearningServices/workspaces/fake/computes?api-version=1"
    first, second, third = (ask("GET", where) for _number in range(3))
    assert [each.status_code for each in (first, second, third)] == [200, 429, 200]
    assert second.headers["Retry-After"] == "1"
    assert ask("POST", PATH, json=fault).json()["value"]
    assert ask("DELETE", PATH).json() == {"value": []}


@pytest.mark.parametrize("fault", [{"path": "("}, {"times": 0}, {"status": 99}, {"delay": -1}, {"what": 1}, []])
def test_what_is_no_fault_is_refused(faults, ask, fault):
    assert ask("POST", PATH, json=fault).status_code == 400
    if fault:
        with pytest.raises(UsageError):
            faults.add(**fault)
