"""A job of type notebook: a run configuration in the manner of ``az ml``, which has none."""

import os
from pathlib import Path
from typing import Any

from ..entities import NotebookSpec
from ..language import _
from .common import KEYS, common_data, common_fields
from .places import absolute, relative
from .shape import Place, anything, integer, keys, mapping, text


def _notebook(value: Any, place: Place) -> Any:
    if isinstance(value, str) and not value.strip():
        place.fault(_("is missing"))
    return text(value, place)


SHAPE = keys(
    {
        **KEYS,
        "notebook": _notebook,
        "code": text,
        "parameters": mapping(anything),
        "kernel": text,
        "execution_timeout": integer(1),
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
        "kernel_name": data.get("kernel"),
        "execution_timeout": data.get("execution_timeout"),
    }
    return {**common_fields(data), **{name: value for name, value in found.items() if value is not None}}


def notebook_data(spec: NotebookSpec, folder: Path) -> dict[str, Any]:
    common = common_data(spec)
    return {
        "type": "notebook",
        **{name: common.pop(name) for name in ("name", "display_name", "description", "experiment_name", "tags")},
        "notebook": spec.notebook,
        "code": relative(spec.code, folder),
        "parameters": dict(spec.parameters),
        "kernel": spec.kernel_name,
        "execution_timeout": spec.execution_timeout,
        **common,
    }
