"""Imports of what others import and nothing here uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def not_found(*modules: str) -> Iterator[None]:
    """Whoever imports one of them within finds that it is not installed. One that is imported already stays."""
    nothing: Any = None
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden, nothing))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
