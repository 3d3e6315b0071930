"""An environment from a YAML file, from options, or from what this Python has."""

import platform
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from ..entities import Environment
from ..errors import UsageError
from ..language import _
from ..schemas.environment import read_environment
from ..workspace import Workspace
from .create_job import read_yaml


def create_environment(workspace: Workspace, file: Path | None, given: dict[str, Any]) -> Environment:
    """``given`` has keys of the file, and wins over it; its paths begin from the working directory.

    Raises SpecInvalid, UsageError, Conflict.
    """
    given = {name: value for name, value in given.items() if value}
    here = Path.cwd()
    for key in ("conda_file", "requirements"):
        if key in given:
            given[key] = str(here / given[key].expanduser())
    if "build" in given:
        given["build"] = {"path": str(here / given["build"].expanduser())}
    data = read_yaml(file.expanduser().absolute()) if file else {}
    if not {"name"} & {**data, **given}.keys():
        raise UsageError(_("An environment needs a name."), _("Give it with --name, or in the file."))
    place = file.expanduser().absolute() if file else here / "environment"
    return workspace.environments.create_or_update(
        read_environment({**data, **given}, place, _read, platform.python_version())
    )


def create_environment_of_text(
    workspace: Workspace,
    *,
    name: str,
    version: str = "",
    description: str = "",
    tags: dict[str, str] | None = None,
    packages: Sequence[str] = (),
    requirements: str = "",
    conda_file: str = "",
    image: str = "",
) -> Environment:
    """``requirements`` and ``conda_file`` are what stands in such files; no file of this machine is read.

    Raises SpecInvalid, Conflict.
    """
    folder = Path("/")
    texts = {folder / "requirements.txt": requirements, folder / "conda.yml": conda_file}
    given: dict[str, Any] = {"name": name, "version": version, "description": description, "image": image}
    given |= {"tags": dict(tags or {}), "packages": [each for each in packages if each.strip()]}
    given |= {"requirements": "requirements.txt"} if requirements.strip() else {}
    given |= {"conda_file": "conda.yml"} if conda_file.strip() else {}
    data = {key: value for key, value in given.items() if value}
    found = read_environment(data, folder / "environment", texts.get, platform.python_version())
    return workspace.environments.create_or_update(found)


def capture_environment(
    workspace: Workspace, name: str, *, modules: Collection[str] | None, everything: bool = False
) -> tuple[Environment, list[str]]:
    """The versions of what is installed here: of the packages that the modules are from; without any, of those that no
    other package asks for; or of all. And those that nobody else can install, which are left out.
    """
    from packaging.utils import canonicalize_name

    found, left_out = {}, []
    packages = _all_packages()
    names = set(packages) if everything else _of_modules(modules) if modules is not None else _leaves(packages)
    for each in sorted(names & packages.keys()):
        package = packages[each]
        if each == canonicalize_name(__package__.partition(".")[0]):
            continue  # the job finds it beneath
        if package.read_text("direct_url.json"):
            left_out.append(package.metadata["Name"])
        else:
            found[each] = f"{package.metadata['Name']}=={package.version}"
    if not found:
        raise UsageError(
            _("There is nothing to capture: no package of an index is in use here."),
            _("Import what the job needs first, or take all that is installed: --all"),
        )
    origin = _("captured from {python}", python=sys.prefix)
    data = {"name": name, "packages": list(found.values()), "description": origin}
    place = Path.cwd() / "environment"
    kept = read_environment(data, place, _read, platform.python_version())
    return workspace.environments.create_or_update(kept), left_out


def _all_packages() -> dict[str, Any]:
    from importlib.metadata import distributions

    from packaging.utils import canonicalize_name

    found: dict[str, Any] = {}
    for package in distributions():
        if name := package.metadata["Name"]:
            found.setdefault(canonicalize_name(name), package)
    return found


def _of_modules(modules: Collection[str]) -> set[str]:
    from importlib.metadata import packages_distributions

    from packaging.utils import canonicalize_name

    owners = packages_distributions()
    return {canonicalize_name(owner) for module in modules for owner in owners.get(module, ())}


def _leaves(packages: dict[str, Any]) -> set[str]:
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    needed = set()
    for package in packages.values():
        for line in package.requires or ():
            try:
                requirement = Requirement(line)
            except InvalidRequirement:
                continue
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed.add(canonicalize_name(requirement.name))
    return set(packages) - needed - {"pip", "setuptools", "wheel", "uv"}


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
