"""Packages in several folders, the first of which wins: those of an environment, and of the Python beneath it."""

import os
import re
import site
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from ...schemas.requirements import is_option


class Found(NamedTuple):
    packages: dict[str, str]
    """Name -> version, of what was asked for and what that needs."""
    places: dict[str, Path]
    """Name -> the folder that says so."""
    unmet: tuple[str, ...]
    """Of what was asked for: what is not there, or in another version, or lacks something that it needs itself."""


def site_folders() -> list[Path]:
    """Where this interpreter's packages are, the first being looked at first."""
    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return [Path(folder) for folder in [*user, *site.getsitepackages()] if folder in sys.path and os.path.isdir(folder)]


def installed(folders: Sequence[Path]) -> dict[str, Distribution]:
    """By canonical name. What editable installations name is looked at, too."""
    found: dict[str, Distribution] = {}
    for package in distributions(path=[str(folder) for folder in folders]):
        if name := package.metadata["Name"]:
            found.setdefault(canonicalize_name(name), package)
    return found


def look_up(requirements: Iterable[str], there: dict[str, Distribution]) -> Found:
    """What of the requirements is there, with all that it needs."""
    walk = _Walk(there)
    unmet = tuple(line for line in requirements if not is_option(line) and not walk.is_met(line))
    return Found(dict(sorted(walk.packages.items())), walk.places, unmet)


def clashes(above: dict[str, Distribution], beneath: dict[str, Distribution]) -> list[str]:
    """Packages beneath that ask for another version than the one that now lies above."""
    found = []
    for name, package in beneath.items():
        if name in above:
            continue
        for line in package.requires or ():
            needed = _parsed(line)
            other = above.get(canonicalize_name(needed.name)) if needed and not needed.extras else None
            if needed and other and _applies(needed, ()) and not _fits(needed, other):
                found.append(f"{package.metadata['Name']} {package.version}: {needed.name}{needed.specifier}")
    return found


class _Walk:
    def __init__(self, there: dict[str, Distribution]) -> None:
        self.packages: dict[str, str] = {}
        self.places: dict[str, Path] = {}
        self._there = there
        self._known: dict[tuple[str, frozenset[str]], bool] = {}

    def is_met(self, line: str, extras: Iterable[str] = ()) -> bool:
        needed = _parsed(line)
        if needed is None or needed.url:
            return False  # nobody knows what is behind an address
        if not _applies(needed, extras):
            return True
        name = canonicalize_name(needed.name)
        package = self._there.get(name)
        if package is None or not _fits(needed, package):
            return False
        self.packages[package.metadata["Name"]] = package.version
        if place := getattr(package, "_path", None):
            self.places[name] = Path(place)
        key = name, frozenset(needed.extras)
        if key not in self._known:
            self._known[key] = True  # packages may need one another
            self._known[key] = all([self.is_met(each, needed.extras) for each in package.requires or ()])
        return self._known[key]


def _parsed(line: str) -> Requirement | None:
    try:
        return Requirement(re.split(r"\s#", line)[0])
    except ValueError:
        return None


def _applies(needed: Requirement, extras: Iterable[str]) -> bool:
    if needed.marker is None:
        return True
    return any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _fits(needed: Requirement, package: Distribution) -> bool:
    try:
        return needed.specifier.contains(Version(package.version), prereleases=True)
    except InvalidVersion:
        return False
