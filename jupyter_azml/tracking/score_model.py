"""The scoring script of MLflow models that bring none. Azure's inference server runs it in the deployment's own Python.

It takes what Azure's endpoints take (``input_data``) and what MLflow's server takes (``dataframe_split``,
``dataframe_records``, ``inputs``, ``instances``), and answers as either does: Azure with the bare predictions, MLflow
with them under ``predictions``. Sources:
https://learn.microsoft.com/azure/machine-learning/how-to-deploy-mlflow-models and
https://mlflow.org/docs/latest/genai/serving/custom-apps/#payload-formats
"""

import io
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

KEYS = ("input_data", "dataframe_split", "dataframe_records", "inputs", "instances")

model: Any = None


class BadRequest(Exception):
    """What was sent is not what the model takes."""


def init() -> None:
    global model
    import mlflow.pyfunc

    model = mlflow.pyfunc.load_model(str(_model_folder(Path(os.environ["AZUREML_MODEL_DIR"]))))
    # What libraries put off until they are first asked is not to be waited for by the first caller.
    with suppress(Exception):
        if (example := model.input_example) is not None:
            model.predict(example)


def run(data: str, request_headers: Any) -> Any:
    from azureml.contrib.services.aml_response import AMLResponse

    headers = {str(name).lower(): str(value) for name, value in dict(request_headers).items()}
    try:
        return predict(model, data, headers.get("content-type", ""))
    except BadRequest as error:
        told = {
            "code": "BadRequest",
            "message": str(error),
            "hint": 'Send for example: {"input_data": {"columns": ["a", "b"], "data": [[1, 2]]}}',
        }
        return AMLResponse(told, 400, json_str=True)


def predict(model: Any, data: str, content_type: str) -> Any:
    """What is answered, as JSON knows it. Raises BadRequest."""
    from mlflow.exceptions import MlflowException

    schema = model.metadata.get_input_schema() if model.metadata else None
    if content_type.partition(";")[0].strip() == "text/csv":
        return {"predictions": _plain(_predicted(model, _table(data, schema), None))}
    try:
        said = json.loads(data)
    except ValueError as error:
        raise BadRequest(f"The body is not JSON: {error}") from None
    given = [key for key in KEYS if isinstance(said, dict) and key in said]
    if len(given) != 1:
        raise BadRequest(f"The body is to have one of these keys: {', '.join(KEYS)}.")
    key = given[0]
    try:
        value = _input(key, said[key], schema)
    except (ValueError, TypeError, KeyError, IndexError, MlflowException) as error:
        raise BadRequest(f"{key} is not understood: {getattr(error, 'message', error)}") from None
    found = _plain(_predicted(model, value, said.get("params")))
    return found if key == "input_data" else {"predictions": found}


def _table(data: str, schema: Any) -> Any:
    import pandas
    from mlflow.exceptions import MlflowException
    from mlflow.utils.proto_json_utils import cast_df_types_according_to_schema

    try:
        frame = pandas.read_csv(io.StringIO(data))
        return cast_df_types_according_to_schema(frame, schema) if schema else frame
    except (ValueError, MlflowException) as error:
        raise BadRequest(f"The body is no CSV that suits the model: {getattr(error, 'message', error)}") from None


def _predicted(model: Any, value: Any, params: Any) -> Any:
    from mlflow.exceptions import MlflowException

    try:
        return model.predict(value, params=params) if params else model.predict(value)
    except MlflowException as error:  # of the schema, which the model enforces
        raise BadRequest(error.message) from None


def _input(key: str, value: Any, schema: Any) -> Any:
    from mlflow.utils.proto_json_utils import dataframe_from_parsed_json, parse_tf_serving_input

    if key == "dataframe_split" or (key == "input_data" and isinstance(value, dict) and "data" in value):
        return dataframe_from_parsed_json(value, pandas_orient="split", schema=schema)
    is_records = key == "input_data" and isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    if key == "dataframe_records" or is_records:
        return dataframe_from_parsed_json(value, pandas_orient="records", schema=schema)
    if schema is None and key == "input_data" and isinstance(value, list):
        import numpy

        return numpy.asarray(value)
    said = {"inputs" if key == "input_data" else key: value}
    parsed = parse_tf_serving_input(said, schema=schema)
    return _framed(parsed, schema)


def _framed(value: Any, schema: Any) -> Any:
    """A model of named columns is given columns, also where somebody sends plain rows."""
    import numpy
    import pandas

    if schema is None or schema.is_tensor_spec():
        return value
    names = schema.input_names()
    if isinstance(value, numpy.ndarray | list) and names:
        rows = numpy.asarray(value)
        if rows.ndim == 2 and rows.shape[1] == len(names):
            return pandas.DataFrame(rows, columns=names)
    if isinstance(value, dict):
        return pandas.DataFrame({name: list(column) for name, column in value.items()})
    return value


def _plain(value: Any) -> Any:
    import numpy
    import pandas

    if isinstance(value, pandas.DataFrame):
        return json.loads(value.to_json(orient="records", date_format="iso"))
    if isinstance(value, pandas.Series):
        return json.loads(value.to_json(orient="values", date_format="iso"))
    if isinstance(value, numpy.ndarray | numpy.generic):
        return value.tolist()
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _model_folder(folder: Path) -> Path:
    """The one with an MLmodel file, at most two levels below."""
    for pattern in ("MLmodel", "*/MLmodel", "*/*/MLmodel"):
        for found in sorted(folder.glob(pattern)):
            return found.parent
    raise FileNotFoundError(f"There is no MLmodel file below {folder}.")
