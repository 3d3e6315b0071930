"""Packages in parts, such as ``azure``: those that an environment has come before those beneath it.

A part without ``__init__.py`` is passed over by Python wherever any folder of its path has one with it, be it the last:
https://docs.python.org/3/reference/import.html#namespace-packages. So what was installed above would not be found.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

_FIRST = '''"""Parts of this package lie in several folders; those of this environment come first."""

__path__ = __import__("pkgutil").extend_path(__path__, __name__)
'''


def put_first(packages: Path, beneath: Sequence[Path]) -> None:
    """``packages``: the environment's own folder."""
    for part in list(_parts(packages)):
        if any((folder / part / "__init__.py").is_file() for folder in beneath):
            (packages / part / "__init__.py").write_text(_FIRST, "utf-8")


def _parts(packages: Path, below: Path = Path()) -> Iterator[Path]:
    """Folders without ``__init__.py`` that lead to packages."""
    for folder in sorted((packages / below).iterdir()):
        part = below / folder.name
        if folder.is_dir() and folder.name.isidentifier() and not (folder / "__init__.py").exists():
            yield part
            yield from _parts(packages, part)
