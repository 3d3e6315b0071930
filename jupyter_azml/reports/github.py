"""What GitHub Actions reads from a step's log and from its summary file.

Workflow commands and their escaping: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

import json
import re
import secrets

from ..language import _
from .report import CellReport, NotebookReport, RunReport
from .verdict import Verdict, verdict_name

MOST_SUMMARY = 1024 * 1024
"""Bytes that GitHub takes of one step's summary; a longer one is refused as a whole."""
_MARKS = {Verdict.COMPLETED: "✓", Verdict.NOT_RUN: "–", Verdict.CANCELED: "–"}
_LONGEST_LOG = 50_000


def annotation(notebook: NotebookReport, file: str, source: str = "") -> str:
    """One error at the failing line of the notebook's ``file``, whose text is ``source``; empty where all went well."""
    if notebook.verdict is Verdict.COMPLETED or notebook.is_consequence:
        return ""
    cell = notebook.failed_cell
    where = f"file={_property(file)}"
    if line := line_in_file(source, cell) if cell else None:
        where += f",line={line}"
    title = f"{notebook.path}: {verdict_name(notebook.verdict)}"
    if cell:
        title += f" [{cell.number}] {cell.title}"
    text = f"{notebook.message}\n{notebook.hint}".strip()
    if cell and cell.error:
        text = f"{text}\n{cell.error.traceback}"
    return f"::error {where},title={_property(title)}::{_data(text)}"


def folded_log(notebook: NotebookReport) -> str:
    """What the notebook's cells printed, under a line that unfolds. Nothing in it is taken for a command."""
    lines = [f"::group::{_data(f'{notebook.path}: {verdict_name(notebook.verdict)}')}"]
    token = secrets.token_hex(16)
    lines.append(f"::stop-commands::{token}")
    for cell in notebook.cells:
        mark = {"completed": "✓", "failed": "✗", "skipped": "-"}[cell.state]
        seconds = f"  {cell.seconds:.1f} s" if cell.seconds is not None else ""
        lines.append(f"{mark} [{cell.number or ''}] {cell.title}{seconds}")
        if cell.text:
            lines.append(_shortened(cell.text.rstrip("\n")))
        if cell.error:
            lines.append(cell.error.traceback)
    if notebook.verdict is not Verdict.COMPLETED:
        lines.append(notebook.message)
    return "\n".join([*lines, f"::{token}::", "::endgroup::"])


def summary(report: RunReport) -> str:
    """Markdown for ``$GITHUB_STEP_SUMMARY``."""
    good, total = report.count(Verdict.COMPLETED), len(report.notebooks)
    keys = _shown_metrics(report)
    heads = ["", _("Notebook"), _("Status"), _("Duration"), *keys]
    lines = [
        f"### {_('Notebooks: {good} of {total} completed', good=good, total=total)}",
        "",
        f"| {' | '.join(map(_in_table, heads))} |",
        f"|{'|'.join(['---'] * 3)}|{'|'.join(['---:'] * (1 + len(keys)))}|",
    ]
    for notebook in report.notebooks:
        status = verdict_name(notebook.verdict) + (f" ({_('reused')})" if notebook.is_cached else "")
        metrics = notebook.metrics
        cells = [f"{metrics[key]:.6g}" if key in metrics else "" for key in keys]
        cells = [_MARKS.get(notebook.verdict, "✗"), f"`{notebook.path}`", status, f"{notebook.seconds:.1f} s", *cells]
        lines.append(f"| {' | '.join(map(_in_table, cells))} |")
    text = "\n".join(lines) + "\n"
    for notebook in report.notebooks:
        part = _failure(notebook)
        if len((text + part).encode()) > MOST_SUMMARY - 1000:
            text += f"\n{_('The rest is in the log: the summary is full.')}\n"
            break
        text += part
    return text


def line_in_file(source: str, cell: CellReport) -> int | None:
    """The line of the ``.ipynb`` file that holds the failing line of the cell, as Jupyter writes such files."""
    wanted = cell.source.splitlines(keepends=True)
    if not wanted:
        return None
    at = (cell.error.line or 1) if cell.error else 1
    quoted = [json.dumps(line, ensure_ascii=False) for line in wanted]
    lines = [line.strip().rstrip(",") for line in source.splitlines()]
    for start in range(len(lines) - len(quoted) + 1):
        if lines[start : start + len(quoted)] == quoted:
            return start + min(at, len(quoted))
    return None


def _failure(notebook: NotebookReport) -> str:
    if notebook.verdict is Verdict.COMPLETED or notebook.is_consequence:
        return ""
    lines = ["", f"#### `{notebook.path}`: {verdict_name(notebook.verdict)}", "", _outside_code(notebook.message)]
    if notebook.hint:
        lines += ["", _outside_code(notebook.hint)]
    cell = notebook.failed_cell
    if cell:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", cell.source + cell.text)), default=0))
        lines += ["", f"<details open><summary>[{cell.number}] {_outside_code(cell.title)}</summary>", ""]
        lines += [f"{fence}python", _shortened(cell.numbered_source), fence, ""]
        if cell.error:
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", cell.error.traceback)), default=0))
            lines += [f"{fence}text", _shortened(cell.error.traceback), fence, ""]
        lines += ["</details>"]
    return "\n".join([*lines, ""])


def _shown_metrics(report: RunReport) -> list[str]:
    """Those that are required first; a table with dozens of columns tells nothing."""
    required = [result.requirement.metric for notebook in report.notebooks for result in notebook.requirements]
    logged = sorted({key for notebook in report.notebooks for key in notebook.metrics})
    return list(dict.fromkeys([*required, *logged]))[:6]


def _shortened(text: str) -> str:
    half = _LONGEST_LOG // 2
    return text if len(text) <= _LONGEST_LOG else f"{text[:half]}\n[…]\n{text[-half:]}"


def _outside_code(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    escaped = re.sub(r"([\\`*_\[\]#|~])", r"\\\1", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b")


def _in_table(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("\r", " ")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
