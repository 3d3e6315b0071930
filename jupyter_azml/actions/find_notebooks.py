"""The notebooks that a line means: files, folders, and patterns, which we expand where the shell was kept from it."""

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import NotebookMissing, UsageError
from ..language import _

_SUFFIX = ".ipynb"
_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")


class Found(NamedTuple):
    path: Path
    """Absolute."""
    shown: str
    """As the user would write it: from the working directory, if it lies there."""
    target: Path
    """Where its copy belongs below a folder of results: relative."""


def find_notebooks(words: Sequence[str], leave_out: Path | None = None) -> list[Found]:
    """Each notebook once, in the order of the words, and by name below a folder or a pattern.

    ``leave_out`` is the folder that results are written to. What is hidden, checkpoints and environments are passed
    over below folders. Raises NotebookMissing for a word that means none, and UsageError without any word.
    """
    if not words:
        raise UsageError(_("Which notebook? Give its path."), _("For example: azml run train.ipynb"))
    _refuse_papermills_second(words)
    shut = leave_out.absolute() if leave_out else None
    roots: dict[Path, Path] = {}
    for word in words:
        found = [(path, root) for path, root in _meant(word) if shut is None or not path.is_relative_to(shut)]
        if not found:
            raise NotebookMissing(
                _("There is no notebook in {path}.", path=word),
                _(
                    "Name a .ipynb file, a folder that holds some, or a pattern such as: {example}",
                    example='"**/*.ipynb"',
                ),
            )
        for path, root in found:
            roots.setdefault(path, root)
    # Below the folder that all of them have in common no two copies meet.
    common = Path(os.path.commonpath(list(roots.values())))
    return [Found(path, _shown(path), path.relative_to(common)) for path in roots]


def _meant(word: str) -> list[tuple[Path, Path]]:
    """Absolute paths, each with the folder below which its place is told."""
    path = Path(word).expanduser().absolute()
    path = Path(os.path.normpath(path))
    if path.is_dir():
        return [(found, path) for found in _below(path)]
    if path.exists() or not glob.has_magic(word):
        return [(path, path.parent)]
    pattern = os.path.normpath(os.path.abspath(os.path.expanduser(word)))
    root = _fixed_part(pattern)
    found = sorted(Path(name) for name in glob.glob(pattern, recursive=True) if name.endswith(_SUFFIX))
    return [(each, root) for each in found if each.is_file() and not _is_shut(each.parent, root)]


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(name for name in folders if not _is_passed_over(here / name))
        yield from (here / name for name in sorted(files) if name.endswith(_SUFFIX) and not name.startswith("."))


def _is_shut(folder: Path, root: Path) -> bool:
    """Whether the way from the root leads through a folder that is passed over."""
    return folder != root and (_is_passed_over(folder) or _is_shut(folder.parent, root))


def _is_passed_over(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in ("node_modules", "__pycache__")
    return hidden or any((folder / sign).exists() for sign in _ENVIRONMENTS)


def _fixed_part(pattern: str) -> Path:
    parts = Path(pattern).parts
    first = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:first])


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _refuse_papermills_second(words: Sequence[str]) -> None:
    """``papermill in.ipynb out.ipynb``: here both would be run."""
    if len(words) == 2 and Path(words[0]).is_file() and not glob.has_magic(words[1]) and not Path(words[1]).exists():
        raise NotebookMissing(
            _("There is no notebook at {path}.", path=words[1]),
            _(
                "All paths are notebooks to run. To write the executed copy there: --output-notebook {path}",
                path=words[1],
            ),
        )
