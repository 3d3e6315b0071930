"""Values as papermill reads them from a command line."""

from typing import Any

_WORDS = {"True": True, "False": False, "None": None}


def typed_value(text: str) -> Any:
    """int, float, True, False and None are recognised, anything else stays text (papermill's ``-p``)."""
    if text in _WORDS:
        return _WORDS[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
