"""Figures of endpoints in Azure, which Azure Monitor has and which are not asked for yet."""

from ..entities import Alert, AlertChange, AlertRule, DriftReport, EndpointMetrics, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import MonitoringOperations


class AzureMonitoring(MonitoringOperations):
    def metrics(self, endpoint: str, *, deployment: str | None = None, window: float = 3600.0) -> EndpointMetrics:
        """Raises NotSupported."""
        raise _not_yet()

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
        _("Azure keeps the figures of its endpoints in Azure Monitor, which is not asked yet."),
        _("Azure ML studio shows them: open the endpoint, then Monitoring."),
    )
