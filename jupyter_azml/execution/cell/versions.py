"""Which versions a value was made with, and whether they are the same where it arrives."""

import sys
from collections.abc import Iterable
from importlib import metadata

_OURS = ("cloudpickle", "jupyter_azml")
"""What writes and reads the values, and is no part of them."""


def versions_of(modules: Iterable[str]) -> dict[str, str]:
    """Of the packages that the modules belong to. The standard library has that of Python, local files have none."""
    found = {}
    for root in dict.fromkeys(name.partition(".")[0] for name in modules):
        if root not in _OURS and root not in sys.stdlib_module_names and (version := version_of(root)):
            found[root] = version
    return found


def version_of(package: str) -> str:
    """ "" when there is no such package, or it does not say."""
    version = getattr(sys.modules.get(package), "__version__", None)
    if isinstance(version, str):
        return version
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def same_python(version: str) -> bool:
    """Code that was compiled by one minor version does not run on another."""
    return version.split(".")[:2] == [str(part) for part in sys.version_info[:2]]
