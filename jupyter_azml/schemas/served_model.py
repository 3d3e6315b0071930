"""``model`` of a deployment: a name, a path, or what is at a path, written out."""

import re
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..language import _
from .places import absolute
from .shape import Place, anything, text


def name_or_object(value: Any, place: Place) -> Any:
    return anything(value, place) if isinstance(value, dict) else text(value, place)


def model_said(model: Any, place: Place) -> Any:
    """Written out, as ``az ml`` takes it: what is at the path is registered."""
    if not isinstance(model, dict):
        return model
    path = model.get("path") or model.get("local_path")
    if not isinstance(path, str) or not path:
        place.at("path").fault(_("is missing"))
        return ""
    return path


def reference_or_path(model: str, folder: Path) -> str:
    """``NAME:VERSION`` names a model too, unless there is a file of that name."""
    path = Path(absolute(model, folder))
    if re.match(r"(azureml|models|runs):|/subscriptions/", model) or (":" in model and not path.exists()):
        return model
    return str(path)


def check_is_name(model: str) -> None:
    """Of what is neither a reference nor there. Raises UsageError for an address, and for what can only be a path."""
    if "://" in model:
        raise UsageError(
            _("{text} names no model.", text=model),
            _("Write azureml:NAME:VERSION, azureml:NAME@latest or azureml:NAME@ALIAS."),
        )
    if model.startswith((".", "~")) or "/" in model:
        raise UsageError(
            _("There is no file or folder {path} that could be the model.", path=model),
            _("Check the path; or name a registered model: azureml:NAME:VERSION. See: azml model list"),
        )
