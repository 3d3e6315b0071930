"""What an MLflow model without a scoring script takes and answers: Azure's payloads and MLflow's."""

import json

import numpy
import pandas
import pytest
from mlflow.models import infer_signature
from mlflow.pyfunc import PyFuncModel, PythonModel, load_model, save_model

from jupyter_azml.tracking import score_model
from jupyter_azml.tracking.score_model import BadRequest, predict

ROWS = [[1.0, 2.0], [3.0, 4.0]]
SUMS = [3.0, 7.0]


class Sum(PythonModel):
    """Of the columns a and b; ``times`` of it when it is asked so."""

    def predict(self, context, model_input, params=None):
        frame = pandas.DataFrame(model_input, columns=None if hasattr(model_input, "columns") else ["a", "b"])
        return (frame["a"] + frame["b"]).to_numpy() * (params or {}).get("times", 1)


@pytest.fixture(scope="module")
def azml_home():
    """None is needed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mlflow") / "copied" / "model"
    frame = pandas.DataFrame(ROWS, columns=["a", "b"])
    signature = infer_signature(frame, numpy.array(SUMS), params={"times": 1})
    how = {"signature": signature, "input_example": frame, "pip_requirements": ["mlflow"]}
    save_model(folder, python_model=Sum(), **how)
    return folder


@pytest.fixture(scope="module")
def model(folder):
    return load_model(str(folder))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Without a signature."""
    folder = tmp_path_factory.mktemp("plain") / "model"
    save_model(folder, python_model=Sum(), pip_requirements=["mlflow"])
    return load_model(str(folder))


SPLIT = {"columns": ["b", "a"], "index": [0, 1], "data": [row[::-1] for row in ROWS]}
RECORDS = [{"a": a, "b": b} for a, b in ROWS]


@pytest.mark.parametrize(
    "said",
    [
        {"input_data": SPLIT},
        {"input_data": {"columns": ["a", "b"], "data": ROWS}},
        {"input_data": RECORDS},
        {"input_data": ROWS},
        {"input_data": {"a": [1.0, 3.0], "b": [2.0, 4.0]}},
    ],
)
def test_azures_payloads_are_answered_with_the_bare_predictions(model, said):
    assert predict(model, json.dumps(said), "application/json") == SUMS


@pytest.mark.parametrize(
    "said",
    [
        {"dataframe_split": SPLIT},
        {"dataframe_records": RECORDS},
        {"inputs": {"a": [1.0, 3.0], "b": [2.0, 4.0]}},
        {"inputs": ROWS},
        {"instances": RECORDS},
    ],
)
def test_mlflows_payloads_are_answered_as_mlflow_does(model, said):
    assert predict(model, json.dumps(said), "") == {"predictions": SUMS}


def test_a_csv_and_parameters(model):
    assert predict(model, "a,b\n1,2\n3,4\n", "text/csv; charset=utf-8") == {"predictions": SUMS}
    said = {"input_data": ROWS, "params": {"times": 2}}
    assert predict(model, json.dumps(said), "") == [6.0, 14.0]


def test_without_a_signature_rows_are_handed_on_as_they_are(plain):
    assert predict(plain, json.dumps({"input_data": ROWS}), "") == SUMS
    assert predict(plain, json.dumps({"dataframe_split": SPLIT}), "") == {"predictions": SUMS}


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        ("{oops", "application/json", "not JSON"),
        ("[[1, 2]]", "", "one of these keys: input_data"),
        ('{"data": [[1, 2]]}', "", "one of these keys"),
        ('{"input_data": [], "inputs": []}', "", "one of these keys"),
        ('{"input_data": {"columns": ["a", "b"], "data": [[1]]}}', "", "input_data is not understood"),
        ('{"dataframe_split": 3}', "", "dataframe_split is not understood"),
        ('{"dataframe_records": [{"a": 1}]}', "", "missing inputs|b"),
        ('{"input_data": [{"a": "x", "b": "y"}]}', "", "."),
        ("", "text/csv", "no CSV"),
        ("a,b\nx,y\n", "text/csv", "no CSV"),
    ],
)
def test_what_is_not_understood_is_said_and_is_no_error_of_the_model(model, data, kind, said):
    with pytest.raises(BadRequest, match=said):
        predict(model, data, kind)


def test_the_model_is_found_below_the_folder_that_azure_names(folder, monkeypatch):
    monkeypatch.setenv("AZUREML_MODEL_DIR", str(folder.parent.parent))
    monkeypatch.setattr(score_model, "model", None)
    asked = []
    with monkeypatch.context() as patch:
        patch.setattr(PyFuncModel, "predict", lambda _model, data: asked.append(len(data)))
        score_model.init()
    assert asked == [2]  # the example, so that the first caller does not wait for what is put off until then
    assert predict(score_model.model, json.dumps({"input_data": ROWS}), "") == SUMS
    monkeypatch.setenv("AZUREML_MODEL_DIR", str(folder / "nothing"))
    with pytest.raises(FileNotFoundError, match="no MLmodel"):
        score_model.init()
