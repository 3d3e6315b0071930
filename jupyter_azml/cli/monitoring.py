"""Figures of endpoints, drift and alerts on a terminal."""

from datetime import datetime

from rich.markup import escape
from rich.table import Table

from ..entities import Alert, AlertChange, AlertState, AlertTrial, DriftReport, EndpointFigures, EndpointMetrics, Page
from ..language import _, plural
from .text import console, print_text, show_in_columns

COLOURS = {AlertState.FIRING: "red", AlertState.PENDING: "yellow", AlertState.RESOLVED: "green"}
_BARS = " ▁▂▃▄▅▆▇█"


@print_text.register
def _metrics(metrics: EndpointMetrics) -> None:
    out = console()
    headers = ("", _("Requests"), _("Per second"), _("Success"), _("Errors"), "p50", "p95", "p99")
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for name, figures in metrics.deployments.items():
        table.add_row(escape(name) or _("(none)"), *_cells(figures))
    table.add_row(f"[bold]{escape(metrics.endpoint)}[/]", *_cells(metrics.total))
    out.print(table)
    if metrics.total.requests:
        for title, values in (
            (_("Requests"), [point.requests for point in metrics.points]),
            (_("Errors"), [point.errors for point in metrics.points]),
            ("p95", [point.latency_p95 or 0.0 for point in metrics.points]),
        ):
            out.print(f"[dim]{title:<10}[/]{_sparkline(values)}")


@print_text.register
def _drift(report: DriftReport) -> None:
    out = console()
    if report.is_drifting is None:
        out.print(
            plural(
                "{count} row was collected; {needed} are needed, with a column that the baseline has.",
                "{count} rows were collected; {needed} are needed, with a column that the baseline has.",
                report.rows,
                needed=report.needed,
            )
        )
        return
    headers = (_("Column"), _("Of"), "PSI", _("Limit"), _("Rows"), _("Unseen"), _("Missing"), "")
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for column in report.columns:
        table.add_row(
            escape(column.column),
            _("input") if column.source == "input" else _("prediction"),
            f"{column.psi:.3f}",
            f"{column.threshold:.3f}",
            str(column.rows),
            f"{column.unseen:.1%}" if column.unseen else "",
            f"{column.missing:.1%}" if column.missing else "",
            f"[red]{_('drifts')}[/]" if column.is_drifting else "",
        )
    out.print(table)


@print_text.register
def _alert(alert: Alert) -> None:
    print_text(Page[Alert](items=(alert,)))


@print_text.register
def _trial(trial: AlertTrial) -> None:
    out = console()
    said = {
        True: f"[red]{_('It would fire.')}[/]",
        False: f"[green]{_('It would not fire.')}[/]",
        None: _("It cannot be told yet."),
    }
    out.print(said[trial.is_breached], escape(trial.message))
    for whom, error in trial.told.items():
        out.print(f"{whom}: {escape(error) if error else '✓'}")


def _state(state: AlertState) -> str:
    return f"[{COLOURS.get(state, 'dim')}]{state}[/]"


def _cells(figures: EndpointFigures) -> tuple[str, ...]:
    rate = figures.success_rate
    return (
        str(figures.requests),
        f"{figures.requests_per_second:.3g}",
        f"{rate:.2%}" if rate is not None else "",
        f"[red]{figures.errors}[/]" if figures.errors else "0",
        *(
            "" if seconds is None else readable_latency(seconds)
            for seconds in (figures.latency_p50, figures.latency_p95, figures.latency_p99)
        ),
    )


def readable_latency(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def _moment(at: datetime | None) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _sparkline(values: list[int] | list[float]) -> str:
    highest = max(values) or 1
    return "".join(_BARS[-(-int(value / highest * 800) // 100)] for value in values)


show_in_columns(
    Alert,
    ("Endpoint", "Alert", "State", "Since", "Watches", "What was measured"),
    lambda alert: (
        escape(alert.rule.endpoint),
        escape(alert.rule.name),
        _state(alert.state) + ("" if alert.is_watched else f" [dim]({_('not watched: no gateway runs')})[/]"),
        _moment(alert.since),
        alert.rule.metric,
        escape(alert.message),
    ),
)
show_in_columns(
    AlertChange,
    ("At", "Alert", "State", "Action", "What was measured"),
    lambda change: (
        _moment(change.at),
        escape(change.alert),
        _state(change.state),
        f"{change.action} {escape(change.error) if change.error else '✓'}" if change.action else "",
        escape(change.message),
    ),
)
