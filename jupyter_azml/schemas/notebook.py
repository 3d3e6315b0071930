"""A job of type notebook: a run configuration in the manner of ``az ml``, which has none."""

import os
from pathlib import Path
from typing import Any

from ..entities import NotebookSpec
from ..entities.secrecy import hide
from ..language import _
from .common import KEYS, common_data, common_fields
from .environment import job_environment, moved_environment
from .job_data import data_input, data_output, input_data, localised, output_data
from .places import absolute, relative
from .shape import Place, anything, boolean, integer, keys, mapping, sequence, text


def _notebook(value: Any, place: Place) -> Any:
    if isinstance(value, str) and not value.strip():
        place.fault(_("is missing"))
    return text(value, place)


_AS_THEY_ARE = ("execution_timeout", "start_timeout", "working_directory", "language", "report_mode")

SHAPE = keys(
    {
        **KEYS,
        "notebook": _notebook,
        "code": text,
        "parameters": mapping(anything),
        "secret_parameters": sequence(text),
        "inputs": mapping(data_input),
        "outputs": mapping(data_output),
        "kernel": text,
        "environment": job_environment,
        "execution_timeout": integer(1),
        "start_timeout": integer(1),
        "working_directory": text,
        "language": text,
        "report_mode": boolean,
    },
    needed=("notebook",),
)


def notebook_fields(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Of a ``NotebookSpec``. Without ``code`` the notebook's folder travels, and ``notebook`` is a path to it."""
    notebook = data["notebook"]
    if "code" in data:
        code = absolute(data["code"], folder)
        notebook = os.path.normpath(notebook)
    else:
        code, notebook = os.path.split(absolute(notebook, folder))
    found = {
        "notebook": Path(notebook).as_posix(),
        "code": code,
        "parameters": data.get("parameters"),
        "secret_parameters": tuple(data.get("secret_parameters", ())),
        "inputs": {name: localised(value, folder) for name, value in data.get("inputs", {}).items()},
        "outputs": {name: localised(value, folder) for name, value in data.get("outputs", {}).items()},
        "kernel_name": data.get("kernel"),
        "environment": moved_environment(data.get("environment"), lambda path: absolute(path, folder)),
        **{name: data.get(name) for name in _AS_THEY_ARE},
    }
    return {**common_fields(data), **{name: value for name, value in found.items() if value is not None}}


def notebook_data(spec: NotebookSpec, folder: Path) -> dict[str, Any]:
    common = common_data(spec)
    return {
        "type": "notebook",
        **{name: common.pop(name) for name in ("name", "display_name", "description", "experiment_name", "tags")},
        "notebook": spec.notebook,
        "code": relative(spec.code, folder),
        "parameters": hide(spec.parameters, spec.secret_parameters),
        "secret_parameters": list(spec.secret_parameters),
        "inputs": {name: input_data(value, folder) for name, value in spec.inputs.items()},
        "outputs": {name: output_data(value, folder) for name, value in spec.outputs.items()},
        "kernel": spec.kernel_name,
        "environment": moved_environment(spec.to_data()["environment"], lambda path: relative(path, folder)),
        **{name: getattr(spec, name) or None for name in _AS_THEY_ARE},
        **common,
    }
