"""All of a table, for a notebook: as pandas' DataFrame or DuckDB's relation."""

from pathlib import Path
from typing import Any

from ..entities import PreviewKind
from ..errors import NotSupported
from ..language import _
from .delimited import Dialect, delimiter_of, without_comments
from .encodings import decoded, encoding_of
from .head import read_head
from .kinds import PARQUET, format_of
from .mltable import FILE, Table, read_table
from .places import Folder
from .source import Source

_SNIFFED = 64 * 1024


def read_frame(path: Path, **options: Any) -> Any:
    """Raises NotSupported for what is no table."""
    import pandas

    if path.is_dir():
        table = _table_in(path)
        frames = [_frame(path / file, table.format, _reading(table) | options) for file in table.files]
        frame = pandas.concat(frames, ignore_index=True)
        kept = [name for name in frame.columns if (not table.keep or name in table.keep) and name not in table.drop]
        return frame[kept]
    return _frame(path, "", options)


def read_relation(path: Path, connection: Any = None) -> Any:
    """Files are read when it is asked. Raises NotSupported for what is no table."""
    import duckdb

    there = connection or duckdb.connect(":memory:")
    table = _table_in(path) if path.is_dir() else None
    files = [str(path / file) for file in table.files] if table else [str(path)]
    kind = (table.format if table else "") or _format(Path(files[0]))
    if kind == PARQUET:
        return there.sql("SELECT * FROM read_parquet(?)", params=[files])
    if kind.startswith("JSON"):
        return there.sql("SELECT * FROM read_json(?)", params=[files])
    options = _dialect_for_duckdb(Path(files[0]), table.dialect if table else Dialect())
    words = ", ".join(["?", *(f"{name}=?" for name in options)])
    return there.sql(f"SELECT * FROM read_csv({words})", params=[files, *options.values()])


def _dialect_for_duckdb(path: Path, dialect: Dialect) -> dict[str, Any]:
    head = _head(path)
    encoding = dialect.encoding or encoding_of(head) or "utf-8"
    given = {
        "encoding": None if encoding.startswith("utf-8") else "utf-16" if "16" in encoding else "latin-1",
        "delim": dialect.delimiter or (" " if delimiter_of(head) == " " else None),
        "header": dialect.has_header,
    }
    return {name: value for name, value in given.items() if value is not None}


def _frame(path: Path, format: str, options: dict[str, Any]) -> Any:
    import pandas

    kind = format or _format(path)
    if kind == PARQUET:
        return pandas.read_parquet(path, **options)
    if kind.startswith("JSON"):
        return pandas.read_json(path, **{"lines": _is_lines(path), **options})
    head = _head(path)
    told = {"encoding": encoding_of(head) or "utf-8"}
    if not {"sep", "delimiter"} & options.keys():
        told["sep"] = delimiter_of(without_comments(decoded(head, told["encoding"]).encode()))
    return pandas.read_csv(path, **{**told, **options})


def _reading(table: Table) -> dict[str, Any]:
    if table.format != "CSV":
        return {}
    found: dict[str, Any] = {}
    if table.dialect.delimiter:
        found["sep"] = table.dialect.delimiter
    if table.dialect.has_header is False:
        found["header"] = None
    if table.dialect.encoding:
        found["encoding"] = table.dialect.encoding
    return found


def _table_in(path: Path) -> Table:
    if not (path / FILE).is_file():
        raise NotSupported(
            _("{path} is a folder, and no table.", path=path),
            _("Take its path with .path(), and read the files that you need."),
        )
    return read_table(Folder(path), "")


def _format(path: Path) -> str:
    kind, format = format_of(path.name, _head(path))
    if kind is not PreviewKind.TABLE:
        raise NotSupported(
            _("{name} is no table.", name=path.name),
            _("CSV, Parquet, JSON lines and MLTable are. Take its path with .path()."),
        )
    return format


def _head(path: Path) -> bytes:
    return read_head(Source(str(path), path.stat().st_size, lambda: path.open("rb")), _SNIFFED).data


def _is_lines(path: Path) -> bool:
    return not _head(path).lstrip().startswith(b"[")
