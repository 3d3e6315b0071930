"""Models that jobs log with plain mlflow, and what registering survives."""

import os
import subprocess
import sys
import threading

import mlflow
import numpy
import pytest
from mlflow.entities.model_registry import RegisteredModelTag

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.connect import open_model_registry
from jupyter_azml.entities import CommandSpec, JobStatus, Model, ModelQuery, ModelType
from jupyter_azml.errors import Conflict, DataNotFound, StorageChanged, WorkspaceNotWritable
from jupyter_azml.local import LocalWorkspace, model_files
from jupyter_azml.tracking.address import tracking_uri

TRAIN = """
import mlflow, mlflow.sklearn, numpy
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression

x = numpy.array([[1.0], [2.0], [3.0]])
model = LinearRegression().fit(x, x[:, 0] * 2)
mlflow.log_param("alpha", 0.5)
mlflow.log_metric("rmse", 0.25)
mlflow.sklearn.log_model(model, name="model", registered_model_name="churn", signature=infer_signature(x, x[:, 0]),
                         pip_requirements=["scikit-learn"])
with mlflow.start_run(nested=True):
    mlflow.log_metric("rmse", 0.125)
    mlflow.sklearn.log_model(model, name="inner", registered_model_name="churn", pip_requirements=["scikit-learn"])
"""


class TestAJobThatLogsAModel:
    @pytest.fixture
    def job(self, workspace, tmp_path):
        (tmp_path / "code").mkdir()
        (tmp_path / "code" / "train.py").write_text(TRAIN)
        spec = CommandSpec(command="python train.py", code=str(tmp_path / "code"), inputs={"seed": 7})
        job = JobStream(workspace, workspace.jobs.submit(spec).name).wait()
        assert job.status is JobStatus.COMPLETED, job.reason
        return job

    def test_registers_it_with_its_lineage_both_ways(self, workspace, job, monkeypatch):
        assert workspace.jobs.get(job.name).models == ("churn:1", "churn:2")
        model, inner = workspace.models.get("churn", "1"), workspace.models.get("churn", "2")
        assert (model.type, model.lineage.job, model.lineage.run) == (ModelType.MLFLOW, job.name, None)
        assert (inner.lineage.job, inner.lineage.metrics) == (job.name, {"rmse": 0.125})
        assert inner.lineage.run
        assert model.lineage.parameters == {"seed": 7, "alpha": "0.5"}
        assert model.lineage.metrics == {"rmse": 0.25}
        assert model.lineage.snapshot == job.snapshot
        assert "scikit-learn" in model.lineage.environment
        assert "sklearn" in model.flavors
        assert model.signature["inputs"]

        # The same model, by each of its addresses, is kept once.
        for path in (
            f"runs:/{job.name}/model",
            f"azureml://jobs/{job.name}/outputs/artifacts/paths/model",
            str(workspace._paths.job(job.name).artifacts / "model"),
            f"models:/{mlflow_id(model)}",
            "azureml:churn:1",
        ):
            again = workspace.models.create_or_update(Model(name="again", path=path))
            assert (again.hash, again.type, again.lineage.job) == (model.hash, ModelType.MLFLOW, job.name), path
        assert (workspace.models.place(model) / "MLmodel").stat().st_nlink >= 6
        assert workspace.jobs.get(job.name).models[2:] == tuple(f"again:{number}" for number in range(1, 6))

        workspace.models.set_alias("churn", "champion", "1")
        workspace.models.create_or_update(
            Model(name="churn", version="2024-01", path="azureml:churn:1", stage="Production")
        )
        monkeypatch.setenv("MLFLOW_TRACKING_URI", tracking_uri(workspace._paths.folder))
        for uri in ("1", "2024-01", "latest", "Production"):
            assert mlflow.pyfunc.load_model(f"models:/churn/{uri}").predict(numpy.array([[4.0]]))[0] == pytest.approx(8)
        assert mlflow.pyfunc.load_model("models:/churn@champion").metadata.signature.inputs
        client = mlflow.MlflowClient()
        assert [version.version for version in client.search_model_versions("name = 'churn'")] == [3, 2, 1]
        assert client.get_model_version("churn", "2024-01").tags == {"azml.version": "2024-01"}
        assert client.copy_model_version("models:/churn/1", "copied").run_id == job.name
        assert workspace.models.get("copied", "1").lineage.job == job.name
        assert mlflow.register_model(f"runs:/{job.name}/model", "churn").version == 4

        # Loading left MLflow's mark beside the model, which is none of its files.
        assert workspace.models.create_or_update(Model(name="again", path="azureml:churn:1")).hash == model.hash
        workspace.jobs.delete(job.name)
        left = workspace.models.get("churn", "1")
        assert left.lineage == model.lineage
        assert mlflow.pyfunc.load_model("models:/churn/1").predict(numpy.array([[4.0]]))[0] == pytest.approx(8)


