"""Figures of endpoints in Azure, which Azure Monitor has. Drift and alert rules are other services of Azure's."""

from datetime import UTC, datetime, timedelta

from ..arm import WorkspaceId
from ..arm.monitor import LATENCIES, REQUESTS, STEPS, metrics_from_monitor, step_for
from ..entities import Alert, AlertChange, AlertRule, DriftReport, EndpointMetrics, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import EndpointsOperations, MonitoringOperations
from .client import ArmClient
from .errors import readable
from .paths import path_to

_VERSION = "2023-10-01"


class AzureMonitoring(MonitoringOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId, endpoints: EndpointsOperations) -> None:
        self._client = client
        self._workspace = workspace
        self._endpoints = endpoints

    def metrics(self, endpoint: str, *, deployment: str | None = None, window: float = 3600.0) -> EndpointMetrics:
        """Raises NotAllowed for who may not read the figures."""
        found = self._endpoints.get(endpoint)
        if deployment is not None:
            deployment = self._endpoints.deployments.get(found.name, deployment).name
        until, step = datetime.now(UTC), step_for(window)
        path = path_to(self._workspace, "onlineEndpoints", found.name) + "/providers/Microsoft.Insights/metrics"
        span = f"{(until - timedelta(seconds=window)).isoformat()}/{until.isoformat()}"
        usual = {"api-version": _VERSION, "timespan": span, "interval": STEPS[step], "aggregation": "Average"}
        # Split by what each has: no latency is known of a status.
        asked = ((REQUESTS, "deployment eq '*' and statusCode eq '*'"), (",".join(LATENCIES), "deployment eq '*'"))
        answers = [self._client.get(path, {**usual, "metricnames": names, "$filter": by}) for names, by in asked]
        with readable():
            return metrics_from_monitor(
                found.name, answers, deployment=deployment, window=window, until=until, step=step
            )

    def drift(
        self,
        endpoint: str,
        baseline: str,
        *,
        deployment: str | None = None,
        window: float = 86_400.0,
        prediction_column: str = "",
    ) -> DriftReport:
        """Raises NotSupported."""
        raise _not_yet()

    def alerts(self, endpoint: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Alert]:
        """Raises NotSupported."""
        raise _not_yet()

    def create_or_update_alert(self, rule: AlertRule) -> Alert:
        """Raises NotSupported."""
        raise _not_yet()

    def delete_alert(self, endpoint: str, name: str) -> None:
        """Raises NotSupported."""
        raise _not_yet()

    def history(self, endpoint: str, name: str | None = None, *, limit: int = 50) -> Page[AlertChange]:
        """Raises NotSupported."""
        raise _not_yet()


def _not_yet() -> NotSupported:
    return NotSupported(
        _("Drift and alert rules in Azure cannot be reached yet."),
        _("Azure ML studio has them: open the endpoint, then Monitoring."),
    )
