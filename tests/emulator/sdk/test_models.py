"""Models as azure-ai-ml registers, lists, downloads and archives them; and our client beside it."""

import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

pytest.importorskip("azure.ai.ml")
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Model

from jupyter_azml.entities import Model as Ours
from jupyter_azml.entities import ModelType

MLMODEL = "flavors:\n  sklearn: {sklearn_version: 1.5.0}\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "model"
    (folder / "data").mkdir(parents=True)
    (folder / "MLmodel").write_text(MLMODEL)
    (folder / "data" / "model.pkl").write_bytes(b"weights")
    return folder


def test_files_are_registered_listed_downloaded_and_archived(ml, azml, folder, tmp_path):
    made = ml.models.create_or_update(
        Model(name="churn", path=str(folder), type=AssetTypes.MLFLOW_MODEL, description="d", tags={"a": "b"})
    )
    assert (made.version, made.type, made.tags) == ("1", "mlflow_model", {"a": "b"})
    assert made.flavors == {"sklearn": {"sklearn_version": "1.5.0"}}
    file = ml.models.create_or_update(Model(name="churn", version="v2.0", path=str(folder / "data" / "model.pkl")))
    assert (file.version, file.type) == ("v2.0", "custom_model")
    assert ml.models.create_or_update(Model(name="churn", path=str(folder))).version == "2"
    assert [each.version for each in ml.models.list("churn")] == ["2", "v2.0", "1"]
    assert "churn" in [each.name for each in ml.models.list()]
    assert ml.models.get("churn", label="latest").version == "2"
    ml.models.download("churn", version="1", download_path=str(tmp_path / "down"))
    assert (tmp_path / "down" / "churn" / "model" / "data" / "model.pkl").read_bytes() == b"weights"
    assert (azml.models.download("churn", "1", tmp_path / "ours") / "MLmodel").read_text() == MLMODEL
    ml.models.archive("churn", version="2")
    assert [each.version for each in ml.models.list("churn")] == ["v2.0", "1"]
    assert azml.models.get("churn", "2").archived
    ml.models.restore("churn", version="2")
    changed = ml.models.get("churn", version="1")
    changed.tags, changed.stage = {"c": "d"}, "Production"
    ml.models.create_or_update(changed)
    assert azml.models.get("churn", label="Production").tags == {"c": "d"}
    assert [each.version for each in ml.models.list("churn", stage="Production")] == ["1"]


def test_what_our_client_registers_the_sdk_reads_and_the_reverse(ml, azml, folder, tmp_path):
    ours = azml.models.create_or_update(Ours(name="twins", path=str(folder), tags={"a": "b"}))
    assert (ours.type, ours.files, ours.size) == (ModelType.MLFLOW, 2, len(MLMODEL) + 7)
    theirs = ml.models.create_or_update(
        Model(name="twins", path=str(folder), type=AssetTypes.MLFLOW_MODEL, tags={"a": "b"})
    )
    read = [ml.models.get("twins", version=version) for version in (ours.version, theirs.version)]
    assert len({(each.type, str(each.flavors), str(each.tags)) for each in read}) == 1
    one, other = (azml.models.get("twins", version) for version in ("1", "2"))
    assert (one.hash, one.size, one.files, one.flavors) == (other.hash, other.size, other.files, other.flavors)
    ml.models.download("twins", version="1", download_path=str(tmp_path))
    assert (tmp_path / "twins" / "model" / "MLmodel").read_text() == MLMODEL


def test_aliases_are_kept_where_the_service_has_no_word_for_them(ml, azml, folder):
    for _version in range(2):
        ml.models.create_or_update(Model(name="aliased", path=str(folder)))
    assert azml.models.set_alias("aliased", "champion", "1").aliases == ("champion",)
    assert azml.models.find("azureml:aliased@champion").version == "1"
    ml.models.archive("aliased")
    ml.models.restore("aliased")
    assert azml.models.find("models:/aliased@champion").version == "1"
    azml.models.delete_alias("aliased", "champion")
    assert azml.models.get("aliased", "1").aliases == ()


def test_deleting_a_version_leaves_its_number_used(ml, azml, folder):
    for _version in range(2):
        ml.models.create_or_update(Model(name="gone", path=str(folder)))
    azml.models.delete("gone", "2")
    with pytest.raises(ResourceNotFoundError):
        ml.models.get("gone", version="2")
    assert ml.models.create_or_update(Model(name="gone", path=str(folder))).version == "3"


def test_a_datastore_path_is_a_model_and_nothing_is_none(ml, azml, folder):
    azml.datastores.upload("workspaceblobstore", folder, "kept/model", overwrite=True)
    made = ml.models.create_or_update(
        Model(name="placed", path="azureml://datastores/workspaceblobstore/paths/kept/model", type="mlflow_model")
    )
    assert made.flavors == {"sklearn": {"sklearn_version": "1.5.0"}}
    for path in (
        "azureml://datastores/workspaceblobstore/paths/nothing",
        "azureml://jobs/nobody/outputs/artifacts/paths/model",
        "runs:/nobody/model",
    ):
        with pytest.raises(ResourceNotFoundError):
            ml.models.create_or_update(Model(name="placed", path=path))
    with pytest.raises(ResourceNotFoundError):
        ml.models.get("placed", version="7")
    with pytest.raises(ResourceExistsError):
        ml.models.create_or_update(
            Model(name="placed", version="1", path="azureml://datastores/workspaceblobstore/paths/kept")
        )


SCRIPT = """
import time
from azure.ai.ml import MLClient, Output, command
from azure.ai.ml.entities import Model
from azure.identity import DefaultAzureCredential

ml = MLClient.from_config(DefaultAzureCredential())
job = ml.jobs.create_or_update(command(
    command="mkdir -p outputs/model && echo weights > outputs/model/model.txt && echo named > ${{outputs.kept}}/m.txt",
    environment="AzureML-minimal-py311-inference@latest",
    outputs={"kept": Output(type="uri_folder")},
    experiment_name="models",
))
while ml.jobs.get(job.name).status not in ("Completed", "Failed", "Canceled"):
    time.sleep(0.2)
assert ml.jobs.get(job.name).status == "Completed", ml.jobs.get(job.name)
paths = {
    "artifact": f"azureml://jobs/{job.name}/outputs/artifacts/paths/outputs/model/",
    "named": f"azureml://jobs/{job.name}/outputs/kept",
    "run": f"runs:/{job.name}/outputs/model",
}
for name, path in paths.items():
    made = ml.models.create_or_update(Model(name=f"of-job-{name}", path=path, type="custom_model"))
    ml.models.download(made.name, version=made.version, download_path="down")
print("registered from", job.name)
"""


def test_a_model_is_registered_from_what_a_job_wrote(run_python, azml, tmp_path):
    done = run_python(SCRIPT)
    assert done.returncode == 0, done.stderr
    job = done.stdout.split()[-1]
    assert azml.models.get("of-job-artifact").lineage.job == job
    files = sorted(path.name for path in (tmp_path / "script" / "down").rglob("*.txt"))
    assert files == ["m.txt", "model.txt", "model.txt"]