class TestRegistering:
    @pytest.fixture
    def folder(self, tmp_path):
        folder = tmp_path / "model"
        folder.mkdir()
        for number in range(3):
            (folder / f"part-{number}.bin").write_bytes(os.urandom(20_000_000))
        return folder

    def test_a_registration_that_was_killed_leaves_nothing_that_is_seen(self, workspace, folder):
        kept = workspace._paths.models
        code = (
            "import os, sys; from pathlib import Path; from jupyter_azml.local import LocalWorkspace\n"
            "from jupyter_azml.entities import Model\n"
            "die = lambda done, size: os._exit(9) if done > 30_000_000 else None\n"
            "workspace = LocalWorkspace(Path(sys.argv[1]))\n"
            "workspace.models.create_or_update(Model(name='churn', path=sys.argv[2]), progress=die)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(workspace._paths.folder), str(folder)])
        assert done.returncode == 9
        assert workspace.models.list().items == ()
        assert workspace.datastores.browse("workspaceblobstore", "models").items == ()
        assert len(list(kept.iterdir())) == 1
        assert workspace.models.create_or_update(Model(name="churn", path=str(folder))).version == "1"
        assert [path.name for path in kept.iterdir()] == ["churn"]

    def test_two_at_once_get_two_versions_and_one_copy(self, workspace, folder):
        found, errors = [], []

        def register():
            try:
                found.append(LocalWorkspace(workspace._paths.folder).models.create_or_update(wanted).version)
            except Exception as error:
                errors.append(error)

        wanted = Model(name="churn", path=str(folder))
        threads = [threading.Thread(target=register) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (sorted(found), errors) == (["1", "2", "3", "4"], [])

    def test_the_same_version_at_once_is_had_by_one(self, workspace, folder):
        seen = []
        other = Model(name="churn", version="1", path=str(folder / "part-0.bin"))

        def meanwhile(_done, _size):
            if not seen:
                seen.append(workspace.models.create_or_update(other))

        with pytest.raises(Conflict):
            workspace.models.create_or_update(Model(name="churn", version="1", path=str(folder)), progress=meanwhile)
        assert workspace.models.get("churn", "1").files == 1
        assert workspace.models.contents("churn", "1").keys() == {"part-0.bin"}
        assert [path.name for path in workspace._paths.models.iterdir()] == ["churn"]

    def test_a_file_that_is_still_written_is_refused(self, workspace, folder):
        def meanwhile(_done, _size):
            with (folder / "part-0.bin").open("ab") as file:
                file.write(b"more")

        with pytest.raises(StorageChanged, match="changed while it was copied"):
            workspace.models.create_or_update(Model(name="churn", path=str(folder)), progress=meanwhile)
        assert workspace.models.list().items == ()
        assert list(workspace._paths.models.iterdir()) == []

    def test_a_full_disk_is_told_and_leaves_nothing(self, workspace, folder, monkeypatch):
        def full(_number):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(model_files.os, "fsync", full)
        with pytest.raises(WorkspaceNotWritable, match="No space left"):
            workspace.models.create_or_update(Model(name="churn", path=str(folder)))
        assert list(workspace._paths.models.iterdir()) == []

    def test_progress_rises_to_the_end(self, workspace, folder):
        told = []
        workspace.models.create_or_update(
            Model(name="churn", path=str(folder)), progress=lambda *done: told.append(done)
        )
        assert told[-1] == (60_000_000, 60_000_000)
        assert [done for done, _size in told] == sorted(done for done, _size in told)


class TestAModelThatIsServed:
    def test_is_not_deleted_nor_renamed_while_it_is(self, workspace, tmp_path, monkeypatch):
        (tmp_path / "m").write_text("m")
        for _time in range(2):
            workspace.models.create_or_update(Model(name="churn", path=str(tmp_path / "m")))
        monkeypatch.setattr(
            workspace.models, "deployments_using", lambda name, version: ["shop/blue"] if version == "1" else []
        )
        for version in ("1", None):
            with pytest.raises(Conflict, match=r"shop/blue serves churn 1\."):
                workspace.models.delete("CHURN", version)
        workspace.models.delete("churn", "2")
        assert workspace.models.place(workspace.models.get("churn", "1")).read_text() == "m"


class TestTheFilesOfAVersion:
    def test_that_are_gone_are_missed_by_name(self, workspace, tmp_path):
        (tmp_path / "m").write_text("m")
        model = workspace.models.create_or_update(Model(name="churn", path=str(tmp_path / "m")))
        (workspace.models.folder(model) / "m").unlink()
        with pytest.raises(DataNotFound, match="The files of churn 1 are not here"):
            workspace.models.place(model)
        with pytest.raises(DataNotFound):
            workspace.models.download("churn", "1", tmp_path / "to")


class TestADatabaseThatIsLost:
    def test_takes_no_model_along(self, workspace, tmp_path):
        (tmp_path / "m").write_text("m")
        for version in ("", "beta", "", ""):
            workspace.models.create_or_update(Model(name="churn", version=version, path=str(tmp_path / "m")))
        registry = open_model_registry(tracking_uri(workspace._paths.folder))
        workspace.models.set_alias("churn", "champion", "1")
        workspace.models.set_alias("churn", "champion", "beta")
        registry.transition_model_version_stage("churn", 3, "Production", False)
        workspace.models.archive("churn", "1")
        workspace.models.delete("churn", "4")
        registry.rename_registered_model("churn", "kept")
        registry.set_registered_model_tag("kept", RegisteredModelTag("team", "blue"))
        before = workspace.models.list(ModelQuery(name="kept", archived="all"))
        workspace._paths.model_records.joinpath("9.json").write_text('{"version": {"id": 9}, "model": 3}')
        for file in workspace._paths.folder.glob("workspace.db*"):
            file.unlink()
        again = LocalWorkspace(workspace._paths.folder)
        assert again.models.list(ModelQuery(name="kept", archived="all")) == before
        assert again.models.get("kept", label="champion").version == "beta"
        assert again.models.place(again.models.get("kept", "3")).read_text() == "m"
        registry = open_model_registry(tracking_uri(workspace._paths.folder))
        assert registry.get_registered_model("kept").tags == {"team": "blue"}
        assert again.models.create_or_update(Model(name="kept", path=str(tmp_path / "m"))).version == "5"


class TestNumbersThatMlflowKnows:
    def test_go_on_after_versions_with_names(self, workspace, tmp_path):
        (tmp_path / "m").write_text("m")
        registry = open_model_registry(tracking_uri(workspace._paths.folder))

        def register(version=""):
            return workspace.models.create_or_update(
                Model(name="churn", version=version, path=str(tmp_path / "m"))
            ).version

        def numbers():
            return {version.version: version.tags.get("azml.version") for version in registry.search_model_versions()}

        assert [register(), register("2024-01"), register()] == ["1", "2024-01", "3"]
        assert numbers() == {1: None, 2: "2024-01", 3: None}
        assert registry.get_model_version("churn", 2).version == registry.get_model_version("churn", "2024-01").version
        registry.set_registered_model_alias("churn", "old", 2)
        assert register("2") == "2"
        assert numbers() == {1: None, 2: None, 3: None, 4: "2024-01"}
        assert registry.get_model_version_by_alias("churn", "old").version == 4
        assert [register(), register("10"), register()] == ["5", "10", "11"]
        assert registry.create_model_version("churn", "s3://somewhere").version == 12
        assert workspace.models.get("churn").version == "12"

    def test_prompts_are_no_models(self, workspace):
        registry = open_model_registry(tracking_uri(workspace._paths.folder))
        registry.create_prompt("ask", tags={"a": "b"})
        registry.create_prompt_version("ask", "What is {{x}}?")
        assert workspace.models.list().items == ()
        assert registry.get_prompt_version("ask", 1).template == "What is {{x}}?"


def mlflow_id(model):
    return model.properties["mlflow.modelId"]
