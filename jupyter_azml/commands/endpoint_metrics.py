"""``azml endpoint metrics``, ``azml endpoint drift`` and ``azml endpoint alert …``."""

from typing import Any

import click
from pydantic import ValidationError

from ..entities import Alert, AlertChange, AlertMetric, AlertRule, AlertTrial, DriftReport, EndpointMetrics, Page
from ..errors import AlertNotFound, UsageError
from ..language import _
from .confirmation import confirm_or_refuse
from .durations import Duration
from .options import named, paged
from .session import Grammar, Session, Verb, pass_session

_DEPLOYMENT = click.option("-d", "--deployment-name", "deployment", help="Only this deployment; default: all of them.")
_SPAN = Duration()
_MOST_RULES = 1000
_TELL = click.option("--tell", is_flag=True, help="Try the webhook and the command, too.")


@click.command("metrics", cls=Verb)
@named
@click.option("--window", type=_SPAN, default="1h", show_default=True, help="How far back: 5m, 1h, 7d, at most 35d.")
@_DEPLOYMENT
@pass_session
def metrics(session: Session, name: str, window: float, deployment: str | None) -> EndpointMetrics:
    """Requests, errors and latencies of an endpoint, in all and over time."""
    _check_window(window)
    return session.workspace.monitoring.metrics(name, deployment=deployment, window=window)


@click.command("drift", cls=Verb)
@named
@click.option("--baseline", required=True, help="The data asset to compare with: azureml:NAME:VERSION.")
@click.option("--window", type=_SPAN, default="1d", show_default=True, help="How far back: 1h, 7d, at most 35d.")
@click.option("--prediction-column", default="", help="The baseline's column that predictions are compared with.")
@_DEPLOYMENT
@pass_session
def drift(
    session: Session, name: str, baseline: str, window: float, prediction_column: str, deployment: str | None
) -> DriftReport:
    """Whether inputs and predictions still look like a data asset, column by column."""
    _check_window(window)
    return session.workspace.monitoring.drift(
        name, baseline, deployment=deployment, window=window, prediction_column=prediction_column
    )


@click.group(cls=Grammar)
def alert() -> None:
    """Rules that watch an endpoint and tell somebody."""


@alert.command("create")
@click.argument("endpoint")
@click.argument("name")
@click.option("--metric", type=click.Choice([each.value for each in AlertMetric]), required=True, help="What to watch.")
@click.option("--above", "threshold", help="The limit: 250ms of latency, 0.05 or 5% of errors, a PSI of drift.")
@click.option("--quantile", type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Of the latency.")
@click.option("--window", type=_SPAN, help="How far back to look; of silence, how long. Default: 5m, of drift 1d.")
@click.option("--for", "hold", type=_SPAN, default="0s", help="How long it has to be so before the alert fires.")
@click.option("--baseline", default="", help="Of drift: the data asset to compare with, azureml:NAME:VERSION.")
@click.option("--prediction-column", default="", help="The baseline's column that predictions are compared with.")
@click.option("--webhook", default="", help="An address that is sent JSON when it fires and when it is resolved.")
@click.option("--command", default="", help="A command for bash, with the same JSON on standard input.")
@click.option("-d", "--deployment-name", "deployment", default="", help="Only this deployment; default: all of them.")
@click.option("--dry-run", is_flag=True, help="Say whether it would fire now, and keep nothing.")
@_TELL
@pass_session
def create_alert(
    session: Session, /, window: float | None, threshold: str | None, dry_run: bool, tell: bool, **given: Any
) -> Alert | AlertTrial:
    """Watch ENDPOINT by a rule called NAME, or change the rule."""
    metric = AlertMetric(given["metric"])
    default = 86_400.0 if metric is AlertMetric.DRIFT else 300.0
    fields = {name: value for name, value in given.items() if value is not None}
    try:
        rule = AlertRule(**fields, window=default if window is None else window, threshold=_limit(metric, threshold))
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(
            _("The alert cannot be so: {detail}.", detail=fault["msg"].removeprefix("Value error, ")),
            _("For example: azml endpoint alert create my-endpoint slow --metric latency --above 250ms"),
        ) from error
    if tell and not dry_run:
        raise UsageError(
            _("--tell tries a rule that is not kept."),
            _("Add --dry-run; of a rule that there is: azml endpoint alert try ENDPOINT NAME --tell"),
        )
    monitoring = session.workspace.monitoring
    return monitoring.try_alert(rule, tell=tell) if dry_run else monitoring.create_or_update_alert(rule)


@alert.command("try")
@click.argument("endpoint")
@click.argument("name")
@_TELL
@pass_session
def try_alert(session: Session, endpoint: str, name: str, tell: bool) -> AlertTrial:
    """Say whether an alert of ENDPOINT would fire now."""
    monitoring = session.workspace.monitoring
    rules = [each.rule for each in monitoring.alerts(endpoint, limit=_MOST_RULES).items]
    rule = next((each for each in rules if each.name.lower() == name.lower()), None)
    if rule is None:
        raise AlertNotFound(
            _("The endpoint {endpoint} has no alert {name}.", endpoint=endpoint, name=name),
            _("See: azml endpoint alert list {endpoint}", endpoint=endpoint),
        )
    return monitoring.try_alert(rule, tell=tell)


@alert.command("list")
@click.argument("endpoint", required=False)
@paged
@pass_session
def list_alerts(session: Session, endpoint: str | None, limit: int, continuation: str | None) -> Page[Alert]:
    """The alerts of ENDPOINT, or of all endpoints, and how they stand."""
    return session.workspace.monitoring.alerts(endpoint, limit=limit, continuation=continuation)


@alert.command("history")
@click.argument("endpoint")
@click.argument("name", required=False)
@click.option(
    "--max-results", "limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Length of a page."
)
@pass_session
def alert_history(session: Session, endpoint: str, name: str | None, limit: int) -> Page[AlertChange]:
    """What became of the alerts of ENDPOINT, and whether those to be told were told; the newest first."""
    return session.workspace.monitoring.history(endpoint, name, limit=limit)


@alert.command("delete")
@click.argument("endpoint")
@click.argument("name")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete_alert(session: Session, endpoint: str, name: str, yes: bool) -> None:
    """Stop watching ENDPOINT by this rule."""
    confirm_or_refuse(_("Delete the alert {name} of {endpoint}?", name=name, endpoint=endpoint), yes)
    session.workspace.monitoring.delete_alert(endpoint, name)


def _limit(metric: AlertMetric, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        if metric is AlertMetric.LATENCY:
            return _SPAN.convert(text, None, None)
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except (ValueError, click.BadParameter) as error:
        raise UsageError(
            _("{text} is no limit.", text=text),
            _("Write 250ms for latency, 5% or 0.05 for errors, a number for drift."),
        ) from error


def _check_window(window: float) -> None:
    if not 1 <= window <= 35 * 86_400:
        raise UsageError(_("The window is too short or too long."), _("Figures are kept for 35 days: 1s to 35d."))
