"""What is known of a local workspace's endpoints: read from what gateways and the monitor have written."""

import os
import re
import threading
from datetime import UTC, datetime
from difflib import get_close_matches
from urllib.parse import urlsplit

from ..entities import (
    Alert,
    AlertChange,
    AlertMetric,
    AlertRule,
    AlertState,
    AlertTrial,
    DriftReport,
    EndpointMetrics,
    OnlineDeployment,
    Page,
)
from ..errors import AlertNotFound, UsageError
from ..language import _
from ..monitoring.alert_log import NAME, AlertLog
from ..monitoring.baseline import check_columns
from ..monitoring.delivery import post, run
from ..monitoring.figures import metrics_of
from ..monitoring.history import History
from ..monitoring.recorder import METRICS
from ..workspace import DataOperations, EndpointsOperations, MonitoringOperations
from .alert_rules import webhook_key
from .db import Database
from .drift import DriftLook
from .locks import is_held
from .named import delete_named, get_named, list_named, put_named
from .paths import WorkspacePaths
from .secret_store import private_files
from .serving.monitor import Monitor, news_of

_MOST_DEPLOYMENTS = 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class LocalMonitoring(MonitoringOperations):
    def __init__(
        self, paths: WorkspacePaths, db: Database, endpoints: EndpointsOperations, data: DataOperations
    ) -> None:
        self._paths = paths
        self._db = db
        self._endpoints = endpoints
        self._drift = DriftLook(paths, data)
        self._standings: dict[str, tuple[object, dict[str, AlertChange]]] = {}
        """By endpoint: how its log was when it was read, and what it said."""

    def metrics(self, endpoint: str, *, deployment: str | None = None, window: float = 3600.0) -> EndpointMetrics:
        found = self._endpoints.get(endpoint)
        if deployment is not None:
            deployment = self._endpoints.deployments.get(found.name, deployment).name
        history = History(self._paths.endpoint(found.name).folder / METRICS)
        return metrics_of(history, found.name, deployment=deployment, window=window)

    def drift(
        self,
        endpoint: str,
        baseline: str,
        *,
        deployment: str | None = None,
        window: float = 86_400.0,
        prediction_column: str = "",
    ) -> DriftReport:
        found = self._endpoints.get(endpoint)
        deployments = self._collecting(found.name, deployment or "")
        return self._drift.report(found.name, deployments, baseline, window=window, prediction_column=prediction_column)

    def alerts(self, endpoint: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Alert]:
        owner = self._endpoints.get(endpoint).name if endpoint else ""
        rows, following = list_named(self._db, "alert_rules", limit, continuation, owner=owner)
        items = tuple(self._alert(AlertRule.model_validate_json(row)) for row in rows)
        return Page[Alert](items=items, continuation=following)

    def create_or_update_alert(self, rule: AlertRule) -> Alert:
        rule = self._checked(rule)
        key = f"{rule.endpoint}/{rule.name}"
        store = private_files(self._paths)
        if rule.webhook:
            store.put(webhook_key(rule), self._whole_webhook(rule))
        else:
            store.remove(webhook_key(rule))
        kept = rule.model_copy(update={"webhook": _without_secrets(rule.webhook), "created": datetime.now(UTC)})
        put_named(self._db, "alert_rules", key, kept)
        return self._alert(kept)

    def try_alert(self, rule: AlertRule, *, tell: bool = False) -> AlertTrial:
        now = datetime.now(UTC)
        # As if it had watched all the time.
        rule = self._checked(rule).model_copy(update={"created": None})
        measured = Monitor(self._paths).measure(rule, now)
        told = {}
        if tell:
            change = AlertChange(
                at=now,
                endpoint=rule.endpoint,
                alert=rule.name,
                state=AlertState.FIRING if measured.is_breached else AlertState.OK,
                value=measured.value,
                message=_("This is a test of the alert. {message}", message=measured.message),
            )
            data = news_of(self._paths, rule, change)
            if rule.webhook:
                told["webhook"] = post(self._whole_webhook(rule), data, threading.Event(), pauses=())
            if rule.command:
                told["command"] = run(rule.command, data)
        return AlertTrial(value=measured.value, is_breached=measured.is_breached, message=measured.message, told=told)

    def delete_alert(self, endpoint: str, name: str) -> None:
        rule = self._rule(endpoint, name)
        delete_named(self._db, "alert_rules", f"{rule.endpoint}/{rule.name}")
        private_files(self._paths).remove(webhook_key(rule))

    def history(self, endpoint: str, name: str | None = None, *, limit: int = 50) -> Page[AlertChange]:
        found = self._endpoints.get(endpoint)
        changes = AlertLog(self._paths.endpoint(found.name).folder).read(name)
        if name is not None and not changes:
            self._rule(endpoint, name)
        return Page[AlertChange](items=tuple(changes[:limit]))

    def _rule(self, endpoint: str, name: str) -> AlertRule:
        found = self._endpoints.get(endpoint)
        if (row := get_named(self._db, "alert_rules", f"{found.name}/{name}")) is None:
            names = [alert.rule.name for alert in self.alerts(found.name).items]
            near = get_close_matches(name, names, 1)
            raise AlertNotFound(
                _("The endpoint {endpoint} has no alert {name}.", endpoint=found.name, name=name),
                _("Did you mean {name}?", name=near[0])
                if near
                else _("See: azml endpoint alert list {endpoint}", endpoint=found.name),
            )
        return AlertRule.model_validate_json(row)

    def _checked(self, rule: AlertRule) -> AlertRule:
        """With names as they are spelled. Raises UsageError, EndpointNotFound, DataNotFound, …"""
        endpoint = self._endpoints.get(rule.endpoint).name
        _check(rule)
        deployment = self._endpoints.deployments.get(endpoint, rule.deployment).name if rule.deployment else ""
        if rule.metric is AlertMetric.DRIFT:
            check_columns(self._drift.baseline(rule.baseline), rule.prediction_column, rule.baseline)
            self._collecting(endpoint, deployment)
        return rule.model_copy(update={"endpoint": endpoint, "deployment": deployment})

    def _whole_webhook(self, rule: AlertRule) -> str:
        """Who changes a rule hands its address back with asterisks: the one that is kept is meant."""
        kept = private_files(self._paths).get(webhook_key(rule))
        return kept if kept and _without_secrets(kept) == rule.webhook else rule.webhook

    def _alert(self, rule: AlertRule) -> Alert:
        last = self._standings_of(rule.endpoint).get(rule.name.lower())
        is_watched = is_held(self._paths.monitor_lock)
        if last is None or (rule.created and last.at < rule.created):
            return Alert(rule=rule, state=AlertState.OK, is_watched=is_watched)
        return Alert(
            rule=rule,
            state=last.state,
            since=last.at,
            value=last.value,
            message=last.message,
            is_watched=is_watched,
        )

    def _standings_of(self, endpoint: str) -> dict[str, AlertChange]:
        """Read anew when something was written: a log can be long, and is asked for often."""
        folder = self._paths.endpoint(endpoint).folder
        try:
            found = os.stat(folder / NAME)
        except FileNotFoundError:
            return {}
        mark = (found.st_ino, found.st_size, found.st_mtime_ns)
        before, standings = self._standings.get(endpoint, (None, {}))
        if before != mark:
            standings = AlertLog(folder).standings()
            self._standings[endpoint] = mark, standings
        return standings

    def _collecting(self, endpoint: str, deployment: str) -> list[OnlineDeployment]:
        """Raises UsageError where nothing is collected that could be compared."""
        deployments = self._endpoints.deployments
        found = (
            [deployments.get(endpoint, deployment)]
            if deployment
            else list(deployments.list(endpoint, limit=_MOST_DEPLOYMENTS).items)
        )
        collecting = [each for each in found if each.data_collector]
        if not collecting:
            raise UsageError(
                _("No deployment of {endpoint} collects its inputs.", endpoint=endpoint),
                _("Add data_collector with the collections model_inputs and model_outputs to its YAML file."),
            )
        return collecting


def _check(rule: AlertRule) -> None:
    if not _NAME.fullmatch(rule.name):
        raise UsageError(
            _("{name} cannot be the name of an alert.", name=rule.name),
            _("Use up to 100 letters, digits, dots, - and _, beginning with a letter or a digit."),
        )
    if rule.webhook and not _is_web_address(rule.webhook):
        raise UsageError(
            _("The webhook is no http:// or https:// address."), _("For example: --webhook https://example.org/hook")
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, an address in brackets that is none
        return False


def _without_secrets(url: str) -> str:
    parts = urlsplit(url)
    if not url:
        return ""
    rest = "/***" if parts.path.strip("/") or parts.query or parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{rest}"
