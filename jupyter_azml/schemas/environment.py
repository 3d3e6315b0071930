"""An environment's YAML file, as of ``az ml environment create``; ``packages`` and ``requirements`` are ours.

Source: https://azuremlschemas.azureedge.net/latest/environment.schema.json
"""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..entities import BuildContext, Environment
from ..language import _
from .places import absolute, is_local
from .requirements import Reader, check_requirements, read_requirements
from .shape import Place, Shape, anything, keys, label, mapping, sequence, text, word
from .text import parse_yaml

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-environment"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
ANONYMOUS = "CliV2AnonymousEnvironment"
"""As azure-ai-ml calls those that a job brings along."""
CONDA_FILES = ("conda.yml", "conda.yaml", "conda_dependencies.yml", "environment.yml", "environment.yaml")
"""What a conda file in a build context is called."""

KEYS: dict[str, Shape | None] = {
    "$schema": None,
    **dict.fromkeys(("name", "description", "image", "datastore"), text),
    "version": label,
    "conda_file": anything,
    "build": keys({"path": text, "dockerfile_path": text}, needed=("path",)),
    "packages": sequence(text),
    "requirements": text,
    "inference_config": anything,
    "os_type": word("linux", "windows"),
    "tags": mapping(label),
    "properties": mapping(label),
    **dict.fromkeys(("id", "creation_context", "latest_version")),
}
_SHAPE = keys(KEYS)


def read_environment(data: dict[str, Any], file: Path, read: Reader, python: str) -> Environment:
    """Paths begin from the file, and what they lead to is read; ``python`` is the version that it is to run with.

    Raises SpecInvalid.
    """
    place = Place(file)
    found = _environment(_SHAPE(data, place), file.parent, place, read)
    if not (found.image or found.conda_file or found.packages or found.build):
        place.fault(_("it is made of nothing; there are: image, conda_file, packages, requirements, build"))
    for name in filter(None, (found.name, found.version)):
        if not NAME.fullmatch(name):
            place.fault(
                _(
                    "{name} cannot be a name or version: up to 255 letters, digits, dots, - and _ can be",
                    name=repr(name),
                )
            )
    _requirements(found, python, place)
    place.check(REFERENCE)
    return found.model_copy(update={"digest": digest_of(found)})


def requirements_of(environment: Environment, python: str) -> tuple[str, ...]:
    """What pip is to be asked for. Raises SpecInvalid for another Python, and for what only conda has."""
    place = Place(Path(f"{environment.name}:{environment.version}"))
    found = _requirements(environment, python, place)
    place.check(REFERENCE)
    return found


def digest_of(environment: Environment) -> str:
    """SHA-256 of what it is made of: not of what it is called, nor of the order of its packages."""
    made_of = {
        "image": environment.image,
        "conda_file": {name: value for name, value in environment.conda_file.items() if name != "name"},
        "packages": sorted(environment.packages),
        "build": environment.build and environment.build.model_dump(exclude={"path"}),
        "os_type": environment.os_type,
        "inference_config": environment.inference_config,
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def job_environment(value: Any, place: Place) -> Any:
    """As a job names it, or as it writes it out."""
    return _SHAPE(value, place) if isinstance(value, dict) else text(value, place)


def moved_environment(value: Any, move: Callable[[str], str]) -> Any:
    """With its paths moved, where a job writes it out."""
    if not isinstance(value, dict):
        return value
    moved = dict(value)
    for key in ("conda_file", "requirements"):
        if isinstance(value.get(key), str):
            moved[key] = move(value[key])
    if "build" in value:
        moved["build"] = {**value["build"], "path": move(value["build"]["path"])}
    return moved


def _environment(data: dict[str, Any], folder: Path, place: Place, read: Reader) -> Environment:
    packages = check_requirements(data.get("packages", ()), place.at("packages"))
    if isinstance(path := data.get("requirements"), str):
        file = Path(absolute(path, folder))
        content = _content(file, path, place.at("requirements"), read)
        packages = (*packages, *read_requirements(file, content, place.at("requirements"), read))
    return Environment(
        name=data.get("name") or "",
        version=data.get("version") or "",
        **{key: data[key] for key in ("description", "image", "os_type") if isinstance(data.get(key), str)},
        tags=data.get("tags") or {},
        inference_config=data["inference_config"] if isinstance(data.get("inference_config"), dict) else {},
        conda_file=_conda(data.get("conda_file"), folder, place.at("conda_file"), read),
        packages=tuple(dict.fromkeys(packages)),
        build=_build(data["build"], folder, place.at("build"), read) if data.get("build") else None,
    )


def _conda(value: Any, folder: Path, place: Place, read: Reader) -> dict[str, Any]:
    """Written out, or the path of a file."""
    if isinstance(value, str):
        file = Path(absolute(value, folder))
        content = _content(file, value, place, read)
        return _conda_of(content, file) if content else {}
    if value is not None and not isinstance(value, dict):
        place.fault(_("a path, or names with values are expected, not {value}", value=repr(value)[:60]))
    return value if isinstance(value, dict) else {}


def _conda_of(content: str, file: Path) -> dict[str, Any]:
    data: dict[str, Any] = anything(parse_yaml(content, file), Place(file))
    return data


def _build(data: dict[str, Any], folder: Path, place: Place, read: Reader) -> BuildContext | None:
    path = data.get("path")
    if not isinstance(path, str):
        return None
    context = Path(absolute(path, folder))
    dockerfile_path = data.get("dockerfile_path") or "Dockerfile"
    if not is_local(path):
        return BuildContext(path=path, dockerfile_path=dockerfile_path)
    dockerfile = read(context / dockerfile_path)
    requirements = read(context / "requirements.txt")
    conda = next(((name, found) for name in CONDA_FILES if (found := read(context / name))), None)
    if dockerfile is None:
        place.fault(_("there is no {name} in {path}", name=dockerfile_path, path=path))
    return BuildContext(
        path=str(context),
        dockerfile_path=dockerfile_path,
        dockerfile=dockerfile or "",
        requirements=read_requirements(context / "requirements.txt", requirements, place.at("requirements.txt"), read)
        if requirements
        else (),
        conda_file=_conda_of(conda[1], context / conda[0]) if conda else {},
    )


def _content(file: Path, path: str, place: Place, read: Reader) -> str:
    content = read(file)
    if content is None:
        place.fault(_("there is nothing at {path}", path=path))
    return content or ""


def _requirements(environment: Environment, python: str, place: Place) -> tuple[str, ...]:
    from .conda import conda_requirements  # and packaging; most commands need none

    found = [*check_requirements(environment.packages, place.at("packages"))]
    found += conda_requirements(environment.conda_file, python, place.at("conda_file"))
    if build := environment.build:
        found += [*build.requirements, *conda_requirements(build.conda_file, python, place.at("build.conda_file"))]
    return tuple(dict.fromkeys(found))
