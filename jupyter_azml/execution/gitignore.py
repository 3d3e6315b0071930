"""Patterns of a ``.gitignore``, as git reads them: https://git-scm.com/docs/gitignore#_pattern_format

pathspec answers for whole paths, and takes a file for ignored once a pattern names a folder above it. That loses
``/*`` with ``!/src/``, and ``*`` with ``!*/``, which whoever lists what shall travel writes: here each name is asked
for by itself, on the way down.
"""

import re
from typing import NamedTuple


class Pattern(NamedTuple):
    regex: re.Pattern[str]
    is_for_folders: bool
    is_anchored: bool
    """Compared with the whole way from the file's folder, rather than with the last name of it."""
    ignores: bool


def parse_patterns(text: str) -> list[Pattern]:
    return [pattern for line in text.splitlines() if (pattern := _parse(line))]


def decide(patterns: list[Pattern], path: str, *, is_folder: bool) -> bool | None:
    """Whether ``path``, seen from the file's folder, is ignored; None when nothing is said of it. The last one wins."""
    name = path.rpartition("/")[2]
    for pattern in reversed(patterns):
        if (is_folder or not pattern.is_for_folders) and pattern.regex.fullmatch(path if pattern.is_anchored else name):
            return pattern.ignores
    return None


def _parse(line: str) -> Pattern | None:
    line = re.sub(r"(?<!\\) +$", "", line.rstrip("\r"))
    if not line or line.startswith("#"):
        return None
    ignores = not line.startswith("!")
    line = line if ignores else line[1:]
    is_for_folders = line.endswith("/") and not line.endswith("\\/")
    line = line.removesuffix("/") if is_for_folders else line
    is_anchored = "/" in line
    regex = _translate(line.removeprefix("/"))
    return Pattern(regex, is_for_folders, is_anchored, ignores) if regex else None


def _translate(glob: str) -> re.Pattern[str] | None:
    """None for one that can match nothing."""
    out, at = "", 0
    while at < len(glob):
        char = glob[at]
        if two_stars := re.compile(r"\*\*+(/|$)").match(glob, at) if at == 0 or glob[at - 1] == "/" else None:
            out += "(?:.*/)?" if two_stars[1] else ".+"
            at = two_stars.end()
            continue
        if char == "*":
            out += "[^/]*"
        elif char == "?":
            out += "[^/]"
        elif char == "[":
            if not (found := _bracket(glob, at)):
                return None
            out += found[0]
            at = found[1]
            continue
        elif char == "\\":
            at += 1
            if at == len(glob):
                return None
            out += re.escape(glob[at])
        else:
            out += re.escape(char)
        at += 1
    try:
        return re.compile(out, re.DOTALL)
    except re.error:  # [z-a]
        return None


_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": r" \t", "digit": "0-9", "lower": "a-z", "space": r"\s",
    "upper": "A-Z", "xdigit": "0-9a-fA-F", "punct": r"!-/:-@\[-`{-~",
}  # fmt: skip


def _bracket(glob: str, start: int) -> tuple[str, int] | None:
    """The set that begins there, and where it ends."""
    at = start + 1
    negates = glob[at : at + 1] in ("!", "^")
    at += negates
    out, first = "", True
    while at < len(glob) and (glob[at] != "]" or first):
        first = False
        if (named := re.compile(r"\[:(\w+):\]").match(glob, at)) and named[1] in _CLASSES:
            out += _CLASSES[named[1]]
            at = named.end()
            continue
        if glob[at] == "\\" and at + 1 < len(glob):
            at += 1
            out += re.escape(glob[at])
        else:
            out += "-" if glob[at] == "-" else re.escape(glob[at])
        at += 1
    if at >= len(glob):
        return None
    return f"(?!/)[{'^' if negates else ''}{out}]", at + 1
