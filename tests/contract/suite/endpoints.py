"""Online endpoints, as far as no model has to be served for it."""

import time

import pytest

from jupyter_azml.entities import AuthMode, CodeConfiguration, OnlineDeployment, OnlineEndpoint
from jupyter_azml.errors import (
    Conflict,
    DeploymentNotFound,
    EndpointNotFound,
    InvocationFailed,
    ModelNotFound,
    UsageError,
)


class Endpoints:
    @pytest.fixture
    def churn(self, rig):
        return rig.workspace.endpoints.create_or_update(OnlineEndpoint(name="churn", tags={"team": "blue"}))

    def test_one_is_made_found_changed_and_removed(self, rig, churn):
        endpoints = rig.workspace.endpoints
        assert churn.scoring_uri.endswith("/churn/score")
        changed = endpoints.create_or_update(churn.model_copy(update={"description": "who leaves"}))
        assert (changed.description, changed.tags, changed.created) == ("who leaves", {"team": "blue"}, churn.created)
        endpoints.create_or_update(OnlineEndpoint(name="price"))
        first = endpoints.list(limit=1)
        second = endpoints.list(limit=1, continuation=first.continuation)
        assert [each.name for each in (*first.items, *second.items)] == ["churn", "price"]
        assert second.continuation is None
        keys = endpoints.keys("CHURN")
        assert keys == endpoints.keys("churn")
        assert len({keys.primary_key, keys.secondary_key}) == 2
        assert endpoints.regenerate_key("churn", "secondary").primary_key == keys.primary_key
        assert endpoints.keys("churn").secondary_key != keys.secondary_key
        endpoints.delete("churn")
        _until_gone(lambda: endpoints.get("churn"))
        with pytest.raises(EndpointNotFound, match="churn") as error:
            endpoints.keys("churn")
        assert "price" in error.value.hint

    def test_one_that_takes_tokens_has_no_keys(self, rig):
        endpoints = rig.workspace.endpoints
        endpoints.create_or_update(OnlineEndpoint(name="tokens", auth_mode=AuthMode.AML_TOKEN))
        assert endpoints.token("tokens").access_token != endpoints.token("tokens").access_token
        with pytest.raises(Conflict):
            endpoints.keys("tokens")
        with pytest.raises(Conflict):
            endpoints.regenerate_key("tokens", "primary")

    def test_a_name_that_azure_would_not_take_is_refused(self, rig):
        for name in ("", "ab", "1abc", "a b c", "../x", "abc-", "x" * 33):
            with pytest.raises(UsageError):
                rig.workspace.endpoints.create_or_update(OnlineEndpoint(name=name))
        assert rig.workspace.endpoints.list().items == ()

    def test_traffic_for_what_is_not_there_is_refused(self, rig, churn):
        for fields in ({"traffic": {"blue": 100}}, {"traffic": {"blue": -1}}, {"mirror_traffic": {"blue": 10}}):
            with pytest.raises(UsageError):
                rig.workspace.endpoints.create_or_update(churn.model_copy(update=fields))

    def test_an_endpoint_that_nothing_is_behind_says_so(self, rig, churn):
        deadline = time.monotonic() + 20
        while (endpoint := rig.workspace.endpoints.get("churn")).reason and time.monotonic() < deadline:
            time.sleep(0.05)
        assert endpoint.reason is None
        with pytest.raises(InvocationFailed, match="No deployment of churn gets traffic") as error:
            rig.workspace.endpoints.invoke("churn", b"{}")
        assert error.value.status == 404

    def test_a_deployment_that_cannot_be_is_refused_before_anything_starts(self, rig, churn, tmp_path):
        deployments = rig.workspace.endpoints.deployments
        (tmp_path / "empty.py").write_text("def init(): pass\n")
        (tmp_path / "wrong.py").write_text("def init(:\n")
        good = {"name": "blue", "endpoint_name": "churn"}

        def code(script):
            return CodeConfiguration(code=str(tmp_path), scoring_script=script)

        for fields, error, said in (
            ({}, UsageError, "neither a model nor a scoring script"),
            ({"code_configuration": code("missing.py")}, UsageError, "empty.py"),
            ({"code_configuration": code("empty.py")}, UsageError, r"no function run\(\)"),
            ({"code_configuration": code("wrong.py")}, UsageError, "not Python"),
            ({"code_configuration": code("../x.py")}, UsageError, "There is no"),
            ({"model": "azureml:gone:1"}, ModelNotFound, "gone"),
            ({"name": "a b", "code_configuration": code("empty.py")}, UsageError, "cannot be a deployment's name"),
            ({"endpoint_name": "gone", "code_configuration": code("empty.py")}, EndpointNotFound, "gone"),
        ):
            with pytest.raises(error, match=said):
                deployments.create_or_update(OnlineDeployment(**{**good, **fields}))
        assert deployments.list("churn").items == ()
        with pytest.raises(DeploymentNotFound):
            deployments.get("churn", "blue")
        with pytest.raises(DeploymentNotFound):
            deployments.delete("churn", "blue")


def _until_gone(get):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            get()
        except EndpointNotFound:
            return
        time.sleep(0.05)
    raise AssertionError("it is still there")
