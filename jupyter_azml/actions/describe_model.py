"""A version of a model as lines for people: what it is, what it takes and gives, where it comes from."""

import json
from typing import Any

from ..entities import Model
from ..language import _

_MOST_COLUMNS = 30


def describe_model(model: Model) -> dict[str, str]:
    """A label for each thing that is known, in the language of whoever reads it."""
    lineage = model.lineage
    return {
        _("Description"): model.description,
        _("Stage"): model.stage,
        _("Aliases"): ", ".join(model.aliases),
        _("Tags"): _pairs(model.tags),
        _("Properties"): _pairs(model.properties),
        _("Flavors"): ", ".join(model.flavors),
        _("Takes"): told_columns(model.signature.get("inputs")),
        _("Gives"): told_columns(model.signature.get("outputs")),
        _("Input example"): model.input_example,
        _("Job"): lineage.job or "",
        _("Run"): lineage.run or "",
        _("Parameters"): _pairs(lineage.parameters),
        _("Metrics"): ", ".join(f"{key} = {value:.6g}" for key, value in lineage.metrics.items()),
        _("Data"): "\n".join(f"{name}: {path}" for name, path in lineage.inputs.items()),
        _("Environment"): _pairs(lineage.environment),
        _("Git"): _pairs(lineage.git),
        _("Snapshot"): (lineage.snapshot or "")[:12],
        _("Files"): str(model.files) if model.files else "",
        _("Hash"): model.hash[:12],
        _("From"): model.source,
        _("Place"): model.path,
    }


def _pairs(values: Any) -> str:
    return ", ".join(f"{name} = {_said(value)}" if value != "" else name for name, value in values.items())


def told_columns(columns: Any) -> str:
    """MLflow's: columns with names and types, or tensors with shapes."""
    if not isinstance(columns, list):
        return json.dumps(columns) if columns else ""
    told = [_column(column) for column in columns[:_MOST_COLUMNS]]
    return ", ".join([*told, "…"] if len(columns) > _MOST_COLUMNS else told)


def _column(column: Any) -> str:
    if not isinstance(column, dict):
        return str(column)
    tensor = column.get("tensor-spec") or {}
    kind = f"{tensor.get('dtype')}{tensor.get('shape')}" if tensor else _said(column.get("type", ""))
    return f"{column['name']}: {kind}" if column.get("name") else kind


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
