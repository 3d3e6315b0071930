"""Text that was meant for a terminal, for readers that are none."""

import re

_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]")
_OVERWRITTEN = re.compile(r"^[^\n]*\r(?=[^\r\n])", re.MULTILINE)


def without_colours(text: str) -> str:
    """Without the terminal's control sequences, whatever they do."""
    return _CONTROL.sub("", text)


def settled(text: str) -> str:
    """As it looks in the end: of a line that wrote over itself, a progress bar, what was written last."""
    return _OVERWRITTEN.sub("", without_colours(text)).replace("\r", "")
