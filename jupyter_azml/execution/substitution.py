"""``${{inputs.x}}``, ``${{outputs.y}}`` and ``${{search_space.z}}`` in a command."""

import re
import shlex
from collections.abc import Mapping
from difflib import get_close_matches

from ..entities import CommandSpec
from ..errors import UsageError
from ..language import _

_REFERENCE = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_KINDS = ("inputs", "outputs", "search_space")


def check_references(spec: CommandSpec) -> None:
    """Raises UsageError for a reference to what is not there, naming the nearest."""
    known = {f"{kind}.{name}" for kind in _KINDS for name in getattr(spec, kind)}
    for found in _REFERENCE.finditer(spec.command):
        if found[1] in known:
            continue
        near = get_close_matches(found[1], known, 1)
        raise UsageError(
            _("The command names {reference}, which is not there.", reference=found[0]),
            _("Did you mean {name}?", name="${{" + near[0] + "}}")
            if near
            else _("There are: {names}.", names=", ".join(sorted(known)) or "-"),
        )


def substitute(command: str, literals: Mapping[str, str], paths: Mapping[str, str]) -> str:
    """Both have names such as ``inputs.x``.

    A literal is put in as text, and may be several words, as in Azure. A path is one word: there it never holds a
    space, here it may, and then it is escaped as the quotes around it ask for.
    """
    parts, end = [], 0
    for found in _REFERENCE.finditer(command):
        parts.append(command[end : found.start()])
        name = found[1]
        parts.append(literals[name] if name in literals else _word(paths[name], _quote_before(command, found.start())))
        end = found.end()
    return "".join(parts) + command[end:]


def _word(path: str, quote: str) -> str:
    if shlex.quote(path) == path:
        return path
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", path)
    return shlex.quote(path)[1:-1] if quote == "'" else shlex.quote(path)


def _quote_before(command: str, end: int) -> str:
    """The quotation mark that is open there, as bash counts."""
    quote, position = "", 0
    while position < end:
        sign = command[position]
        if sign == "\\" and quote != "'":
            position += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        position += 1
    return quote
