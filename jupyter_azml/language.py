"""Translation of every text that users see. English is the key; ``locale/`` holds one catalogue per language,
in the JSON form that JupyterLab reads too, so that the page and Python share it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from . import settings

_LOCALES = Path(__file__).parent / "locale"
_chosen: ContextVar[str | None] = ContextVar("azml_language", default=None)


def _(text: str, /, **values: object) -> str:
    """The text in the user's language, with ``{name}`` replaced by the values."""
    found = _catalogue(_chosen.get() or settings.language()).get(text)
    template = found[0] if found and found[0] else text
    return template.format(**values) if values else template


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """One of two texts by count. Both of our languages have two forms; French says "0 job", English "0 jobs"."""
    language = _chosen.get() or settings.language()
    singular = count < 2 if language.startswith("fr") else count == 1
    found = _catalogue(language).get(one)
    forms = found if found and len(found) == 2 and all(found) else [one, many]
    return forms[0 if singular else 1].format(count=count, **values)


@contextmanager
def spoken(language: str | None) -> Iterator[None]:
    """Within this block (and threads that inherit its context) texts are in this language: a server has many users."""
    token = _chosen.set(language or None)
    try:
        yield
    finally:
        _chosen.reset(token)


@lru_cache(maxsize=16)
def _catalogue(language: str) -> dict[str, list[str]]:
    short = language.replace("-", "_").split("_")[0]
    if not short.isalpha():  # it may come from a request
        return {}
    for file in sorted(_LOCALES.glob(f"{short}_*/LC_MESSAGES/jupyter_azml.json")):
        entries = json.loads(file.read_text("utf-8"))
        return {key: value for key, value in entries.items() if key}
    return {}
