"""What would travel with a cell, as tables."""

import html
from typing import Any

from ..actions.run_cell import CellPreview
from ..entities import Captured, File, Page
from ..language import _, plural
from .table import Table

_SHOWN = 20


class PreviewTables:
    """``names`` and ``files`` can be looked through; each becomes a DataFrame by ``to_pandas()``."""

    def __init__(self, preview: CellPreview) -> None:
        self.names: Table = Table(Page[Captured](items=preview.captured))
        self.files: Table = Table(Page[File](items=preview.snapshot.files if preview.snapshot else ()))
        self.size = preview.size
        self.preview = preview

    def __repr__(self) -> str:
        parts = [self._headline(), *([repr(self.names)] if self.names else []), *self._notes(), self._folder()]
        parts += [f"  {file.path}" for file in self._largest()]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self._notes())
        names = self.names._repr_html_() if self.names else ""
        files = Table(Page[File](items=tuple(self._largest())))._repr_html_() if self.files else ""
        return (
            f"<b>{html.escape(self._headline())}</b>{names}{notes}"
            f"<details><summary>{html.escape(self._folder())}</summary>{files}</details>"
        )

    def _headline(self) -> str:
        size = f"{self.size / 1024**2:.1f} MB" if self.size >= 1024**2 else f"{self.size / 1024:.1f} kB"
        versions = ", ".join(f"{name} {version}" for name, version in self.preview.packages.items())
        made = f"Python {self.preview.python}" + (f", {versions}" if versions else "")
        count = plural("{count} name travels", "{count} names travel", len(self.names))
        return f"{count} · {size} · {made}"

    def _notes(self) -> list[str]:
        return [note.message for note in self.preview.notes]

    def _folder(self) -> str:
        snapshot = self.preview.snapshot
        if snapshot is None:
            return _("No folder travels.")
        size = f"{snapshot.size / 1024**2:.1f} MB"
        count = plural("{count} file", "{count} files", len(snapshot.files))
        return _("{files}, {size}, from {folder}", files=count, size=size, folder=snapshot.folder)

    def _largest(self) -> list[Any]:
        return sorted(self.files, key=lambda file: (-file.size, file.path))[:_SHOWN]  # type: ignore[attr-defined]
