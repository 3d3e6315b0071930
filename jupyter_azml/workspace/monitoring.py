"""What is known of endpoints that serve, as any workspace offers it."""

from abc import ABC, abstractmethod

from ..entities import Alert, AlertChange, AlertRule, AlertTrial, DriftReport, EndpointMetrics, Page
from ..errors import NotSupported
from ..language import _


class MonitoringOperations(ABC):
    """All raise EndpointNotFound, and DeploymentNotFound where a deployment is named."""

    @abstractmethod
    def metrics(self, endpoint: str, *, deployment: str | None = None, window: float = 3600.0) -> EndpointMetrics:
        """Figures of the last ``window`` seconds, at most 35 days."""

    @abstractmethod
    def drift(
        self,
        endpoint: str,
        baseline: str,
        *,
        deployment: str | None = None,
        window: float = 86_400.0,
        prediction_column: str = "",
    ) -> DriftReport:
        """What was collected in the last ``window`` seconds beside a data asset.

        Raises UsageError where nothing is collected, DataNotFound, DataUnreadable.
        """

    @abstractmethod
    def alerts(self, endpoint: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Alert]:
        """The rules, and how each stands."""

    @abstractmethod
    def create_or_update_alert(self, rule: AlertRule) -> Alert:
        """Raises UsageError, DataNotFound, DataUnreadable."""

    def try_alert(self, rule: AlertRule, *, tell: bool = False) -> AlertTrial:
        """What it would say now, without keeping it; ``tell`` tries whom it names. Raises UsageError, NotSupported."""
        raise NotSupported(
            _("This workspace tries no alert rules."), _("Create the rule, and see how it stands after a few minutes.")
        )

    @abstractmethod
    def delete_alert(self, endpoint: str, name: str) -> None:
        """Raises AlertNotFound."""

    @abstractmethod
    def history(self, endpoint: str, name: str | None = None, *, limit: int = 50) -> Page[AlertChange]:
        """What became of the alerts, the newest first. Raises AlertNotFound."""
