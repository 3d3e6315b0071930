"""What a cell displayed, as HTML that cannot do anything: no script runs, and nothing is loaded."""

import base64
import binascii
import json
import re
from html import escape
from typing import Any

from markupsafe import Markup

from ..language import _
from .terminal_text import settled

MOST_CHARACTERS = 5_000_000
"""Of one output; a larger one is told by its size."""
_MOST_TEXT = 200_000
_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "hr", "i", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"*": ["title"], "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan", "scope"], "a": ["href"]}
_WITH_CONTENT = re.compile(r"<(style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def shown_output(output: dict[str, Any]) -> Markup:
    if output.get("output_type") == "stream":
        return _text(_joined(output.get("text", "")))
    data = output.get("data", {})
    for kind in _IMAGES:
        if kind in data:
            return _image(kind, _joined(data[kind]))
    if "image/svg+xml" in data:
        return _image("image/svg+xml", base64.b64encode(_joined(data["image/svg+xml"]).encode()).decode())
    if "text/html" in data:
        return _html(_joined(data["text/html"]), data)
    if "application/json" in data and "text/plain" not in data:
        return _text(json.dumps(data["application/json"], indent=1, ensure_ascii=False))
    return _text(_joined(data.get("text/plain", "")))


def _html(text: str, data: dict[str, Any]) -> Markup:
    if len(text) > MOST_CHARACTERS:
        return _too_large(text)
    from bleach import clean

    found = clean(
        _WITH_CONTENT.sub("", text), tags=_TAGS, attributes=_ATTRIBUTES, protocols={"http", "https"}, strip=True
    )
    # What lives by its script alone says more as text.
    return Markup(found) if found.strip() else _text(_joined(data.get("text/plain", "")))  # noqa: S704 - cleaned above


def _image(kind: str, encoded: str) -> Markup:
    encoded = "".join(encoded.split())
    if len(encoded) > MOST_CHARACTERS:
        return _too_large(encoded)
    try:
        base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        return _text(_("A picture that cannot be read."))
    return Markup(f'<img alt="" src="data:{kind};base64,{encoded}">')  # noqa: S704 - base64 alone


def _text(text: str) -> Markup:
    text = settled(text)
    if len(text) > _MOST_TEXT:
        text = f"{text[: _MOST_TEXT // 2]}\n[…]\n{text[-_MOST_TEXT // 2 :]}"
    return Markup(f"<pre>{escape(text)}</pre>")  # noqa: S704 - escaped


def _too_large(text: str) -> Markup:
    return _text(_("An output of {size} MB, which is in the executed notebook.", size=f"{len(text) / 1e6:.1f}"))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
