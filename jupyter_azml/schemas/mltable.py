"""The file MLTable: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json. What reads it checks the rest."""

from pathlib import Path
from typing import Any

from ..errors import SpecInvalid
from ..language import _
from .shape import Place
from .text import parse_yaml

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable"
MOST_BYTES = 4 * 1024 * 1024
_SOURCES = ("file", "folder", "pattern")


def check_table(content: bytes, file: Path) -> None:
    """Raises SpecInvalid with every fault."""
    place = Place(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecInvalid(_("{file} is not text in UTF-8.", file=file), _("Save it as UTF-8.")) from error
    if len(content) > MOST_BYTES:
        place.fault(_("is too long for a description: {size} bytes", size=len(content)))
        place.check(REFERENCE)
    data = parse_yaml(text, file)
    _check_paths(data.get("paths"), place.at("paths"))
    steps = data.get("transformations", [])
    if not isinstance(steps, list):
        place.at("transformations").fault(_("a list is expected"))
    place.check(REFERENCE)


def _check_paths(paths: Any, place: Place) -> None:
    if not isinstance(paths, list) or not paths:
        place.fault(_("a list is expected, with file, folder or pattern in each line"))
        return
    for number, path in enumerate(paths):
        known = [key for key in _SOURCES if isinstance(path, dict) and isinstance(path.get(key), str)]
        if len(known) != 1:
            place.at(number).fault(_("one of file, folder and pattern is expected"))
