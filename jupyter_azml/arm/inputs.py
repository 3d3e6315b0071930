"""Inputs of a job: data, and literals, which the service keeps as text."""

from collections.abc import Mapping
from typing import Any

from ..entities import CommandSpec, DataInput, DataType, JobSpec, NotebookSpec
from .ids import WorkspaceId
from .references import full_reference
from .shape import mapping

_MODES = {
    "ro_mount": "ReadOnlyMount",
    "rw_mount": "ReadWriteMount",
    "download": "Download",
    "direct": "Direct",
    "eval_mount": "EvalMount",
    "eval_download": "EvalDownload",
}
_MODELS = (DataType.CUSTOM_MODEL, DataType.MLFLOW_MODEL, DataType.TRITON_MODEL)


def inputs_to_arm(spec: JobSpec, workspace: WorkspaceId) -> dict[str, Any]:
    if not isinstance(spec, CommandSpec | NotebookSpec):
        return {}
    data = {
        name: {
            "jobInputType": value.type.value,
            "uri": full_reference(value.path, "models" if value.type in _MODELS else "data", workspace),
            "mode": _MODES[value.mode],
        }
        for name, value in spec.data_inputs.items()
    }
    if isinstance(spec, NotebookSpec):
        return data  # its parameters are no inputs: they are in the command
    literals = {name: {"jobInputType": "literal", "value": str(value)} for name, value in spec.literal_inputs.items()}
    return data | literals


def data_inputs_from_arm(properties: Mapping[str, Any]) -> dict[str, DataInput]:
    modes = {word: mode for mode, word in _MODES.items()}
    return {
        str(name): DataInput.model_validate(
            {
                "type": data_type(given.get("jobInputType")),
                "path": str(given.get("uri") or ""),
                "mode": modes.get(str(given.get("mode")), "ro_mount"),
            }
        )
        for name, item in mapping(properties.get("inputs")).items()
        if (given := mapping(item)).get("jobInputType") != "literal"
    }


def data_type(value: object) -> DataType:
    return next((kind for kind in DataType if kind == value), DataType.URI_FOLDER)


def parameters_from_arm(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {**literals_from_arm(properties), **mapping(properties.get("parameters"))}


def literals_from_arm(properties: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(name): str(given.get("value", ""))
        for name, item in mapping(properties.get("inputs")).items()
        if (given := mapping(item)).get("jobInputType") == "literal"
    }
