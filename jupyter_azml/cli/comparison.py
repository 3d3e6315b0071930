"""Jobs side by side on a terminal."""

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ..actions.compare_jobs import rows_of
from ..entities import Comparison
from ..language import _
from .text import console, print_text

_COLOURS = {"+": "green", "-": "red", "@": "cyan", "#": "bold"}


@print_text.register
def _comparison(comparison: Comparison) -> None:
    out = console()
    heads = [f"{escape(title)}\n[dim]{name}[/]" for title, name in zip(comparison.titles, comparison.jobs, strict=True)]
    table = Table("", *heads, box=None, pad_edge=False, header_style="bold")
    section = ""
    for row in rows_of(comparison):
        if row.section != section:
            section = row.section
            table.add_row(f"[bold]{section}[/]")
        cells = [escape(cell) for cell in row.cells]
        # What is the same everywhere steps back.
        table.add_row(f"  {escape(row.name)}", *cells, style="" if row.differs else "dim")
    out.print(table)
    for change in comparison.changes:
        out.print()
        if not change.text:
            out.print(f"[dim]{_('{job}: the source is the same.', job=change.job)}[/]")
            continue
        out.print(f"[bold]{_('{job}: changes in the source', job=change.job)}[/]")
        for line in change.text.splitlines():
            out.print(Text(line, style=_COLOURS.get(line[:1], "")))
