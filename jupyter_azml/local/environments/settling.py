"""The environment of a job, settled when it is submitted."""

import platform
from pathlib import Path
from typing import Any

from ...entities import Environment, JobEnvironment, JobSpec, NotebookSpec, Reason, environment_named
from ...errors import UsageError
from ...language import _
from ...schemas.environment import ANONYMOUS, read_environment, requirements_of
from ..db import Database
from ..paths import WorkspacePaths
from .operations import LocalEnvironments


def settle_environment(
    paths: WorkspacePaths, db: Database, spec: JobSpec
) -> tuple[JobEnvironment | None, tuple[Reason, ...]]:
    """What a job is to run in, and what whoever submits it should know.

    Raises EnvironmentNotFound, SpecInvalid, UsageError.
    """
    if not spec.environment:
        return None, ()
    found = asked_environment(LocalEnvironments(paths, db), spec.environment)
    requirements = requirements_of(found, platform.python_version())
    if requirements and isinstance(spec, NotebookSpec) and spec.kernel_name:
        _check_kernel(spec.kernel_name)
    return JobEnvironment(name=found.name, version=found.version, requirements=requirements), found.notes


def asked_environment(environments: LocalEnvironments, asked: str | dict[str, Any]) -> Environment:
    """Named, or written out. Raises EnvironmentNotFound, SpecInvalid, UsageError."""
    if isinstance(asked, dict):
        return _written_out(environments, asked)
    named = environment_named(asked)
    if named is None:
        raise UsageError(
            _("{name} names no environment.", name=asked),
            _("Write azureml:NAME:VERSION or azureml:NAME@latest; see: azml environment list"),
        )
    return environments.get(*named)


def _written_out(environments: LocalEnvironments, data: dict[str, Any]) -> Environment:
    """As azure-ai-ml does it: kept by its content, out of lists. Its paths are absolute."""
    plain = {name: value for name, value in data.items() if name not in ("name", "version", "id")}
    found = read_environment(plain, Path("environment"), read_file, platform.python_version())
    kept = environments.create_or_update(found.model_copy(update={"name": ANONYMOUS, "version": found.digest[:32]}))
    return kept.model_copy(update={"name": str(data.get("name") or ANONYMOUS)})


def read_file(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None


def _check_kernel(name: str) -> None:
    """An environment is one of Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return  # said elsewhere
    if spec.language.lower() != "python":
        raise UsageError(
            _(
                "The kernel {name} runs {language}, and an environment is one of Python.",
                name=name,
                language=spec.language,
            ),
            _("Leave the environment out, or choose a kernel of Python with -k."),
        )
