"""A look into data on a terminal."""

import shutil
from typing import Any

from rich.markup import escape
from rich.table import Table

from ..entities import ColumnProfile, File, Page, Preview, PreviewKind, Profile
from ..language import _
from .text import console, facts_table, is_plain, print_text, readable_size

_BARS = " ▁▂▃▄▅▆▇█"
_WIDEST = 32
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")


@print_text.register
def _preview(preview: Preview) -> None:
    out = console()
    out.print(
        _title(preview.name, preview.format, preview.size, preview.shape if preview.kind is PreviewKind.TABLE else "")
    )
    for note in preview.notes:
        out.print(f"[yellow]{escape(note)}[/]")
    if preview.kind is PreviewKind.TABLE:
        out.print(_rows(preview, out.width))
    elif preview.kind is PreviewKind.FOLDER:
        print_text(Page[File](items=preview.files))
    elif preview.text:
        out.print(escape(preview.text))
        if preview.is_text_cut:
            out.print("[dim]…[/]")
    details = {_(name): value for name, value in preview.details.items()}
    out.print(facts_table(details))


@print_text.register
def _profile(profile: Profile) -> None:
    out = console()
    rows = profile.rows_read
    basis = (
        _("measured on the first {count} rows", count=f"{rows:,}")
        if profile.is_sample
        else _("measured on all {count} rows", count=f"{rows:,}")
    )
    out.print(_title(profile.name, profile.format, profile.size, basis))
    for note in profile.notes:
        out.print(f"[yellow]{escape(note)}[/]")
    headers = ("Column", "Type", "Missing", "Distinct", "Mean", "Deviation", "Lowest", "25 %", "Median", "75 %")
    heads = [_(header) for header in (*headers, "Highest", "Distribution")]
    table = Table(*heads, box=None, pad_edge=False, header_style="bold")
    for column in profile.columns:
        table.add_row(*_facts(column))
    out.print(table)


def _title(name: str, format: str, size: int, rest: str) -> str:
    facts = [format, readable_size(size) if size else "", rest]
    return f"[bold]{escape(name)}[/]  {escape(' · '.join(fact for fact in facts if fact))}"


def _rows(preview: Preview, width: int) -> Table:
    """As many columns as the terminal is wide; all of them where it is none."""
    import sys

    most = len(preview.columns)
    if not is_plain(sys.stdout):
        most = max(1, min(most, shutil.get_terminal_size().columns // 12))
    heads = [f"{escape(column.name)}\n[dim]{column.type.lower()[:_WIDEST]}[/]" for column in preview.columns[:most]]
    more = [f"+{preview.column_count - most}"] if preview.column_count > most else []
    table = Table(*heads, *more, box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(preview.columns[:most]):
        if any(word in column.type for word in _NUMBERS):
            table.columns[index].justify = "right"
    for row in preview.rows:
        table.add_row(*(_cell(value) for value in row[:most]))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return "[dim]null[/]"
    text = str(value).replace("\n", "⏎")
    return escape(text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…")


def _facts(column: ColumnProfile) -> tuple[str, ...]:
    share = column.missing / max(1, column.missing + column.count)
    measures = (column.mean, column.std, column.min, column.q25, column.median, column.q75, column.max)
    return (
        escape(column.name[:_WIDEST]),
        column.type.lower()[:_WIDEST],
        f"{share:.1%}" if column.missing else "",
        f"{'' if column.is_distinct_exact else '≈'}{column.distinct:,}",
        *(_measure(value) for value in measures),
        _bars(column),
    )


def _measure(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, int | float) else escape(str(value)[:19])


def _bars(column: ColumnProfile) -> str:
    """A histogram in one line; of texts the most frequent ones."""
    if not column.histogram:
        return escape(", ".join(f"{str(each.value)[:16]} ({each.count:,})" for each in column.top[:3]))
    most = max(each.count for each in column.histogram)
    return "".join(_BARS[-(-each.count * (len(_BARS) - 1) // most)] for each in column.histogram)
