"""The rows in a request to a model, or in its answer, whichever of the usual forms it has."""

import json
from typing import Any

Row = dict[str, Any]

_WRAPPERS = (
    "input_data",
    "dataframe_split",
    "dataframe_records",
    "inputs",
    "instances",
    "predictions",
    "data",
    "outputs",
)
_MOST_ROWS = 1_000
"""Of one body."""


def rows_of(body: bytes, column: str) -> list[Row]:
    """What is no JSON, or holds no rows, has none. ``column`` names values that come without a name.

    Azure's ``input_data`` and ``data``, MLflow's ``dataframe_split``, ``dataframe_records``, ``inputs``, ``instances``
    and ``predictions``: https://mlflow.org/docs/latest/deployment/deploy-model-locally and
    https://learn.microsoft.com/azure/machine-learning/how-to-deploy-mlflow-models-online-endpoints.
    """
    try:
        found = json.loads(body)
        if isinstance(found, str):  # a scoring script that answers with json.dumps(…) is encoded once more
            found = json.loads(found)
    except (ValueError, RecursionError):
        return []
    return _rows(found, column)[:_MOST_ROWS]


def _rows(value: Any, column: str, depth: int = 0) -> list[Row]:
    if isinstance(value, dict):
        wrapped = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), dict | list)), None)
        if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
            names = [str(name) for name in value["columns"]]
            return [_named(item, names) for item in value["data"]]
        if wrapped is not None and depth < 2:
            return _rows(wrapped, column, depth + 1)
        if value and all(isinstance(item, list) for item in value.values()):  # {"column": [values]}
            return [dict(zip(value, row, strict=False)) for row in zip(*value.values(), strict=False)]
        return [value] if value else []
    if isinstance(value, list):
        return [_row(item, column) for item in value]
    return [] if value is None else [{column: value}]


def _row(item: Any, column: str) -> Row:
    if isinstance(item, dict):
        return {str(name): value for name, value in item.items()}
    if isinstance(item, list):
        return _named(item, [f"{column}_{number}" for number in range(len(item))])
    return {column: item}


def _named(item: Any, names: list[str]) -> Row:
    return dict(zip(names, item if isinstance(item, list) else [item], strict=False))
