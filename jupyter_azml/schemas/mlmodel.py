"""What the files of a model say of it: the MLmodel file that MLflow writes, and what stands beside it."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue

from ..errors import SpecInvalid, UsageError
from ..language import _
from .text import parse_yaml

MLMODEL = "MLmodel"
_MOST_BYTES = 4 * 1024 * 1024


class ModelFacts(NamedTuple):
    flavors: dict[str, JsonValue] = {}
    signature: dict[str, JsonValue] = {}
    input_example: str = ""
    environment: dict[str, JsonValue] = {}
    """``python`` and the packages with their versions, as MLflow wrote them down."""
    run: str | None = None
    model_id: str | None = None


def read_model_facts(place: Path) -> ModelFacts:
    """Empty for anything but an MLflow model. Raises UsageError for an MLmodel file that cannot be read."""
    data = _read_mlmodel(place / MLMODEL) if place.is_dir() else None
    if data is None:
        return ModelFacts()
    flavors = _mapping(data.get("flavors"))
    example = _mapping(data.get("saved_input_example_info")).get("artifact_path")
    python = _mapping(flavors.get("python_function")).get("python_version")
    return ModelFacts(
        flavors=flavors,
        signature={name: _columns(value) for name, value in _mapping(data.get("signature")).items() if value},
        input_example=example if isinstance(example, str) and (place / example).is_file() else "",
        environment={**({"python": python} if python else {}), **_requirements(place / "requirements.txt")},
        run=_text(data.get("run_id")),
        model_id=_text(data.get("model_id")),
    )


def _read_mlmodel(file: Path) -> dict[str, Any] | None:
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES:
            raise ValueError(_("it is larger than {size} bytes", size=_MOST_BYTES))
        return parse_yaml(text.decode("utf-8"), Path(file.name))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, SpecInvalid) as error:
        detail = getattr(error, "message", None) or error
        raise UsageError(
            _("{file} cannot be read: {detail}", file=file.name, detail=detail),
            _("Save the model again with MLflow, or register it as custom_model from another folder."),
        ) from error


def _columns(value: Any) -> JsonValue:
    """MLflow writes JSON into the YAML."""
    try:
        found: JsonValue = json.loads(value) if isinstance(value, str) else json.loads(json.dumps(value))
    except (ValueError, TypeError):
        return str(value)
    return found


def _requirements(file: Path) -> dict[str, JsonValue]:
    """Pinned packages; others as they stand."""
    try:
        lines = file.read_text("utf-8").splitlines()[:1000]
    except (OSError, ValueError):
        return {}
    found: dict[str, JsonValue] = {}
    for line in lines:
        stripped = line.split("#")[0].split(";")[0].strip()
        if stripped and not stripped.startswith("-"):
            name, _equals, version = stripped.partition("==")
            found[name.strip()] = version.strip()
    return found


def _mapping(value: Any) -> dict[str, Any]:
    """As JSON can say it: YAML may hold more."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, Any] = json.loads(json.dumps(value, default=str))
    return found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
