"""Figures of an endpoint and drift in a notebook: a table, and small charts that need no script."""

import html
from collections.abc import Sequence
from typing import Any

from ..entities import DriftReport, EndpointFigures, EndpointMetrics
from ..language import _

_WIDTH, _HEIGHT = 480, 60
_FIELDS = (
    "requests",
    "requests_per_second",
    "success_rate",
    "errors",
    "latency_p50",
    "latency_p95",
    "latency_p99",
)


class ShownMetrics:
    """``metrics`` is the entity; ``to_pandas()`` has a row for each point in time."""

    def __init__(self, metrics: EndpointMetrics) -> None:
        self.metrics = metrics

    def to_pandas(self) -> Any:
        import pandas

        return pandas.DataFrame([point.model_dump() for point in self.metrics.points])

    def _repr_html_(self) -> str:
        found = self.metrics
        heads = "".join(f"<th>{html.escape(_(name.replace('_', ' ')))}</th>" for name in _FIELDS)
        rows = "".join(_row(name or _("(none)"), figures) for name, figures in found.deployments.items())
        rows += _row(found.endpoint, found.total)
        charts = "".join(
            _chart(title, values)
            for title, values in (
                (_("Requests"), [point.requests for point in found.points]),
                (_("Errors"), [point.errors for point in found.points]),
                ("p95", [point.latency_p95 or 0.0 for point in found.points]),
            )
        )
        return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>{charts}"

    def __repr__(self) -> str:
        total = self.metrics.total
        return f"{self.metrics.endpoint}: " + ", ".join(f"{name} {_text(getattr(total, name))}" for name in _FIELDS)


class ShownDrift:
    """``report`` is the entity; ``to_pandas()`` has a row for each column."""

    def __init__(self, report: DriftReport) -> None:
        self.report = report

    def to_pandas(self) -> Any:
        import pandas

        return pandas.DataFrame([column.model_dump(exclude={"bins"}) for column in self.report.columns])

    def _repr_html_(self) -> str:
        names = ("column", "source", "psi", "threshold", "is_drifting", "rows", "unseen", "missing")
        heads = "".join(f"<th>{html.escape(_(name.replace('_', ' ')))}</th>" for name in names)
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(_text(getattr(column, name)))}</td>' for name in names)}</tr>"
            for column in self.report.columns
        )
        return f"<p>{html.escape(repr(self))}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        report = self.report
        if report.is_drifting is None:
            return _("{rows} of {needed} rows that are needed.", rows=report.rows, needed=report.needed)
        drifting = [column.column for column in report.columns if column.is_drifting]
        if not drifting:
            return _("No drift in {rows} rows.", rows=report.rows)
        return _("Drift in {rows} rows: {columns}", rows=report.rows, columns=", ".join(drifting))


def _row(name: str, figures: EndpointFigures) -> str:
    cells = "".join(f"<td>{html.escape(_text(getattr(figures, field)))}</td>" for field in _FIELDS)
    return f"<tr><th>{html.escape(name)}</th>{cells}</tr>"


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _chart(title: str, values: Sequence[float]) -> str:
    if not any(values):
        return ""
    highest, step = max(values), _WIDTH / max(1, len(values) - 1)
    points = " ".join(
        f"{number * step:.1f},{_HEIGHT - 1 - value / highest * (_HEIGHT - 2):.1f}"
        for number, value in enumerate(values)
    )
    label = html.escape(f"{title}: {_text(float(highest))}")
    return (
        f'<figure style="margin:.5em 0"><figcaption>{label}</figcaption>'
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{label}">'
        f'<polyline points="{points}" fill="none" stroke="currentColor"/></svg></figure>'
    )
