"""A page about notebooks that ran: one file that needs nothing else, and no network."""

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from .. import settings
from ..language import _
from .outputs import shown_output
from .report import CellReport, NotebookReport, RunReport
from .verdict import Verdict, verdict_name

_HERE = Path(__file__).parent
_WIDEST = 120
"""Pixels of the bar that tells how long a cell took."""
_MOST_METRICS = 6


def html_page(report: RunReport, at: datetime) -> str:
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    good, total = report.count(Verdict.COMPLETED), len(report.notebooks)
    idle = sum(_look(notebook) == "idle" for notebook in report.notebooks)
    keys = list(dict.fromkeys(key for notebook in report.notebooks for key in notebook.metrics))[:_MOST_METRICS]
    facts = [at.strftime("%Y-%m-%d %H:%M"), _("{seconds} s in all", seconds=f"{report.seconds:.1f}")]
    return environment.get_template("page.html").render(
        language=settings.language().split("_")[0],
        style=Markup((_HERE / "page.css").read_text("utf-8")),  # noqa: S704 - our own file
        heading=_("Notebooks: {good} of {total} completed", good=good, total=total),
        facts=facts,
        total=total,
        shares=[(name, n) for name, n in (("good", good), ("bad", total - good - idle), ("idle", idle)) if n],
        heads=[_("Notebook"), _("Status"), _("Job"), _("Cells"), _("Duration"), *keys],
        notebooks=[_notebook(notebook, keys) for notebook in report.notebooks],
    )


def _notebook(notebook: NotebookReport, keys: list[str]) -> dict[str, Any]:
    metrics = notebook.metrics
    longest = max((cell.seconds or 0.0 for cell in notebook.cells), default=0.0)
    is_python = "python" in ((getattr(notebook.job.spec, "kernel_name", "") if notebook.job else "") or "python")
    ran = sum(cell.state != "skipped" for cell in notebook.cells)
    return {
        "path": notebook.path,
        "look": _look(notebook),
        "status": verdict_name(notebook.verdict) + (f" ({_('reused')})" if notebook.is_cached else ""),
        "job": notebook.job.name if notebook.job else "",
        "cells": f"{ran} / {len(notebook.cells)}" if notebook.cells else "",
        "seconds": f"{notebook.seconds:.1f} s",
        "message": "" if notebook.verdict is Verdict.COMPLETED else notebook.message,
        "hint": notebook.hint,
        "requirements": notebook.requirements,
        "notes": notebook.notes,
        "metrics": [f"{metrics[key]:.6g}" if key in metrics else "" for key in keys],
        "blocks": [_cell(cell, longest, is_python) for cell in notebook.cells],
    }


def _look(notebook: NotebookReport) -> str:
    if notebook.verdict is Verdict.COMPLETED:
        return "good"
    return "idle" if notebook.is_consequence or notebook.verdict is Verdict.NOT_RUN else "bad"


def _cell(cell: CellReport, longest: float, is_python: bool) -> dict[str, Any]:
    seconds = cell.seconds or 0.0
    return {
        "look": {"completed": "good", "failed": "bad", "skipped": "idle"}[cell.state],
        "number": f"[{cell.number}]" if cell.number else "",
        "title": cell.title,
        "width": round(_WIDEST * seconds / longest) if longest else 0,
        "seconds": _("not run") if cell.state == "skipped" else f"{seconds:.2f} s",
        "source": _source(cell, is_python),
        "traceback": cell.error.traceback if cell.error else "",
        "outputs": [shown_output(output) for output in cell.outputs if output.get("output_type") != "error"],
    }


def _source(cell: CellReport, is_python: bool) -> Markup:
    """With colours and the numbers of lines; the one that failed stands out."""
    at = cell.error.line if cell.error else None
    lines = _coloured(cell.source) if is_python else escape(cell.source).split("\n")
    marked = (
        f'<span class="line{" at" if number == at else ""}" data-n="{number}">{line or " "}</span>'
        for number, line in enumerate(lines, 1)
    )
    return Markup(f"<pre>{''.join(marked)}</pre>")  # noqa: S704 - escaped above


def _coloured(source: str) -> list[str]:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    # Its spans end with the line.
    found: str = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    return found.rstrip("\n").split("\n")
