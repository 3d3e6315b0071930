"""A look into data: what is in a file, and how the values of its columns are distributed."""

from enum import StrEnum

from pydantic import JsonValue

from ..language import _, plural
from .base import Entity
from .file import File


class PreviewKind(StrEnum):
    TABLE = "table"
    TEXT = "text"
    IMAGE = "image"
    NOTEBOOK = "notebook"
    FOLDER = "folder"
    BINARY = "binary"


class Column(Entity):
    name: str
    type: str
    """In DuckDB's words: BIGINT, DOUBLE, VARCHAR, TIMESTAMP, …"""


class Preview(Entity):
    """The beginning of a file. Which fields have something follows from ``kind``."""

    path: str
    """As it was asked for."""
    name: str
    kind: PreviewKind
    format: str
    """For people: CSV, Parquet, PNG, …"""
    size: int = 0
    """Bytes of the whole file."""
    bytes_read: int = 0
    """How many of them were fetched for this."""
    details: dict[str, str] = {}
    """What else was found out: encoding, delimiter, kernel, …"""
    notes: tuple[str, ...] = ()
    """What is not as it looks: lines that do not fit, columns left out."""
    columns: tuple[Column, ...] = ()
    column_count: int = 0
    """Of the file; a very wide one shows its first columns only."""
    rows: tuple[tuple[JsonValue, ...], ...] = ()
    row_count: int | None = None
    """Of the file; None where nobody can say without reading it all."""
    is_row_count_exact: bool = True
    text: str = ""
    is_text_cut: bool = False
    image: str = ""
    """A thumbnail, as a ``data:`` address."""
    files: tuple[File, ...] = ()
    """The first ones of a folder."""

    @property
    def shape(self) -> str:
        """Of a table, for people."""
        columns = plural("{count} column", "{count} columns", self.column_count)
        if self.row_count is None:
            return columns
        rows = plural("{number} row", "{number} rows", self.row_count, number=f"{self.row_count:,}")
        return (
            f"{rows}, {columns}"
            if self.is_row_count_exact
            else _("about {rows}, {columns}", rows=rows, columns=columns)
        )


class Bin(Entity):
    """From ``low`` to ``high``; the last one of a histogram includes its end."""

    low: float | str
    high: float | str
    count: int


class Frequent(Entity):
    value: JsonValue
    count: int


class ColumnProfile(Entity):
    """Missing values are in no measure but ``missing``; what makes no sense for a type is None."""

    name: str
    type: str
    count: int
    """Values that are there."""
    missing: int
    """NULL, and NaN among numbers."""
    distinct: int
    is_distinct_exact: bool = True
    min: JsonValue = None
    max: JsonValue = None
    mean: float | None = None
    std: float | None = None
    """Of a sample, as in pandas: divided by n - 1."""
    q25: float | None = None
    median: float | None = None
    q75: float | None = None
    histogram: tuple[Bin, ...] = ()
    top: tuple[Frequent, ...] = ()
    """The most frequent values, the most frequent first."""


class Profile(Entity):
    path: str
    name: str
    format: str
    size: int = 0
    notes: tuple[str, ...] = ()
    row_count: int | None = None
    """Of the file; None where nobody can say without reading it all."""
    rows_read: int = 0
    """Those that the measures are of: the first ones, where there are many."""
    is_sample: bool = False
    column_count: int = 0
    columns: tuple[ColumnProfile, ...] = ()
