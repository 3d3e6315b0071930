"""Inputs of a job: data, and literals, which the service keeps as text."""

from collections.abc import Mapping
from typing import Any

from ..entities import CommandSpec, DataInput, DataType, JobSpec
from .shape import mapping

_MODES = {
    "ro_mount": "ReadOnlyMount",
    "rw_mount": "ReadWriteMount",
    "download": "Download",
    "direct": "Direct",
    "eval_mount": "EvalMount",
    "eval_download": "EvalDownload",
}


def inputs_to_arm(spec: JobSpec) -> dict[str, Any]:
    if not isinstance(spec, CommandSpec):
        return {}  # the parameters of a notebook are no inputs: they are in the command
    data = {
        name: {"jobInputType": value.type.value, "uri": value.path, "mode": _MODES[value.mode]}
        for name, value in spec.data_inputs.items()
    }
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
    literals = {
        name: given.get("value")
        for name, item in mapping(properties.get("inputs")).items()
        if (given := mapping(item)).get("jobInputType") == "literal"
    }
    return {**literals, **mapping(properties.get("parameters"))}
