"""What pip is asked for: lines of a requirements file, checked before anything is built.

Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from ..language import _
from .shape import Place

Reader = Callable[[Path], str | None]
"""The text of a file; None where there is none."""

_VALUED = {
    **{"-i": "--index-url", "--index-url": "", "--extra-index-url": "", "-f": "--find-links", "--find-links": ""},
    **{"--trusted-host": "", "--no-binary": "", "--only-binary": ""},
}
_PLAIN = ("--pre", "--no-index", "--prefer-binary")
_COMMENT = re.compile(r"(^|\s)#.*$")
_HASH = re.compile(r"\s+--hash[=\s]\S+")
_PASSWORD = re.compile(r"://[^/@\s]*:[^/@\s]*@")
MOST_FILES = 20
"""Files that name one another."""


def read_requirements(file: Path, text: str, place: Place, read: Reader) -> tuple[str, ...]:
    """The requirements and the options of a file, and of the files that it names; faults are told to the place."""
    return tuple(dict.fromkeys(_lines_of(file, text, place, read, seen={file})))


def check_requirements(lines: Iterable[str], place: Place) -> tuple[str, ...]:
    """Each in one way of writing; faults are told to the place."""
    found = (_checked(line.strip(), place) for line in lines if line.strip())
    return tuple(dict.fromkeys(line for line in found if line))


def is_option(line: str) -> bool:
    return line.startswith("-")


def _lines_of(file: Path, text: str, place: Place, read: Reader, seen: set[Path]) -> Iterable[str]:
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").splitlines():
        line = _HASH.sub("", _COMMENT.sub("", line)).strip().removeprefix("\ufeff")
        if found := re.fullmatch(r"(?:-r|--requirement)[=\s]\s*(.+)", line):
            other = file.parent / found[1].strip("\"'")
            content = read(other)
            if content is None or len(seen) > MOST_FILES:
                place.fault(_("{line}: there is no such file, or it names itself", line=line))
            elif other not in seen:
                yield from _lines_of(other, content, place, read, seen | {other})
        elif line and (checked := _checked(line, place)):
            yield checked


def _checked(line: str, place: Place) -> str:
    """ "" for what has a fault."""
    if _PASSWORD.search(line):
        place.fault(
            _("an address with a password would be on record; set PIP_INDEX_URL when it is built, or use netrc")
        )
        return ""
    if is_option(line):
        return _option(line, place)
    if line.startswith((".", "/", "~", "file:")) or re.search(r"@\s*(\.|/|file:)", line):
        place.fault(
            _("{line} is a path of one machine; name a package, or an address that every machine has", line=line)
        )
        return ""
    if re.match(r"(git|hg|svn|bzr)\+|https?://", line):
        return line
    from packaging.requirements import InvalidRequirement, Requirement  # most commands need none

    try:
        return str(Requirement(line))
    except InvalidRequirement as error:
        detail = str(error).splitlines()[0]
        place.fault(_("{line} is no requirement: {detail}; write it as in numpy>=2", line=line, detail=detail))
        return ""


def _option(line: str, place: Place) -> str:
    name, _equals, value = re.sub(r"\s+", "=", line, count=1).partition("=")
    if name in _VALUED and value:
        return f"{_VALUED[name] or name}={value.strip()}"
    if line in _PLAIN:
        return line
    place.fault(
        _(
            "{option} is not taken; there are: {names}",
            option=name,
            names=", ".join((*_PLAIN, *(each for each in _VALUED if each.startswith("--")))),
        )
    )
    return ""
