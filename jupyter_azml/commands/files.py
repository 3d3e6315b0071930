"""Files that a line names."""

import sys
from pathlib import Path

from ..errors import UsageError
from ..language import _


def read_text(file: Path) -> str:
    """``-`` is standard input. Raises UsageError."""
    try:
        return sys.stdin.read() if str(file) == "-" else file.expanduser().read_text("utf-8")
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or _("no UTF-8")
        raise UsageError(
            _("{file} cannot be read: {detail}", file=file, detail=detail),
            _("Check the path, the file's permissions and its encoding."),
        ) from None
