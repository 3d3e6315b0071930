"""The cell that failed: its source with the numbers of its lines, and why."""

from rich.console import Console
from rich.text import Text

from ..language import _
from ..reports.report import CellReport

_MOST_LINES = 40
_AROUND = 8


def show_failure(out: Console, cell: CellReport, path: str = "") -> None:
    if cell.error is None:
        return
    where = f"{path} " if path else ""
    out.print(Text(f"\n{where}[{cell.number}] {cell.title}", style="bold red"))
    at = cell.error.line
    for line in _shown(cell.numbered_source.splitlines(), at):
        out.print(Text(line, style="bold" if line.startswith(">") else "dim"), no_wrap=True, crop=False)
    out.print(Text(cell.error.traceback), crop=False)


def _shown(lines: list[str], at: int | None) -> list[str]:
    if len(lines) <= _MOST_LINES:
        return lines
    first = max(0, (at or 1) - _AROUND - 1)
    last = min(len(lines), first + 2 * _AROUND + 1)
    before = [_("  … {count} lines above", count=first)] if first else []
    after = [_("  … {count} lines below", count=len(lines) - last)] if last < len(lines) else []
    return [*before, *lines[first:last], *after]
