"""The environment that a job or a deployment asks for, as the workspace knows it."""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..entities import environment_named
from ..errors import UsageError
from ..language import _
from ..schemas.environment import ANONYMOUS, read_environment
from ..workspace import EnvironmentsOperations

_AS_THEY_ARE = ("azureml://registries/", "/subscriptions/", "azureml:azureml-")


def settle_environment(environments: EnvironmentsOperations, asked: str | Mapping[str, Any]) -> str:
    """``azureml:NAME:VERSION``. What is written out is kept first, as the SDK does it: by its content, out of lists.

    Those of Azure and of registries stay as they are; of others it is seen to that they are there. Raises UsageError,
    EnvironmentNotFound.
    """
    if isinstance(asked, str):
        return _named(environments, asked)
    plain = {name: value for name, value in asked.items() if name not in ("name", "version", "id")}
    found = read_environment(plain, Path("environment"), _read, platform.python_version())
    made = environments.create_or_update(found.model_copy(update={"name": ANONYMOUS, "version": found.digest[:32]}))
    return f"azureml:{made.name}:{made.version}"


def _named(environments: EnvironmentsOperations, asked: str) -> str:
    if asked.lower().startswith(_AS_THEY_ARE):
        return asked
    named = environment_named(asked)
    if named is None:
        raise UsageError(
            _("{name} names no environment.", name=asked),
            _("Write azureml:NAME:VERSION or azureml:NAME@latest; see: azml environment list"),
        )
    found = environments.get(*named)
    return f"azureml:{found.name}:{found.version}"


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
