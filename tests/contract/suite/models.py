"""Models: registered, listed, found, changed, compared, downloaded, deleted."""

import os
from pathlib import Path

import pytest

from jupyter_azml.actions.compare_models import compare_models
from jupyter_azml.entities import Model, ModelQuery, ModelType
from jupyter_azml.errors import Conflict, DataNotFound, JobNotFound, ModelNotFound, UsageError

MLMODEL = """
artifact_path: model
flavors:
  python_function: {loader_module: mlflow.sklearn, python_version: 3.11.4}
  sklearn: {sklearn_version: 1.5.0, pickled_model: model.pkl}
signature:
  inputs: '[{"name": "age", "type": "long"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]'
saved_input_example_info: {artifact_path: input_example.json, type: dataframe}
"""


class Models:
    @pytest.fixture
    def models(self, rig):
        return rig.workspace.models

    @pytest.fixture
    def folder(self, tmp_path):
        """An MLflow model, as it lies on disk."""
        folder = tmp_path / "saved" / "model"
        (folder / "data").mkdir(parents=True)
        (folder / "MLmodel").write_text(MLMODEL)
        (folder / "model.pkl").write_bytes(b"weights" * 1000)
        (folder / "requirements.txt").write_text("scikit-learn==1.5.0\npandas\n# nothing\n")
        (folder / "input_example.json").write_text("{}")
        (folder / "data" / "deep.bin").write_bytes(b"")
        return folder

    def test_a_version_is_counted_up_when_nobody_says(self, models, folder):
        path = str(folder)
        assert [models.create_or_update(Model(name="churn", path=path)).version for _ in range(2)] == ["1", "2"]
        assert models.create_or_update(Model(name="churn", version="2024-05", path=path)).version == "2024-05"
        assert models.create_or_update(Model(name="Churn", version="10", path=path)).name == "churn"
        assert models.create_or_update(Model(name="churn", path=path)).version == "11"
        models.delete("churn", "11")
        assert models.create_or_update(Model(name="churn", path=path)).version == "12"

    def test_what_an_mlflow_model_says_of_itself_is_known(self, models, folder):
        model = models.create_or_update(Model(name="churn", path=str(folder), tags={"team": "blue"}))
        assert (model.type, model.files, model.size) == (ModelType.MLFLOW, 5, sum(_sizes(folder)))
        assert model.path == "azureml://datastores/workspaceblobstore/paths/models/churn/1/model"
        assert (model.source, model.tags, model.input_example) == (str(folder), {"team": "blue"}, "input_example.json")
        assert model.signature["inputs"] == [{"name": "age", "type": "long"}]
        assert list(model.flavors) == ["python_function", "sklearn"]
        assert model.lineage.environment == {"python": "3.11.4", "scikit-learn": "1.5.0", "pandas": ""}

    def test_the_type_that_somebody_said_is_kept_and_checked(self, models, folder):
        assert models.create_or_update(Model(name="a", path=str(folder), type=ModelType.CUSTOM)).type == "custom_model"
        with pytest.raises(UsageError, match=r"is no MLflow model: it has no file MLmodel\."):
            models.create_or_update(Model(name="a", path=str(folder / "model.pkl"), type=ModelType.MLFLOW))
        for text in (b"flavors: [broken", b"- 1", b"", b"\xff\xfe", b"a: &a [*a, *a]"):
            (folder / "MLmodel").write_bytes(text)
            with pytest.raises(UsageError, match=r"^MLmodel cannot be read") as refused:
                models.create_or_update(Model(name="a", path=str(folder)))
            assert "unfinished" not in str(refused.value)
        assert models.list(ModelQuery(name="a")).items[0].version == "1"

    def test_a_file_alone_is_a_model(self, models, folder, tmp_path):
        model = models.create_or_update(Model(name="churn", path=str(folder / "model.pkl")))
        assert (model.type, model.files) == (ModelType.CUSTOM, 1)
        assert models.download("churn", "1", tmp_path / "here").read_bytes() == b"weights" * 1000
        assert [file.path for file in models.files("churn", "1").items] == ["model.pkl"]

    def test_the_files_never_change(self, models, folder, tmp_path):
        models.create_or_update(Model(name="churn", path=str(folder)))
        (folder / "model.pkl").write_bytes(b"other")
        got = models.download("churn", "1", tmp_path)
        assert (got / "model.pkl").read_bytes() == b"weights" * 1000
        (got / "model.pkl").write_bytes(b"mine")
        with pytest.raises(Conflict):
            models.download("churn", "1", tmp_path)
        with pytest.raises(UsageError):
            models.download("churn", "1", got / "model.pkl")
        assert (models.download("churn", "1", tmp_path / "again") / "model.pkl").read_bytes() == b"weights" * 1000
        with pytest.raises(Conflict, match="its files never change"):
            models.create_or_update(Model(name="churn", version="1", path=str(folder)))

    def test_names_are_checked_as_azure_does(self, models, folder):
        for name in ("", "a/b", "../up", "a b", "é", "-a", "x" * 256, "a\nb"):
            with pytest.raises(UsageError, match="cannot be a model's name") as refused:
                models.create_or_update(Model(name=name, path=str(folder)))
            assert "letters, digits" in refused.value.hint
        with pytest.raises(UsageError):
            models.create_or_update(Model(name="churn", version="a/../b", path=str(folder)))
        assert models.list().items == ()

    def test_there_have_to_be_files(self, models, tmp_path):
        (tmp_path / "empty").mkdir()
        with pytest.raises(UsageError, match="holds no files"):
            models.create_or_update(Model(name="churn", path=str(tmp_path / "empty")))
        for path in (
            str(tmp_path / "nothing"),
            "runs:/nobody/model",
            "azureml://datastores/workspaceblobstore/paths/x",
        ):
            with pytest.raises(DataNotFound):
                models.create_or_update(Model(name="churn", path=path))
        with pytest.raises(JobNotFound):
            models.create_or_update(Model(name="churn", path="azureml://jobs/nobody/outputs/artifacts/paths/model"))
        with pytest.raises(ModelNotFound):
            models.create_or_update(Model(name="churn", path="models:/nobody/1"))
        with pytest.raises(UsageError):
            models.create_or_update(Model(name="churn"))
        assert models.list().items == ()

    def test_one_is_found_by_version_alias_and_stage(self, models, folder):
        for version in ("", "", "beta"):
            models.create_or_update(Model(name="churn", version=version, path=str(folder)))
        assert models.set_alias("churn", "champion", "1").aliases == ("champion",)
        models.set_alias("churn", "champion", "2")
        models.create_or_update(Model(name="churn", version="1", stage="Production"))
        found = {
            "azureml:churn:1": "1",
            "azureml:churn@latest": "beta",
            "azureml:churn@champion": "2",
            "models:/churn/Production": "1",
            "models:/churn@champion": "2",
            "azureml:CHURN:BETA": "beta",
        }
        assert {reference: models.find(reference).version for reference in found} == found
        with pytest.raises(ModelNotFound, match="It has the aliases: champion"):
            models.get("churn", label="challenger")
        with pytest.raises(ModelNotFound, match=r"It has: beta, 2, 1\."):
            models.get("churn", "7")
        with pytest.raises(ModelNotFound, match=r"Did you mean churn\?"):
            models.get("chrun")
        for alias in ("latest", "3", "v3", "", "a b"):
            with pytest.raises(UsageError):
                models.set_alias("churn", alias, "1")
        models.delete_alias("churn", "champion")
        with pytest.raises(ModelNotFound):
            models.delete_alias("churn", "champion")

    def test_lists_are_searched_and_have_pages(self, models, folder):
        for name, tags, description in (
            ("a", {"team": "blue"}, ""),
            ("b", {"team": "red"}, "100% ÉTÉ"),
            ("a", {"team": "red"}, ""),
            ("c", {}, ""),
        ):
            models.create_or_update(Model(name=name, path=str(folder), tags=tags, description=description))

        def found(**query):
            return [f"{model.name}{model.version}" for model in models.list(ModelQuery(**query)).items]

        assert found() == ["c1", "a2", "b1"]
        assert found(name="A") == ["a2", "a1"]
        assert found(tags={"team": "blue"}) == ["a1"]
        assert found(tags={"team": None}) == ["a2", "b1"]
        assert found(text="été") == ["b1"]
        assert found(text="RED") == ["a2", "b1"]
        assert found(text="%") == ["b1"]
        first = models.list(limit=2)
        rest = models.list(limit=2, continuation=first.continuation)
        assert [model.name for model in (*first.items, *rest.items)] == ["c", "a", "b"]
        assert rest.continuation is None
        with pytest.raises(UsageError):
            models.list(continuation="nonsense")
        with pytest.raises(ModelNotFound):
            models.list(ModelQuery(name="nobody"))

    def test_what_is_said_of_a_version_can_change(self, models, folder):
        models.create_or_update(Model(name="churn", path=str(folder), description="old", tags={"a": "1"}))
        changed = models.create_or_update(Model(name="churn", version="1", tags={"b": "2"}, stage="Mine"))
        assert (changed.description, changed.tags, changed.stage) == ("old", {"b": "2"}, "Mine")
        assert changed.updated >= changed.created

    def test_archived_ones_are_out_of_lists_and_can_be_used(self, models, folder):
        for _time in range(2):
            models.create_or_update(Model(name="churn", path=str(folder)))
        models.archive("churn", "2")
        assert [model.version for model in models.list().items] == ["1"]
        assert models.get("churn", label="latest").version == "1"
        assert models.get("churn", "2").archived
        models.archive("churn")
        assert models.list().items == ()
        assert [model.version for model in models.list(ModelQuery(archived="archived")).items] == ["2"]
        models.restore("churn")
        models.restore("churn", "2")
        assert [model.version for model in models.list().items] == ["2"]

    def test_two_versions_are_compared(self, rig, models, folder):
        models.create_or_update(Model(name="churn", path=str(folder), tags={"team": "blue"}))
        (folder / "model.pkl").write_bytes(b"better")
        models.create_or_update(Model(name="churn", path=str(folder)))
        compared = compare_models(rig.workspace, ["churn:1", "azureml:churn:2"])
        differ = {fact.name for fact in compared.facts if fact.differs}
        assert compared.titles == ("churn 1", "churn 2")
        assert differ == {"model.pkl", "size", "hash", "tag team"}
        with pytest.raises(UsageError):
            compare_models(rig.workspace, ["churn:1"])

    def test_deleting_takes_what_nobody_else_has(self, models, folder, tmp_path):
        for _time in range(2):
            models.create_or_update(Model(name="churn", path=str(folder)))
        models.delete("churn", "1")
        with pytest.raises(ModelNotFound):
            models.get("churn", "1")
        assert (models.download("churn", "2", tmp_path) / "model.pkl").read_bytes() == b"weights" * 1000
        models.delete("churn")
        with pytest.raises(ModelNotFound):
            models.get("churn")
        assert models.create_or_update(Model(name="churn", path=str(folder))).version == "1"

    def test_links_and_odd_names_inside_are_files_like_others(self, models, folder, tmp_path):
        (folder / "a b é\n.txt").write_text("odd")
        os.symlink(folder / "model.pkl", folder / "link.pkl")
        os.symlink(folder, folder / "circle")
        models.create_or_update(Model(name="churn", path=str(folder)))
        got = models.download("churn", "1", tmp_path / "got")
        assert (got / "link.pkl").read_bytes() == b"weights" * 1000
        assert not (got / "link.pkl").is_symlink()
        assert (got / "a b é\n.txt").read_text() == "odd"
        assert not (got / "circle").exists()


def _sizes(folder: Path) -> list[int]:
    return [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
