"""What stands in a notebook for those who only read it: a table and a picture, for GitHub, nbviewer and paper."""

import html
import io
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..entities import EPOCH, Job, MetricSummary, is_own_metric
from ..language import _
from .lines import Line, points_in

COLOURS = ("#0072b2", "#d55e00", "#007a5a", "#aa4499", "#8f6b00", "#4d8fd1", "#882255", "#5f6368")
"""The page's, of its light theme: ``chart/palette.ts``."""
_DASHES: tuple[Any, ...] = ("solid", (0, (6, 3)), (0, (1.5, 2)), (0, (6, 2, 1.5, 2)))
_COLUMNS = 2
_LONGEST = 48


def table_html(jobs: Sequence[Job]) -> str:
    """Parameters that differ, and metrics: the last value, and the lowest and highest where there is more than one."""
    names = _differing(jobs)
    keys = list(dict.fromkeys(metric.key for job in jobs for metric in job.metrics))
    keys = [key for key in sorted(keys) if is_own_metric(key) and key != EPOCH]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in (_("Job"), _("Status"), *names, *keys))
    rows = "".join(f"<tr>{_row(job, names, keys)}</tr>" for job in jobs)
    active = any(not job.status.is_terminal for job in jobs)
    note = f"<p><i>{html.escape(_as_of(datetime.now().astimezone()))}</i></p>" if active else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _as_of(moment: datetime) -> str:
    return _("As of {time}. Run the cell again to follow it.", time=f"{moment:%Y-%m-%d %H:%M}")


def _differing(jobs: Sequence[Job]) -> list[str]:
    """All of them, when there is one job."""
    names = list(dict.fromkeys(name for job in jobs for name in job.parameters))
    return [name for name in names if len(jobs) == 1 or len({repr(job.parameters.get(name)) for job in jobs}) > 1]


def _row(job: Job, names: Sequence[str], keys: Sequence[str]) -> str:
    metrics = {metric.key: metric for metric in job.metrics}
    reason = f"<br>{html.escape(job.reason.message)}" if job.reason and job.status != "Completed" else ""
    cells = [f"<b>{html.escape(job.display_name)}</b><br><code>{html.escape(job.name)}</code>"]
    cells += [f"{html.escape(_(job.status.value))}{reason}"]
    cells += [html.escape(str(job.parameters[name])[:200]) if name in job.parameters else "" for name in names]
    cells += [_values(metrics[key]) if key in metrics else "" for key in keys]
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _values(metric: MetricSummary) -> str:
    if metric.count < 2:
        return f"{metric.last:.6g}"
    return f"{metric.last:.6g}<br><small>{metric.min:.4g} … {metric.max:.4g}</small>"


def picture(jobs: Sequence[Job], lines: Mapping[str, Mapping[str, Line]], axis: str) -> bytes | None:
    """The curves as PNG, metrics side by side. None when there is nothing to draw, or nothing to draw with."""
    keys = list(dict.fromkeys(key for job in jobs for key in lines.get(job.name, {})))
    if not keys:
        return None
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:  # it is there with us, but may be broken or of another architecture
        return None
    across = min(_COLUMNS, len(keys))
    down = math.ceil(len(keys) / across)
    figure = Figure(figsize=(4.6 * across, 2.6 * down + 0.24 * min(len(jobs), 12) + 0.1), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    figure.set_layout_engine("constrained")
    panes = figure.subplots(down, across, squeeze=False).ravel()
    for key, pane in zip(keys, panes, strict=False):
        _draw(pane, key, jobs, lines, axis)
    for pane in panes[len(keys) :]:
        pane.remove()
    handles, names = panes[0].get_legend_handles_labels()
    figure.legend(handles[:12], names[:12], loc="outside lower left", ncols=1, frameon=False, fontsize=8)
    target = io.BytesIO()
    figure.savefig(target, format="png")
    return target.getvalue()


def _draw(pane: Any, key: str, jobs: Sequence[Job], lines: Mapping[str, Mapping[str, Line]], axis: str) -> None:
    names = [job.display_name for job in jobs]
    for number, job in enumerate(jobs):
        title = job.display_name if names.count(job.display_name) == 1 else f"{job.display_name} · {job.name}"
        x, y = points_in(lines[job.name][key]) if key in lines.get(job.name, {}) else ([], [])
        pane.plot(
            [datetime.fromtimestamp(each) for each in x] if axis == "wall" else x,
            y,
            color=COLOURS[number % len(COLOURS)],
            linestyle=_DASHES[number // len(COLOURS) % len(_DASHES)],
            linewidth=1.3,
            marker="o" if len(x) == 1 else None,
            markersize=4,
            # matplotlib reads $…$ as mathematics, and leaves out of legends what begins with an underscore.
            label=_plain(f"{title} · {_(job.status.value)}"),
        )
    pane.set_title(_plain(key), fontsize=9, loc="left")
    pane.tick_params(labelsize=8, colors="#5f6368", length=0)
    pane.grid(True, color="#e4e7eb", linewidth=0.6)
    pane.spines[["top", "right", "left"]].set_visible(False)
    pane.spines["bottom"].set_color("#c4c7cc")


def _plain(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return "\u200b" * short.startswith("_") + short.replace("$", r"\$")
