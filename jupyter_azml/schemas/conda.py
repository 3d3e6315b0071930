"""A conda file, as far as PyPI has what it names.

Source of the match specification: https://docs.conda.io/projects/conda-build/en/latest/resources/package-spec.html
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ..language import _
from .requirements import check_requirements
from .shape import Place

PYPI_NAMES = {
    **{"pytorch": "torch", "pytorch-cpu": "torch", "py-xgboost": "xgboost", "opencv": "opencv-python"},
    **{"py-opencv": "opencv-python", "msgpack-python": "msgpack", "matplotlib-base": "matplotlib"},
    **{"dask-core": "dask", "python-graphviz": "graphviz", "pytables": "tables", "psycopg2": "psycopg2-binary"},
    **{
        "seaborn-base": "seaborn",
        "python-duckdb": "duckdb",
        "pyqt": "PyQt5",
        "importlib_metadata": "importlib-metadata",
    },
    **{
        "python-tzdata": "tzdata",
        "typing_extensions": "typing-extensions",
        "python-xxhash": "xxhash",
        "redis-py": "redis",
    },
}
"""Packages whose name in conda is another than on PyPI; of all others it is the same."""

_ONLY_CONDA = re.compile(
    r"(r-.*|_.*|lib.*|cuda.*|cudnn|nccl|cpuonly|pytorch-cuda|pytorch-mutex|mkl.*|intel-openmp|blas|openblas|openmpi|mpich"
    r"|.*_(linux|osx|win)-.*|compilers|gcc|gxx|gfortran|c-compiler|cxx-compiler|make|git|ffmpeg|graphviz|openjdk|nodejs"
    r"|hdf5|openssl|ca-certificates|sqlite|zlib|bzip2|xz|readline|tk|ncurses|curl|wget|unzip|gdal|geos|proj|vim|tini)"
)
_WITHOUT_MEANING = ("pip",)
"""pip builds the environment; it is no part of what is built."""
_SPEC = re.compile(
    r"(?:(?P<channel>[\w./-]+)::)?(?P<name>[A-Za-z0-9_.-]+)\s*(?P<version>[^\s\[]*(?:\s*,\s*[^\s\[]+)*)(?P<rest>.*)"
)


_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)\s*(?:===?|~=|<=?|>=?|!=)[^;@]*")
"""A requirement of pip's with a version, up to its marker."""


def conda_requirements(conda: Mapping[str, Any], python: str, place: Place) -> tuple[str, ...]:
    """What pip is to be asked for in place of conda; ``python`` is the version of the one that asks, as 3.11.9.

    Faults name the package that only conda has, and another Python.
    """
    found: list[str] = []
    dependencies = conda.get("dependencies") or []
    place = place.at("dependencies")
    if not isinstance(dependencies, list):
        place.fault(_("a list is expected, not {value}", value=repr(dependencies)[:60]))
        return ()
    for number, entry in enumerate(dependencies):
        if isinstance(entry, Mapping) and set(entry) == {"pip"}:
            lines = entry["pip"] if isinstance(entry["pip"], list) else [entry["pip"]]
            found += check_requirements([str(line) for line in lines if line is not None], place.at("pip"))
        elif isinstance(entry, str):
            found += filter(None, [_requirement(entry, python, place.at(number))])
        else:
            place.at(number).fault(_("a package or pip: is expected, not {value}", value=repr(entry)[:60]))
    return tuple(dict.fromkeys(found))


def split_conda(conda: Mapping[str, Any], python: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What of a conda file can be had here, and what is left out: another Python, what only conda has.

    Versions that were chosen for another Python are left out with it: many of them cannot be had for this one.
    """
    dependencies = conda.get("dependencies")
    kept: list[Any] = []
    left_out: list[str] = []
    for entry in dependencies if isinstance(dependencies, list) else []:
        place = Place(Path("conda_file"))
        conda_requirements({"dependencies": [entry]}, python, place)
        if place.has_faults:
            left_out.append(entry if isinstance(entry, str) else "pip")
        else:
            kept.append(entry)
    if any(re.match(r"python\b", entry) for entry in left_out):
        plain = [_without_versions(entry) for entry in kept]
        left_out += [said for entry, name in zip(kept, plain, strict=True) for said in _left_out(entry, name)]
        kept = plain
    return {**conda, "dependencies": kept}, tuple(left_out)


def _without_versions(entry: Any) -> Any:
    if isinstance(entry, Mapping):
        lines = entry["pip"] if isinstance(entry["pip"], list) else [entry["pip"]]
        return {"pip": [_PINNED.sub(r"\1", str(line)) for line in lines if line is not None]}
    match = _SPEC.fullmatch(str(entry).strip())
    return match["name"] if match else entry


def _left_out(entry: Any, plain: Any) -> list[str]:
    if isinstance(entry, Mapping):
        lines = entry["pip"] if isinstance(entry["pip"], list) else [entry["pip"]]
        said = [str(line) for line in lines if line is not None]
        return [line for line, kept in zip(said, plain["pip"], strict=True) if line != kept]
    return [] if entry == plain else [str(entry)]


def _requirement(entry: str, python: str, place: Place) -> str:
    """ "" for what is no package of PyPI, or has a fault."""
    match = _SPEC.fullmatch(entry.strip())
    if match is None or match["rest"].startswith("["):
        place.fault(_("{entry} is not understood; write it as in numpy=1.26", entry=entry))
        return ""
    name = match["name"].lower()
    try:
        version = _specifier(match["version"].strip())
    except InvalidSpecifier:
        place.fault(_("{entry} is not understood; write it as in numpy=1.26", entry=entry))
        return ""
    if name == "python":
        _check_python(entry, version, python, place)
        return ""
    if name in _WITHOUT_MEANING:
        return ""
    if _ONLY_CONDA.fullmatch(name):
        place.fault(
            _("only conda has {name}, and a local workspace installs from PyPI; leave it out", name=match["name"])
        )
        return ""
    return f"{PYPI_NAMES.get(name, match['name'])}{version}"


def _specifier(version: str) -> SpecifierSet:
    """conda's ``=1.2`` means any 1.2, and what follows a further = is a build. Raises InvalidSpecifier."""
    if found := re.fullmatch(r"(=?=?)\s*([\w.*+-]+)(=[\w.*]+)?", version):
        plain = found[2].rstrip("*").rstrip(".")
        is_whole = found[1] == "==" and plain == found[2]
        return SpecifierSet(f"=={plain}" + ("" if is_whole else ".*")) if plain else SpecifierSet()
    return SpecifierSet(version.replace(" ", ""))


def _check_python(entry: str, wanted: SpecifierSet, python: str, place: Place) -> None:
    """Any patch of a minor version is taken for another."""
    minor = ".".join(python.split(".")[:2])
    names_minor = any(
        each.operator == "==" and ".".join(each.version.split(".")[:2]) == minor and len(wanted) == 1 for each in wanted
    )
    if not (names_minor or wanted.contains(python, prereleases=True) or wanted.contains(minor, prereleases=True)):
        place.fault(
            _(
                "{entry} asks for another Python than the {version} that runs here; write python={minor}, or start "
                "Jupyter with that Python",
                entry=entry,
                version=python,
                minor=minor,
            )
        )
