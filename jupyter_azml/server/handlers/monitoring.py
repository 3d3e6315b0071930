"""Figures, drift and alerts of endpoints over REST."""

from typing import Any

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ...entities import AlertRule
from ...errors import UsageError
from ...language import _
from .base import AzmlHandler

_LONGEST = 35 * 86_400


class MonitoringHandler(AzmlHandler):
    def window(self, default: int) -> float:
        """Seconds. Raises UsageError."""
        text = self.get_query_argument("window", str(default))
        if not text.isdigit() or not 1 <= int(text) <= _LONGEST:
            raise UsageError(
                _("window must be a number of seconds from 1 to {most}, not {value}.", most=_LONGEST, value=text),
                _("Reload the page and try again."),
            )
        return float(text)

    def chosen(self) -> str | None:
        return self.get_query_argument("deployment", None)


class EndpointMetricsHandler(MonitoringHandler):
    """``?window=3600&deployment=blue``"""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        asked: dict[str, Any] = {"window": self.window(3600), "deployment": self.chosen()}
        self.answer(await self.ask(lambda workspace: workspace.monitoring.metrics(name, **asked)))


class EndpointDriftHandler(MonitoringHandler):
    """``?baseline=azureml:train:1&window=86400&deployment=blue&prediction_column=label``"""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        asked: dict[str, Any] = {
            "baseline": self.get_query_argument("baseline", ""),
            "window": self.window(86_400),
            "deployment": self.chosen(),
            "prediction_column": self.get_query_argument("prediction_column", ""),
        }
        self.answer(await self.ask(lambda workspace: workspace.monitoring.drift(name, **asked)))


class AlertsHandler(AzmlHandler):
    """All rules of the workspace, or ``?endpoint=…``; what is posted is an ``AlertRule``."""

    @authenticated
    @authorized
    async def get(self) -> None:
        page, endpoint = self.paging(), self.get_query_argument("endpoint", None)
        self.answer(await self.ask(lambda workspace: workspace.monitoring.alerts(endpoint, **page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        rule = self.body_as(AlertRule)
        self.answer(await self.ask(lambda workspace: workspace.monitoring.create_or_update_alert(rule)), 201)


class TrialRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: AlertRule
    tell: bool = False
    """Whether the webhook and the command are tried, too."""


class AlertTrialHandler(AzmlHandler):
    """What a rule would say now; it is not kept."""

    @authenticated
    @authorized
    async def post(self) -> None:
        asked = self.body_as(TrialRequest)
        tried = await self.ask_patiently(lambda workspace: workspace.monitoring.try_alert(asked.rule, tell=asked.tell))
        self.answer(tried)


class AlertHandler(AzmlHandler):
    @authenticated
    @authorized
    async def delete(self, name: str, alert: str) -> None:
        await self.ask(lambda workspace: workspace.monitoring.delete_alert(name, alert))
        self.set_status(204)
        self.finish()


class AlertHistoryHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str, alert: str | None = None) -> None:
        limit = self.paging()["limit"]
        self.answer(await self.ask(lambda workspace: workspace.monitoring.history(name, alert, limit=limit)))
