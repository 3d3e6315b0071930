"""Environments. Azure wants an image or a build context; ``packages``, which are ours, travel as a conda file.

Source of the image: the one that azure-ai-ml's own examples build upon.
"""

import json
import platform
from collections.abc import Mapping
from typing import Any

import yaml

from ..entities import BuildContext, Environment
from ..entities.environment_name import PREFIX
from .ids import WorkspaceId
from .shape import mapping, moment, texts
from .versions import OURS, more_of, name_and_version, version_to_arm

KIND = "environments"
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest"
"""Under an environment that names no image."""
MADE_OF = f"{OURS}environment"
"""The property with what an environment was made of, where that had to be put into other words."""
DIGEST = f"{OURS}digest"
"""The property by which the same content is found again."""
_MADE_OF = {"packages", "conda_file", "image", "build"}
_MORE = {"digest", "notes", "resolved", "state", "reason", *_MADE_OF}
_ROUTES = {"livenessRoute": "liveness_route", "readinessRoute": "readiness_route", "scoringRoute": "scoring_route"}


def environment_to_arm(
    environment: Environment, workspace: WorkspaceId, kept: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The version as the service would answer it; ``kept``: fields of it as a client said them, which win."""
    sent = environment.to_data()
    # What a client has said is read as it was said; of other environments the wire's words are a translation.
    told = _MORE - _MADE_OF if kept else _MORE
    more = {name: sent[name] for name in sorted(told) if sent[name] or name in ("conda_file", "image")}
    fields = {**environment_fields(environment), "properties": {}}
    changing = {name: fields[name] for name in ("description", "tags", "isArchived")}
    return version_to_arm(
        workspace,
        KIND,
        environment.name,
        environment.version,
        {**fields, **(kept or {}), **(changing if kept else {}), "environmentType": _type_of(environment)},
        created=environment.created,
        more=more,
    )


def environment_fields(environment: Environment) -> dict[str, Any]:
    """The properties of a version, as they are sent."""
    conda = _conda_with_packages(environment)
    image = environment.image or ("" if environment.build else IMAGE)
    translated = bool(environment.packages) or (bool(conda) and not environment.image and not environment.build)
    properties = {DIGEST: environment.digest} if environment.digest else {}
    if translated:
        said = environment.to_data()
        properties[MADE_OF] = json.dumps({name: said[name] for name in ("packages", "conda_file", "image")})
    build = environment.build
    return {
        "image": image or None,
        "condaFile": yaml.safe_dump(conda, sort_keys=True) if conda else None,
        "build": {"contextUri": build.path, "dockerfilePath": build.dockerfile_path} if build else None,
        "osType": environment.os_type.capitalize(),
        "inferenceConfig": _inference_to_arm(environment.inference_config),
        "description": environment.description or None,
        "tags": environment.tags,
        "properties": properties,
        "isArchived": environment.archived,
        "isAnonymous": False,
    }


def environment_from_arm(resource: Mapping[str, Any]) -> Environment:
    """Raises ValueError for what is no version of an environment."""
    name, version = name_and_version(resource)
    properties = mapping(resource.get("properties"))
    own = texts(properties.get("properties"))
    made_of = {
        "image": str(properties.get("image") or ""),
        "conda_file": _conda_if_any(properties.get("condaFile")),
        "build": _build_from_arm(mapping(properties.get("build"))),
        "digest": own.get(DIGEST, ""),
    }
    return Environment.model_validate(
        {
            "name": name,
            "version": version,
            "description": str(properties.get("description") or ""),
            "tags": texts(properties.get("tags")),
            **made_of,
            **_said(own.get(MADE_OF)),
            "os_type": str(properties.get("osType") or "linux").lower(),
            "inference_config": _inference_from_arm(mapping(properties.get("inferenceConfig"))),
            "is_curated": name.lower().startswith(PREFIX.lower()),
            "archived": properties.get("isArchived") is True,
            "created": moment(mapping(resource.get("systemData")).get("createdAt")),
            **{key: value for key, value in more_of(resource).items() if key in _MORE},
        }
    )


def conda_of(text: object) -> dict[str, Any]:
    """Raises ValueError for what is no conda file."""
    if not text:
        return {}
    try:
        # A few aliases of aliases are more than any memory holds, once they are written out.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(str(text), yaml.SafeLoader)):
            raise ValueError("condaFile has aliases")
        found = yaml.safe_load(str(text))
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"condaFile is no YAML: {(str(error).splitlines() or [''])[0]}") from error
    if not isinstance(found, dict):
        raise ValueError("condaFile has no keys")
    return {str(key): value for key, value in found.items()}


def _conda_if_any(text: object) -> dict[str, Any]:
    """Of another person's environment, too, whatever stands in it: a list is not to fail for one of its items."""
    try:
        return conda_of(text)
    except ValueError:
        return {}


def _conda_with_packages(environment: Environment) -> dict[str, Any]:
    """A conda file that has all of it: an image without one does not run Python of a known version."""
    conda = dict(environment.conda_file)
    if not environment.packages:
        return conda
    given = conda.get("dependencies")
    dependencies: list[Any] = list(given) if isinstance(given, list) else []
    piped = [package for each in dependencies if isinstance(each, dict) for package in each.get("pip") or ()]
    plain = [each for each in dependencies if not isinstance(each, dict)]
    names = {str(each).split("=")[0].split("<")[0].split(">")[0].strip() for each in plain}
    if "python" not in names:
        plain.insert(0, f"python={'.'.join(platform.python_version_tuple()[:2])}")
    if "pip" not in names:
        plain.append("pip")
    return {**conda, "dependencies": [*plain, {"pip": [*piped, *environment.packages]}]}


def _build_from_arm(build: Mapping[str, Any]) -> BuildContext | None:
    if not build.get("contextUri"):
        return None
    return BuildContext(path=str(build["contextUri"]), dockerfile_path=str(build.get("dockerfilePath") or "Dockerfile"))


def _said(text: str | None) -> dict[str, Any]:
    """What an environment was made of, before it was put into other words."""
    try:
        said = mapping(json.loads(text or "{}"))
        found = Environment.model_validate({"name": "x", **{key: said[key] for key in _MADE_OF if key in said}})
    except ValueError:
        return {}
    return {key: getattr(found, key) for key in _MADE_OF if key in said}


def _inference_to_arm(config: Mapping[str, Any]) -> dict[str, Any] | None:
    ours = {ours: theirs for theirs, ours in _ROUTES.items()}
    return {ours.get(name, name): value for name, value in config.items()} or None


def _inference_from_arm(config: Mapping[str, Any]) -> dict[str, Any]:
    return {_ROUTES.get(name, name): value for name, value in config.items()}


def _type_of(environment: Environment) -> str:
    return "Curated" if environment.is_curated else "UserCreated"
