"""Watches the endpoints of a workspace: looks at every rule every few seconds, and tells whom it names.

It runs as a thread of the gateway. Any number may be started; a lock lets one of them work.
"""

import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from ...entities import AlertChange, AlertMetric, AlertRule, AlertState, OnlineDeployment
from ...errors import AzmlError
from ...language import _
from ...monitoring.alert_log import AlertLog
from ...monitoring.alerting import Measured, Standing, advance, measure_requests, measure_silence
from ...monitoring.delivery import post, run
from ...monitoring.history import History, added_up
from ...monitoring.recorder import METRICS
from ..alert_rules import webhook_key
from ..data import LocalData
from ..db import Database
from ..drift import DriftLook
from ..locks import FileLock
from ..named import get_named, names_in
from ..paths import WorkspacePaths
from ..secret_store import private_files
from .rows import deployment_rows, load_deployment

PERIOD = 5.0
"""Seconds between two looks."""
DRIFT_PERIOD = 60.0


class Monitor:
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths
        self._db = Database(paths.database, paths.setup_lock)
        self._drift = DriftLook(paths, LocalData(paths, self._db))
        self._histories: dict[str, History] = {}
        self._standings: dict[str, Standing] = {}
        self._known: dict[str, datetime | None] = {}
        """When the rule was made that a standing belongs to: one that was changed begins anew."""
        self._drift_seen: dict[str, tuple[float, Measured]] = {}
        self._faults: dict[str, str] = {}
        """Why a rule could not be measured, as far as its history says so already."""
        self._telling: dict[tuple[str, str, str], threading.Thread] = {}
        """The last one that was started for each action of each alert."""
        self._log_lock = threading.Lock()
        self._stop = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Until ``stop`` is set."""
        self._stop = stop
        while not stop.is_set():
            self._paths.endpoints.mkdir(mode=0o700, exist_ok=True)
            if lock := FileLock.take(self._paths.monitor_lock):
                try:
                    self._standings.clear()
                    self._known.clear()
                    while not stop.is_set():
                        try:
                            self.look(datetime.now(UTC))
                        except Exception:  # a busy database, a full disk: the next look is soon
                            traceback.print_exc()
                        stop.wait(PERIOD)
                finally:
                    lock.release()
            stop.wait(PERIOD)

    def look(self, now: datetime) -> None:
        """Once at every rule."""
        keys = names_in(self._db, "alert_rules", limit=-1)
        for gone in self._standings.keys() - {key.lower() for key in keys}:
            del self._standings[gone]
        for key in keys:
            row = get_named(self._db, "alert_rules", key)
            if row is None:
                continue
            try:
                self._look_at(AlertRule.model_validate_json(row), key.lower(), now)
            except Exception:  # the other rules are looked at all the same; this one's fault is in the gateway's log
                traceback.print_exc()

    def measure(self, rule: AlertRule, now: datetime) -> Measured:
        """What the rule is about, at this moment."""
        return self._measure(rule, f"{rule.endpoint}/{rule.name}".lower(), now.timestamp())

    def _look_at(self, rule: AlertRule, key: str, now: datetime) -> None:
        log = AlertLog(self._paths.endpoint(rule.endpoint).folder)
        if key not in self._standings or self._known.get(key) != rule.created:
            self._standings[key], self._known[key] = _standing_before(rule, log), rule.created
            self._drift_seen.pop(key, None)
        measured = self._measure(rule, key, now.timestamp())
        before = self._standings[key]
        after = self._standings[key] = advance(before, measured.is_breached, timedelta(seconds=rule.hold), now)
        fault = measured.message if measured.is_fault else ""
        is_news = fault != self._faults.pop(key, "")
        if fault:
            self._faults[key] = fault
        if after.state is before.state and not (fault and is_news):
            return
        change = AlertChange(
            at=now,
            endpoint=rule.endpoint,
            alert=rule.name,
            state=after.state,
            value=measured.value,
            message=measured.message,
        )
        self._write(log, change)
        if after.state is not before.state and after.state in (AlertState.FIRING, AlertState.RESOLVED):
            self._tell(rule, log, change)

    def _measure(self, rule: AlertRule, key: str, now: float) -> Measured:
        if rule.metric is AlertMetric.DRIFT:
            seen = self._drift_seen.get(key)
            if seen is None or now - seen[0] >= DRIFT_PERIOD:
                seen = self._drift_seen[key] = now, self._measure_drift(rule)
            return seen[1]
        history = self._histories.setdefault(
            rule.endpoint.lower(), History(self._paths.endpoint(rule.endpoint).folder / METRICS)
        )
        if rule.metric is AlertMetric.SILENCE:
            slots = history.window(rule.window, now, deployment=rule.deployment or None)
            last = max((slot.start for slot in slots), default=None)
            return measure_silence(rule, last, now)
        return measure_requests(rule, added_up(history.window(rule.window, now, deployment=rule.deployment or None)))

    def _measure_drift(self, rule: AlertRule) -> Measured:
        """What cannot be read is told in the history, and does not change the state."""
        try:
            report = self._drift.report(
                rule.endpoint,
                self._deployments(rule),
                rule.baseline,
                window=rule.window,
                prediction_column=rule.prediction_column,
                limit=rule.threshold,
            )
        except (AzmlError, OSError) as error:
            return Measured(None, None, getattr(error, "message", "") or str(error), is_fault=True)
        if report.is_drifting is None:
            return Measured(
                None, None, _("{rows} of {needed} rows that are needed.", rows=report.rows, needed=report.needed)
            )
        worst = report.columns[0]
        told = _(
            "{column}: PSI {psi:.3g} in {rows} rows; the limit is {threshold:.3g}.",
            column=worst.column,
            psi=worst.psi,
            threshold=worst.threshold,
            rows=worst.rows,
        )
        return Measured(worst.psi, report.is_drifting, told)

    def _deployments(self, rule: AlertRule) -> list[OnlineDeployment]:
        with self._db.read() as connection:
            found = [load_deployment(row) for row in deployment_rows(connection, rule.endpoint)]
        return [each for each in found if rule.deployment.lower() in ("", each.name.lower())]

    def _tell(self, rule: AlertRule, log: AlertLog, change: AlertChange) -> None:
        data = news_of(self._paths, rule, change)
        if rule.webhook:
            address = private_files(self._paths).get(webhook_key(rule)) or ""
            self._act(log, change, "webhook", lambda: post(address, data, self._stop))
        if rule.command:
            self._act(log, change, "command", lambda: run(rule.command, data))

    def _act(self, log: AlertLog, change: AlertChange, action: str, do: Callable[[], str]) -> None:
        key = (change.endpoint.lower(), change.alert.lower(), action)
        before = self._telling.get(key)

        def act() -> None:
            if before:
                before.join()  # "resolved" must not arrive before a "firing" that has to be tried again
            try:
                error = do()
            except Exception as failed:  # whatever it was, the history has to say that nobody was told
                error = f"{type(failed).__name__}: {failed}"
            done = {"at": datetime.now(UTC), "action": action, "error": error}
            with suppress(OSError):
                self._write(log, AlertChange.model_validate({**change.model_dump(), **done}))

        # A daemon: a webhook that hangs must not keep the gateway from ending.
        self._telling[key] = threading.Thread(target=act, name="azml-alert", daemon=True)
        self._telling[key].start()

    def _write(self, log: AlertLog, change: AlertChange) -> None:
        with self._log_lock:
            log.append(change)


def news_of(paths: WorkspacePaths, rule: AlertRule, change: AlertChange) -> dict[str, Any]:
    """What a webhook or a command is told."""
    return {
        "workspace": paths.folder.name,
        **change.model_dump(mode="json", exclude={"action", "error"}),
        "metric": rule.metric.value,
        "deployment": rule.deployment,
        "threshold": rule.threshold,
        # What chat systems show of a webhook.
        "text": f"{rule.endpoint}: {rule.name} is {change.state.value}. {change.message}",
    }


def _standing_before(rule: AlertRule, log: AlertLog) -> Standing:
    last = log.standings().get(rule.name.lower())
    if last is None or (rule.created and last.at < rule.created):
        return Standing()
    return Standing(last.state, last.at)
