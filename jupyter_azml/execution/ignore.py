"""Which files of a folder stay behind: ``.amlignore``, else ``.gitignore``."""

from pathlib import Path
from typing import NamedTuple

from .gitignore import Pattern, decide, parse_patterns

AMLIGNORE, GITIGNORE = ".amlignore", ".gitignore"


class Rules(NamedTuple):
    """What one file says of the places below its folder."""

    above: str
    """The way from the file's folder down to the folder that travels: "" or ``notebooks/``."""
    below: str
    """The way from the folder that travels down to the file's: "" or ``lib/``."""
    patterns: list[Pattern]

    def decide(self, name: str, *, is_folder: bool) -> bool | None:
        return decide(self.patterns, self.above + name.removeprefix(self.below), is_folder=is_folder)


class IgnoreRules:
    """Where the folder that travels, or one above it up to the git root, has an ``.amlignore``, those are obeyed, as
    are those of folders below; else ``.gitignore`` in the same places, and ``.git/info/exclude``.

    azure-ai-ml looks at the folder's own file alone (``_utils/_asset_utils.py``, ``get_ignore_file``): what a file
    above or below names travels there.
    """

    def __init__(self, folder: Path) -> None:
        self.obeyed: list[Path] = []
        above = _up_to_git_root(folder)
        self._is_aml = any((parent / AMLIGNORE).is_file() for parent in above)
        files = [parent / (AMLIGNORE if self._is_aml else GITIGNORE) for parent in reversed(above[1:])]
        if not self._is_aml:
            files.insert(0, above[-1] / ".git" / "info" / "exclude")
        self._above = [rules for file in files if (rules := self._read(file, above=_way(file, folder)))]

    def of(self, folder: Path, below: str, names: set[str], inherited: tuple[Rules, ...] | None) -> tuple[Rules, ...]:
        """The rules of a folder, the nearest last. ``below`` is the way to it, ``names`` what is in it."""
        rules = tuple(self._above) if inherited is None else inherited
        wanted = (AMLIGNORE,) if self._is_aml else (AMLIGNORE, GITIGNORE)
        name = next((name for name in wanted if name in names), None)
        found = self._read(folder / name, below=below) if name else None
        return (*rules, found) if found else rules

    def _read(self, file: Path, above: str = "", below: str = "") -> Rules | None:
        try:
            text = file.read_text("utf-8-sig", "surrogateescape")
        except OSError:
            return None
        patterns = parse_patterns(text)
        if patterns:
            self.obeyed.append(file)
        return Rules(above, below, patterns) if patterns else None


def is_ignored(rules: tuple[Rules, ...], name: str, *, is_folder: bool) -> bool:
    """``name`` is the way from the folder that travels, with forward slashes; the nearest file has the last word."""
    said = (one.decide(name, is_folder=is_folder) for one in reversed(rules))
    return next((decided for decided in said if decided is not None), False)


def _up_to_git_root(folder: Path) -> list[Path]:
    """The folder and those above it, the git root last; the folder alone where there is no repository."""
    chain = [folder, *folder.parents]
    root = next((number for number, parent in enumerate(chain) if (parent / ".git").exists()), 0)
    return chain[: root + 1]


def _way(file: Path, folder: Path) -> str:
    base = file.parent.parent.parent if file.name == "exclude" else file.parent
    way = folder.relative_to(base).as_posix()
    return "" if way == "." else f"{way}/"
