"""What people do with MLflow, done on a workspace in one process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow.entities import ViewType

from jupyter_azml.tracking.address import tracking_uri
from jupyter_azml.tracking.paths import TrackingPaths


@pytest.fixture(autouse=True)
def tracked(paths: TrackingPaths) -> Iterator[None]:
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(tracking_uri(paths.database.parent))
    mlflow.set_experiment("digits")
    yield
    while mlflow.active_run():
        mlflow.end_run()
    mlflow.set_tracking_uri(before)


@pytest.fixture
def data() -> tuple[np.ndarray, np.ndarray]:
    inputs = np.linspace(0, 1, 40).reshape(20, 2)
    return inputs, (inputs[:, 0] > 0.5).astype(int)


def listed(run_id: str, path: str | None = None) -> set[str]:
    return {file.path for file in mlflow.MlflowClient().list_artifacts(run_id, path)}


def test_artifacts_of_every_kind(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib.figure")
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "a.txt").write_text("a")
    with mlflow.start_run() as run:
        mlflow.log_artifact(str(tmp_path / "many" / "a.txt"))
        mlflow.log_artifacts(str(tmp_path / "many"), "many")
        mlflow.log_text("text", "notes/b.txt")
        mlflow.log_dict({"a": 1}, "c.json")
        mlflow.log_table({"question": ["why"]}, "d.json")
        mlflow.log_figure(matplotlib.Figure(), "plots/e.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype="uint8"), "f.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype="uint8"), key="steps", step=3)
    run_id = run.info.run_id
    assert listed(run_id) == {"a.txt", "many", "notes", "c.json", "d.json", "plots", "f.png", "images"}
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/b.txt") == "text"
    assert mlflow.load_table("d.json", run_ids=[run_id])["question"].tolist() == ["why"]


def test_runs_inside_runs_and_data_and_tags() -> None:
    with mlflow.start_run(run_name="sweep", tags={"team": "a"}) as sweep:
        mlflow.log_input(mlflow.data.from_pandas(pd.DataFrame({"x": [1]}), name="frame"), context="training")
        for rate in (0.1, 0.2):
            with mlflow.start_run(nested=True):
                mlflow.log_param("rate", rate)
                mlflow.log_metrics({"loss": rate * 2, "acc": 1 - rate}, step=1)
    found = mlflow.search_runs(
        filter_string=f"tags.mlflow.parentRunId = '{sweep.info.run_id}'", order_by=["metrics.loss DESC"]
    )
    assert found["params.rate"].tolist() == ["0.2", "0.1"]
    assert found["metrics.acc"].tolist() == [0.8, 0.9]
    run = mlflow.get_run(sweep.info.run_id)
    assert run.data.tags["team"] == "a"
    assert [given.dataset.name for given in run.inputs.dataset_inputs] == ["frame"]


def test_deleted_and_restored_runs() -> None:
    client = mlflow.MlflowClient()
    with mlflow.start_run() as run:
        mlflow.log_metric("loss", 1.0)
    client.set_tag(run.info.run_id, "late", "yes")
    mlflow.delete_run(run.info.run_id)
    assert mlflow.search_runs().empty
    assert len(mlflow.search_runs(run_view_type=ViewType.DELETED_ONLY)) == 1
    client.restore_run(run.info.run_id)
    assert mlflow.search_runs()["tags.late"].tolist() == ["yes"]


def test_scikit_learn_logs_by_itself(data: tuple[np.ndarray, np.ndarray]) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    selection = pytest.importorskip("sklearn.model_selection")
    mlflow.sklearn.autolog(log_models=False, silent=True)
    try:
        with mlflow.start_run() as run:
            search = selection.GridSearchCV(linear_model.LogisticRegression(), {"C": [0.1, 1.0, 10.0]}, cv=2)
            search.fit(*data)
    finally:
        mlflow.sklearn.autolog(disable=True)
    logged = mlflow.get_run(run.info.run_id)
    assert logged.data.params["best_C"] == str(search.best_params_["C"])
    assert logged.data.metrics["best_cv_score"] == pytest.approx(search.best_score_)
    children = mlflow.search_runs(filter_string=f"tags.mlflow.parentRunId = '{run.info.run_id}'")
    assert sorted(children["params.C"]) == ["0.1", "1.0", "10.0"]


def test_models_stand_among_the_artifacts_of_their_run(data: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    model = linear_model.LogisticRegression().fit(*data)
    # The requirements are named, since finding them out takes ten seconds. All else is as MLflow has it by itself.
    how: dict[str, Any] = {"pip_requirements": ["scikit-learn"]}
    with mlflow.start_run() as run:
        first = mlflow.sklearn.log_model(model, name="model", **how)
        second = mlflow.sklearn.log_model(model, name="model", **how)
        mlflow.log_metric("acc", 0.5, model_id=first.model_id)
        mlflow.sklearn.save_model(model, tmp_path / "saved", **how)
        mlflow.log_artifacts(str(tmp_path / "saved"), "saved")
    run_id = run.info.run_id
    assert listed(run_id) == {"model", "saved"}
    assert listed(run_id, "model") >= {"model/MLmodel", "model/model.skops"}
    uris = (f"runs:/{run_id}/model", f"runs:/{run_id}/saved", first.model_uri, second.model_uri)
    for uri in uris:
        assert (mlflow.pyfunc.load_model(uri).predict(data[0]) == model.predict(data[0])).all()
    assert [metric.value for metric in mlflow.get_logged_model(first.model_id).metrics] == [0.5]
    found = mlflow.search_logged_models(filter_string="metrics.acc > 0.4", output_format="list")
    assert [model.model_id for model in found] == [first.model_id]
