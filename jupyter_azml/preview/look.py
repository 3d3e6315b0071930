"""A look at anything: what it is decides how."""

from contextlib import closing

from ..entities import Preview, PreviewKind, Profile
from ..errors import DataUnreadable, NotSupported
from ..language import _
from .delimited import Dialect
from .head import Damaged, read_head
from .image import preview_image
from .kinds import TABLES, format_of
from .mltable import FILE, Table, read_table
from .profile import profile_table
from .source import Place, Source
from .table import preview_table
from .text import preview_bytes, preview_notebook, preview_text

ROWS = 50
_SNIFFED = 64 * 1024
_LISTED = 200


def preview_file(source: Source, rows: int = ROWS) -> Preview:
    """Raises DataUnreadable for what is not what its name says, or damaged."""
    with closing(source):
        kind, format = _kind_of(source)
        looked = _preview(source, kind, format, rows)
    return looked.model_copy(update={"size": source.size, "bytes_read": source.bytes_read})


def preview_folder(place: Place, path: str, shown: str, rows: int = ROWS) -> Preview:
    """``shown``: what the folder is called. One with a file ``MLTable`` is the table that it describes."""
    page = place.browse(path, limit=_LISTED)
    if any(file.path.rpartition("/")[2] == FILE and not file.is_folder for file in page.items):
        return _preview_mltable(place, path, shown, rows)
    count = f"{len(page.items)}{'+' if page.continuation else ''}"
    return Preview(
        path=shown,
        name=shown.rstrip("/").rpartition("/")[2] or shown,
        kind=PreviewKind.FOLDER,
        format=_("folder"),
        files=page.items,
        details={"entries": count},
    )


def profile_file(source: Source) -> Profile:
    """Raises DataUnreadable, and NotSupported for what is no table."""
    with closing(source):
        kind, format = _kind_of(source)
        if kind is not PreviewKind.TABLE:
            raise _no_table(source.name)
        return profile_table(source, format, Dialect())


def profile_folder(place: Place, path: str, shown: str) -> Profile:
    """Raises NotSupported for a folder that is no MLTable."""
    page = place.browse(path, limit=_LISTED)
    if not any(file.path.rpartition("/")[2] == FILE for file in page.items):
        raise _no_table(shown)
    table = read_table(place, path)
    source, format = _first_of(place, path, table)
    with closing(source):
        found = profile_table(source, format, table.dialect)
    kept = _kept([column.name for column in found.columns], table)
    return found.model_copy(
        update={
            "path": shown,
            "format": "MLTable",
            "notes": (*_notes(table), *found.notes),
            "columns": tuple(column for column in found.columns if column.name in kept),
            "column_count": len(kept) if found.column_count == len(found.columns) else found.column_count,
        }
    )


def source_in(place: Place, path: str, shown: str) -> Source:
    return Source(shown, place.stat(path).size, lambda: place.open(path))


def _kind_of(source: Source) -> tuple[PreviewKind, str]:
    try:
        head = read_head(source, _SNIFFED)
    except Damaged:
        return PreviewKind.TABLE, "CSV"  # whose reader says what is wrong
    return format_of(source.name, head.data)


def _preview(source: Source, kind: PreviewKind, format: str, rows: int) -> Preview:
    if kind is PreviewKind.TABLE:
        return preview_table(source, format, rows, Dialect())
    if kind is PreviewKind.IMAGE:
        return preview_image(source, format)
    if kind is PreviewKind.NOTEBOOK:
        return preview_notebook(source, format)
    if kind is PreviewKind.TEXT:
        return preview_text(source, format)
    return preview_bytes(source)


def _preview_mltable(place: Place, path: str, shown: str, rows: int) -> Preview:
    table = read_table(place, path)
    source, format = _first_of(place, path, table)
    with closing(source):
        found = preview_table(source, format, rows, table.dialect)
    kept = _kept([column.name for column in found.columns], table)
    indices = [index for index, column in enumerate(found.columns) if column.name in kept]
    is_only_one = len(table.files) == 1
    return found.model_copy(
        update={
            "path": shown,
            "name": shown.rstrip("/").rpartition("/")[2] or shown,
            "format": "MLTable",
            "size": source.size,
            "bytes_read": source.bytes_read,
            "notes": (*_notes(table), *found.notes),
            "columns": tuple(found.columns[index] for index in indices),
            "column_count": found.column_count - (len(found.columns) - len(indices)),
            "rows": tuple(tuple(row[index] for index in indices) for row in found.rows),
            "row_count": found.row_count if is_only_one else None,
            "is_row_count_exact": found.is_row_count_exact and is_only_one,
            "details": {**found.details, "files": str(len(table.files))},
        }
    )


def _first_of(place: Place, folder: str, table: Table) -> tuple[Source, str]:
    """The table's first file. Raises DataUnreadable for one that is no table."""
    first = table.files[0]
    whole = first if ":" in first else f"{folder.rstrip('/')}/{first}" if folder.rstrip("/") else first
    source = source_in(place, whole, first)
    kind, format = _kind_of(source)
    format = table.format or format
    if format not in TABLES or (kind is not PreviewKind.TABLE and not table.format):
        raise DataUnreadable(
            _("{name} is named in an MLTable file and is no table.", name=first),
            _("Name files of CSV, Parquet or JSON lines in it, or say how they are read: - read_delimited"),
        )
    return source, format


def _kept(names: list[str], table: Table) -> set[str]:
    return {name for name in names if (not table.keep or name in table.keep) and name not in table.drop}


def _notes(table: Table) -> tuple[str, ...]:
    notes = []
    if len(table.files) > 1:
        notes.append(_("The first of {count} files is looked into.", count=len(table.files)))
    if table.not_applied:
        notes.append(_("Not applied in a look: {names}.", names=", ".join(table.not_applied)))
    return tuple(notes)


def _no_table(name: str) -> NotSupported:
    return NotSupported(
        _("{name} is no table, and has no columns to be measured.", name=name),
        _("CSV, Parquet, JSON lines and MLTable are. Look into it with: azml data preview"),
    )
