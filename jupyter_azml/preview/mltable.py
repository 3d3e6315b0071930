"""An MLTable: a folder whose file ``MLTable`` says which files are its rows, and how they are read.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable
"""

from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

import yaml

from ..errors import DataNotFound, DataUnreadable
from ..language import _
from .delimited import Dialect
from .source import Place

FILE = "MLTable"
_LARGEST = 1024 * 1024
_MOST_LISTED = 1000
_READERS = {
    "read_delimited": "CSV",
    "read_parquet": "Parquet",
    "read_json_lines": "JSON lines",
}
_DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "space": " ", "pipe": "|"}


@dataclass(frozen=True)
class Table:
    """``files``: addresses, or paths below the folder."""

    files: tuple[str, ...]
    format: str
    dialect: Dialect = field(default_factory=Dialect)
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    not_applied: tuple[str, ...] = ()
    """Transformations that a look leaves out."""


def read_table(place: Place, folder: str) -> Table:
    """Raises DataUnreadable for a file that says nothing of paths, DataNotFound where they lead nowhere."""
    with place.open(_below(folder, FILE)) as opened:
        text = opened.read(_LARGEST)
    try:
        told = yaml.safe_load(text)
        if not isinstance(told, dict):
            raise ValueError(_("it is no mapping"))
        steps = [_step(each) for each in told.get("transformations") or []]
        paths = [next(iter(each.items())) for each in told.get("paths") or []]
    except (yaml.YAMLError, ValueError, AttributeError, StopIteration) as error:
        detail = str(error).partition("\n")[0][:200]
        raise DataUnreadable(
            _("{path} is not a valid MLTable file: {detail}", path=_below(folder, FILE), detail=detail),
            _("It has to name paths: - file: ./data.csv, and may name transformations: - read_delimited."),
        ) from error
    files = tuple(path for kind, value in paths for path in _found(place, folder, str(kind), str(value)))
    if not files:
        raise DataNotFound(
            _("The paths in {path} lead to no file.", path=_below(folder, FILE)),
            _("Check them: they begin at the folder that the file is in."),
        )
    reader = next(((name, options) for name, options in steps if name in _READERS), None)
    return Table(
        files=files,
        format=_READERS[reader[0]] if reader else "",
        dialect=_dialect(reader[1]) if reader and reader[0] == "read_delimited" else Dialect(),
        keep=_columns(steps, "keep_columns"),
        drop=_columns(steps, "drop_columns"),
        not_applied=tuple(name for name, _ in steps if name not in (*_READERS, "keep_columns", "drop_columns")),
    )


def _step(told: Any) -> tuple[str, Any]:
    """``- read_parquet`` alone, or with options below it."""
    if isinstance(told, str):
        return told, {}
    ((name, options),) = told.items()
    return str(name), options or {}


def _found(place: Place, folder: str, kind: str, value: str) -> list[str]:
    if "://" in value or value.startswith("azureml:"):
        return [value]
    path = value.removeprefix("./").strip("/")
    if ".." in path.split("/"):
        raise DataNotFound(
            _("{path} leads out of the table's folder.", path=value), _("Name files below it, or whole addresses.")
        )
    if kind == "file":
        return [path]
    if kind == "folder":
        return _listed(place, folder, path)
    parent = path.partition("*")[0].rpartition("/")[0]
    return [file for file in _listed(place, folder, parent) if fnmatch(file, path)]


def _listed(place: Place, folder: str, path: str) -> list[str]:
    page = place.browse(_below(folder, path), limit=_MOST_LISTED)
    names = (file.path.rpartition("/")[2] for file in page.items if not file.is_folder)
    return [_below(path, name) for name in names if name != FILE]


def _dialect(options: dict[str, Any]) -> Dialect:
    delimiter, header = options.get("delimiter"), options.get("header")
    encoding = str(options.get("encoding") or "").replace("iso88591", "latin-1").replace("windows1252", "cp1252")
    return Dialect(
        delimiter=_DELIMITERS.get(str(delimiter), str(delimiter)) if delimiter else None,
        has_header=None if header is None else str(header) != "no_header" and header is not False,
        encoding=None if encoding in ("", "ascii", "utf8") else encoding,
    )


def _columns(steps: list[tuple[str, Any]], name: str) -> tuple[str, ...]:
    told = next((options for step, options in steps if step == name), ())
    return (told,) if isinstance(told, str) else tuple(map(str, told))


def _below(folder: str, path: str) -> str:
    return "/".join(part for part in (folder.rstrip("/"), path.rstrip("/")) if part)
