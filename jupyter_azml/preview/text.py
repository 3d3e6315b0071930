"""What is no table: the beginning of a text, a notebook in short, the first bytes of anything."""

import json
from typing import Any

from ..entities import Preview, PreviewKind
from ..language import _
from .encodings import decoded, encoding_of
from .head import read_head
from .source import Source

_TEXT = 64 * 1024
_LINES = 500
_NOTEBOOK = 32 * 1024 * 1024
_CELL_LINES = 12
_BYTES = 512


def preview_text(source: Source, format: str) -> Preview:
    head = read_head(source, _TEXT)
    encoding = encoding_of(head.data) or "utf-8"
    lines = decoded(head.data, encoding).splitlines(keepends=True)
    return Preview(
        path=source.path,
        name=source.name,
        kind=PreviewKind.TEXT,
        format=format,
        text="".join(lines[:_LINES]),
        is_text_cut=not head.is_whole or len(lines) > _LINES,
        details={"encoding": encoding},
        notes=(head.note,) if head.note else (),
    )


def preview_notebook(source: Source, format: str) -> Preview:
    """Its cells in short, without outputs; a file that is no notebook is shown as the text that it is."""
    head = read_head(source, _NOTEBOOK)
    try:
        notebook = json.loads(head.data)
        cells = [(str(cell["cell_type"]), _source(cell)) for cell in notebook["cells"]]
        metadata = notebook.get("metadata", {})
        kernel = str(metadata.get("kernelspec", {}).get("display_name", ""))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return preview_text(source, "JSON")
    counts = {kind: sum(1 for each, _source in cells if each == kind) for kind in ("code", "markdown")}
    text = "\n\n".join(_short(number, kind, text) for number, (kind, text) in enumerate(cells[:200], 1))
    return Preview(
        path=source.path,
        name=source.name,
        kind=PreviewKind.NOTEBOOK,
        format=format,
        text=text,
        is_text_cut=len(cells) > 200,
        details={
            "kernel": kernel,
            "code cells": str(counts["code"]),
            "text cells": str(counts["markdown"]),
        },
    )


def preview_bytes(source: Source) -> Preview:
    """As a hexadecimal dump: what a person sees at its beginning often says what it is."""
    data = read_head(source, _BYTES).data
    lines = [_dump(data, start) for start in range(0, len(data), 16)]
    return Preview(
        path=source.path,
        name=source.name,
        kind=PreviewKind.BINARY,
        format=_("binary"),
        text="\n".join(lines),
        is_text_cut=source.size > len(data),
    )


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _short(number: int, kind: str, text: str) -> str:
    lines = text.splitlines()
    more = [f"… {_('{count} more lines', count=len(lines) - _CELL_LINES)}"] if len(lines) > _CELL_LINES else []
    sign = f"[{number}]" if kind == "code" else f"[{number}] {kind}"
    return "\n".join([sign, *(f"    {line[:300]}" for line in lines[:_CELL_LINES]), *more])


def _dump(data: bytes, start: int) -> str:
    piece = data[start : start + 16]
    signs = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in piece)
    return f"{start:08x}  {piece.hex(' '):<47}  {signs}"
