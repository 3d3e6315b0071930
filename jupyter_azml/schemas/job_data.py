"""What a job reads and writes, as its YAML file says it."""

from pathlib import Path
from typing import Any

from ..entities import DataInput, DataOutput, DataType
from .places import absolute, relative
from .shape import Place, keys, label, text, word

_TYPE = word(*(kind.value for kind in DataType))
data_input = keys(
    {
        "type": _TYPE,
        "path": text,
        "mode": word(*("ro_mount", "rw_mount", "download", "direct", "eval_mount", "eval_download"), mount="ro_mount"),
        "datastore": text,
        "path_on_compute": text,
    },
    needed=("path",),
)
_OUTPUT = keys(
    {
        "type": _TYPE,
        "path": text,
        "mode": word("rw_mount", "upload", "direct", mount="rw_mount"),
        "name": text,
        "version": label,
    }
)


def data_output(value: Any, place: Place) -> Any:
    return {} if value is None else _OUTPUT(value, place)


def localised(value: Any, folder: Path) -> Any:
    """With a path that begins from the file's folder."""
    return {**value, "path": absolute(value["path"], folder)} if isinstance(value, dict) and "path" in value else value


def input_data(value: DataInput, folder: Path) -> dict[str, Any]:
    data = without(value.to_data(), {"mode": "ro_mount"})
    return {**data, "path": relative(value.path, folder)}


def output_data(value: DataOutput, folder: Path) -> dict[str, Any]:
    data = without(value.to_data(), {"mode": "rw_mount"})
    return {**data, "path": relative(value.path, folder)} if value.path else data


def without(data: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in data.items()
        if value not in (None, "", [], {}) and not (name in usual and usual[name] == value)
    }
