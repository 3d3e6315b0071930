"""Batch endpoints and deployments: created, found, changed, invoked, deleted."""

import pytest

from jupyter_azml.entities import (
    BatchDeployment,
    BatchEndpoint,
    BatchSettings,
    CodeConfiguration,
    DataInput,
)
from jupyter_azml.errors import (
    Conflict,
    DataNotFound,
    DeploymentNotFound,
    EndpointNotFound,
    ModelNotFound,
    UsageError,
)


class BatchEndpoints:
    @pytest.fixture
    def endpoints(self, rig):
        return rig.workspace.batch_endpoints

    @pytest.fixture
    def make(self, endpoints, tmp_path):
        for name in ("code", "model", "files"):
            (tmp_path / name).mkdir()
        (tmp_path / "code" / "score.py").write_text("def init(): pass\ndef run(files): return files")
        (tmp_path / "model" / "weights").write_text("1")
        (tmp_path / "files" / "1.txt").write_text("1")
        endpoints.create_or_update(BatchEndpoint(name="scoring", tags={"team": "blue"}))

        def make(name, **fields):
            code = CodeConfiguration(code=str(tmp_path / "code"), scoring_script="score.py")
            usual = {"endpoint_name": "Scoring", "model": str(tmp_path / "model"), "code_configuration": code}
            return endpoints.deployments.create_or_update(BatchDeployment(name=name, **{**usual, **fields}))

        return make

    def test_an_endpoint_is_found_by_any_case_and_kept_as_it_was_made(self, endpoints, make):
        assert endpoints.get("SCORING").tags == {"team": "blue"}
        endpoints.create_or_update(BatchEndpoint(name="another"))
        assert [each.name for each in endpoints.list().items] == ["another", "scoring"]
        page = endpoints.list(limit=1)
        assert [each.name for each in endpoints.list(continuation=page.continuation).items] == ["scoring"]
        with pytest.raises(EndpointNotFound, match="scorin"):
            endpoints.get("scorin")

    def test_the_first_deployment_is_the_default_and_another_can_be(self, endpoints, make):
        make("blue")
        make("green", settings=BatchSettings(mini_batch_size=3))
        assert endpoints.get("scoring").default_deployment == "blue"
        with pytest.raises(Conflict):
            endpoints.deployments.delete("scoring", "blue")
        changed = endpoints.get("scoring").model_copy(update={"default_deployment": "GREEN"})
        assert endpoints.create_or_update(changed).default_deployment == "green"
        endpoints.deployments.delete("scoring", "BLUE")
        assert [each.name for each in endpoints.deployments.list("scoring").items] == ["green"]
        endpoints.deployments.delete("scoring", "green")
        assert endpoints.get("scoring").default_deployment == ""

    def test_a_model_at_a_path_is_registered_and_cannot_be_deleted_while_it_is_used(self, rig, endpoints, make):
        found = make("blue")
        assert found.model == "azureml:scoring-blue:1"
        with pytest.raises(Conflict, match="scoring/blue"):
            rig.workspace.models.delete("scoring-blue")
        endpoints.delete("scoring")
        rig.workspace.models.delete("scoring-blue")

    def test_an_endpoint_of_the_same_name_begins_anew(self, endpoints, make):
        make("blue")
        endpoints.delete("scoring")
        endpoints.create_or_update(BatchEndpoint(name="scoring"))
        assert endpoints.deployments.list("scoring").items == ()

    def test_what_cannot_score_is_refused(self, endpoints, make, tmp_path):
        with pytest.raises(UsageError, match="no scoring script"):
            make("blue", code_configuration=None)
        with pytest.raises(DataNotFound):
            make("blue", code_configuration=CodeConfiguration(code=str(tmp_path / "code"), scoring_script="no.py"))
        with pytest.raises(ModelNotFound):
            make("blue", model="azureml:nothing:1")
        with pytest.raises(EndpointNotFound):
            make("blue", endpoint_name="nowhere")
        with pytest.raises(UsageError):
            make("a b")
        with pytest.raises(DeploymentNotFound):
            endpoints.create_or_update(BatchEndpoint(name="new", default_deployment="blue"))
        assert endpoints.deployments.list("scoring").items == ()

    def test_an_invocation_is_a_job_with_the_settings_of_the_time(self, rig, endpoints, make, tmp_path):
        data = DataInput(path=str(tmp_path / "files"))
        with pytest.raises(UsageError, match="no deployment"):
            endpoints.invoke("scoring", data)
        make("blue", settings=BatchSettings(mini_batch_size=3))
        usual = endpoints.invoke("scoring", data, job_name="first")
        assert (usual.name, usual.experiment, usual.spec.outputs.keys()) == ("first", "scoring", {"score"})
        assert "--mini-batch-size=3" in usual.spec.command
        other = endpoints.invoke("scoring", data, deployment="BLUE", settings=BatchSettings(mini_batch_size=7))
        assert "--mini-batch-size=7" in other.spec.command
        with pytest.raises(DeploymentNotFound):
            endpoints.invoke("scoring", data, deployment="red")
        with pytest.raises(DataNotFound):
            endpoints.invoke("scoring", DataInput(path=str(tmp_path / "nothing")))
