"""Why an environment could not be built, read from what pip or uv printed: the package, and a sentence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...language import _

LONGEST = 600


class Failure(NamedTuple):
    package: str
    detail: str


def failure_of(lines: Sequence[str], wanted: Sequence[str]) -> Failure:
    """``wanted``: the lines of what was asked for."""
    text = re.sub(r"-r \S+ \(line (\d+)\)", lambda found: _line(wanted, int(found[1])), "\n".join(lines))
    for look in (_full, _unreachable, _missing, _conflicting, _not_built):
        if failure := look(text):
            return Failure(failure.package or _names(wanted), failure.detail[:LONGEST])
    last = next((line.strip() for line in reversed(lines) if line.strip()), _("nothing was printed"))
    return Failure(_names(wanted), last.removeprefix("ERROR: ").removeprefix("error: ")[:LONGEST])


def _names(wanted: Sequence[str]) -> str:
    return ", ".join([line for line in wanted if not line.startswith("-")][:3])


def _line(wanted: Sequence[str], number: int) -> str:
    """pip names a requirement by its line in the file that it was handed."""
    return wanted[number - 1] if 0 < number <= len(wanted) else ""


def _full(text: str) -> Failure | None:
    return (
        Failure("", _("the disk is full")) if re.search(r"No space left on device|Disk quota exceeded", text) else None
    )


def _unreachable(text: str) -> Failure | None:
    """Of a package index that nobody reaches, pip says that it has no such package."""
    if re.search(r"Retrying \(Retry\(total=0", text) or re.search(r"Failed to fetch: `", text):
        why = re.search(
            r"(Temporary failure in name resolution|Name or service not known|Connection refused|timed out|dns error"
            r"|SSLError|CERTIFICATE_VERIFY_FAILED|407 Proxy|401 Unauthorized|403 Forbidden)",
            text,
            re.IGNORECASE,
        )
        package = re.search(r"No matching distribution found for (\S+)", text)
        return Failure(
            package[1] if package else "",
            _("the package index could not be reached: {detail}", detail=why[1] if why else _("no answer")),
        )
    return None


def _missing(text: str) -> Failure | None:
    if found := re.search(r"No matching distribution found for ([^\s;(]+)", text):
        there = re.search(r"\(from versions: (.*?)\)", text)
        if there and there[1] != "none":
            return Failure(found[1], _("no such version; the newest are: {names}", names=_newest(there[1])))
        if other := re.search(r"Ignored the following versions that require a different python version: (.*)", text):
            return Failure(found[1], _("it needs another Python: {detail}", detail=other[1][-300:]))
        return Failure(found[1], _("NoMatchingDistribution: the package index has no such package"))
    plain = _plain(text)
    if found := re.search(r"Because (\S+) was not found in the package registry", plain):
        return Failure(found[1], _("NoMatchingDistribution: the package index has no such package"))
    if found := re.search(r"Because there is no version of (\S+?)==(\S+)", plain):
        return Failure(f"{found[1]}=={found[2]}", _("no such version"))
    return None


def _conflicting(text: str) -> Failure | None:
    if found := re.search(r"Cannot install (.+?) because these package versions have conflicting dependencies", text):
        why = re.search(r"The conflict is caused by:\n((?:[ \t]+.*\n?)+)", text)
        causes = "; ".join(line.strip() for line in why[1].splitlines()) if why else ""
        names = re.sub(r"(,? and |, )", ", ", found[1])
        return Failure(names, _("ResolutionImpossible: {detail}", detail=causes or names))
    if found := re.search(r"No solution found when resolving dependencies\S* (?:cause:|╰─▶) (.*)", _plain(text)):
        named = re.findall(r"(?:you require|and) ([\w.-]+(?:[=<>!~]=?[\w.]+)?)", found[1])
        return Failure(", ".join(dict.fromkeys(named)), _("ResolutionImpossible: {detail}", detail=found[1]))
    return None


def _not_built(text: str) -> Failure | None:
    """Of an error in somebody's setup or compiler the last line that names it is told."""
    found = (
        re.search(r"Failed to build '?([\w.-]+)'? when", text)
        or re.search(r"Failed building wheel for ([\w.-]+)", text)
        or re.search(r"Failed to (?:download and )?build `([^`]+)`", text)
    )
    is_other = "subprocess-exited-with-error" in text or "metadata-generation-failed" in text
    if not (found or is_other):
        return None
    package = found[1] if found else (re.findall(r"^Collecting ([^\s(]+)", text, re.MULTILINE) or [""])[-1]
    errors = [
        line.strip(" │╰─>×├▶")
        for line in text.splitlines()
        if re.search(r"(\berror\b|\w+Error\b|not found)", line, re.IGNORECASE) and not _is_general(line)
    ]
    return Failure(package, _("it could not be compiled or set up: {detail}", detail=_worst(errors) or package))


def _worst(errors: Sequence[str]) -> str:
    """A compiler says first what was wrong, and others last."""
    fatal = [line for line in errors if "fatal error" in line]
    return fatal[0] if fatal else errors[-1] if errors else ""


def _is_general(line: str) -> bool:
    return bool(
        re.search(
            r"subprocess-exited-with-error|metadata-generation-failed|originates from a subprocess"
            r"|error: Command '\[|Failed (to build|building)|Could not build wheels|did not run successfully"
            r"|This error likely|build backend returned",
            line,
        )
    )


def _newest(versions: str) -> str:
    return ", ".join(versions.split(", ")[-5:])


def _plain(text: str) -> str:
    """What uv draws over several lines, as one."""
    return re.sub(r"\s+", " ", re.sub(r"[×│├]", " ", text)).strip()
