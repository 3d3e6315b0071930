"""What is known of an endpoint that serves: figures over time, drift, rules that watch both."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from .base import Entity

COLLECTIONS = ("model_inputs", "model_outputs", "request", "response")


class CollectedData(Entity):
    """Where a collection is kept, and under which name it would be found in Azure."""

    name: str = ""
    path: str = ""
    version: str = ""


class DataCollection(Entity):
    enabled: bool = True
    data: CollectedData | None = None


class DataCollector(Entity):
    """``data_collector`` of a deployment: which of what comes and goes is kept, and how much of it."""

    collections: dict[str, DataCollection] = {}
    """By name: ``model_inputs``, ``model_outputs``, and ``request`` and ``response`` for the bodies as they are."""
    sampling_rate: float = Field(default=1.0, ge=0, le=1)
    rolling_rate: Literal["minute", "hour", "day"] = "hour"
    """How long one file is written to."""
    capture_headers: tuple[str, ...] = ()
    """Kept on record."""

    @property
    def enabled(self) -> tuple[str, ...]:
        return tuple(name for name in COLLECTIONS if name in self.collections and self.collections[name].enabled)


class EndpointFigures(Entity):
    """Of one stretch of time. Latencies are in seconds, within 2 %, and None where there was no request."""

    requests: int = 0
    errors: int = 0
    """Answers of 500 and above, and 429."""
    success_rate: float | None = None
    """The share of answers below 400."""
    requests_per_second: float = 0.0
    statuses: dict[str, int] = {}
    """Counts by status code."""
    latency_mean: float | None = None
    latency_p50: float | None = None
    latency_p95: float | None = None
    latency_p99: float | None = None


class EndpointPoint(EndpointFigures):
    start: datetime
    """Of ``EndpointMetrics.step`` seconds."""


class EndpointMetrics(Entity):
    endpoint: str
    deployment: str | None = None
    """None: all of them."""
    window: float
    """Seconds up to ``until``."""
    until: datetime
    step: float
    """Seconds of a point."""
    total: EndpointFigures
    deployments: dict[str, EndpointFigures] = {}
    points: tuple[EndpointPoint, ...] = ()


class DriftBin(Entity):
    label: str
    baseline: float
    """Share of the baseline's rows."""
    current: float


class ColumnDrift(Entity):
    column: str
    source: Literal["input", "prediction"]
    kind: Literal["numeric", "categorical"]
    psi: float
    """Population stability index."""
    threshold: float
    """What chance alone would bring about too seldom."""
    is_drifting: bool
    rows: int
    unseen: float = 0.0
    """Share of values that the baseline does not have, of a categorical column."""
    missing: float = 0.0
    bins: tuple[DriftBin, ...] = ()


class DriftReport(Entity):
    endpoint: str
    deployment: str = ""
    baseline: str
    rows: int
    """That were collected and compared."""
    needed: int
    """Without so many there is no verdict."""
    baseline_rows: int = 0
    is_drifting: bool | None = None
    """None: too few rows, or no column in common."""
    columns: tuple[ColumnDrift, ...] = ()
    """The most changed first."""


class AlertMetric(StrEnum):
    LATENCY = "latency"
    ERRORS = "errors"
    DRIFT = "drift"
    SILENCE = "silence"


class AlertState(StrEnum):
    OK = "ok"
    PENDING = "pending"
    FIRING = "firing"
    RESOLVED = "resolved"


class AlertRule(Entity):
    name: str
    endpoint: str
    deployment: str = ""
    """Empty: all of them together."""
    metric: AlertMetric
    threshold: float | None = None
    """Seconds of latency, a share of errors from 0 to 1, a PSI; drift without one goes by chance, silence has none."""
    quantile: float = Field(default=0.95, gt=0, lt=1)
    """Of the latency."""
    window: float = Field(default=300.0, ge=1, le=35 * 86_400)
    """Seconds that are looked at; of silence, how long."""
    hold: float = Field(default=0.0, ge=0, le=86_400)
    """Seconds for which it has to be so before it fires: ``--for``."""
    baseline: str = ""
    """Of drift: a data asset, ``azureml:NAME:VERSION``."""
    prediction_column: str = ""
    """Of drift: the baseline's column that predictions are compared with; by default the one of the same name."""
    webhook: str = ""
    """Told by a POST of JSON. What could be secret in it is kept apart and shown as asterisks."""
    command: str = ""
    """Run under bash, with the same JSON on standard input."""
    created: datetime | None = None

    @field_validator("threshold")
    @classmethod
    def _is_a_number(cls, value: float | None) -> float | None:
        if value is not None and not 0 <= value < float("inf"):
            raise ValueError("a threshold is a number from 0")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> "AlertRule":
        if self.metric in (AlertMetric.LATENCY, AlertMetric.ERRORS) and self.threshold is None:
            raise ValueError(f"{self.metric} needs a threshold")
        if self.metric is AlertMetric.ERRORS and self.threshold is not None and self.threshold >= 1:
            raise ValueError("a share of errors is below 1")
        if self.metric is AlertMetric.DRIFT and not self.baseline:
            raise ValueError("drift needs a baseline")
        return self


class Alert(Entity):
    """A rule and how it stands."""

    rule: AlertRule
    state: AlertState = AlertState.OK
    since: datetime | None = None
    value: float | None = None
    """What was measured when the state was entered."""
    message: str = ""
    is_watched: bool = False
    """Whether somebody looks: while no gateway runs, nobody does."""

    @property
    def endpoint(self) -> str:
        return self.rule.endpoint

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def metric(self) -> AlertMetric:
        return self.rule.metric

    def to_data(self) -> dict[str, Any]:
        """Flat, so that a table has the rule's own fields as columns."""
        data = super().to_data()
        return {**data.pop("rule"), **data}


class AlertTrial(Entity):
    """What a rule would say at this moment, and whether those that it names could be told."""

    value: float | None = None
    is_breached: bool | None = None
    """None: it cannot be told."""
    message: str = ""
    told: dict[str, str] = {}
    """``webhook`` and ``command``, as far as they were tried, to why it failed; empty where it worked."""


class AlertChange(Entity):
    """One line of an alert's history: a state that was entered, or an action that was taken for it."""

    at: datetime
    endpoint: str
    alert: str
    state: AlertState
    value: float | None = None
    message: str = ""
    action: Literal["", "webhook", "command"] = ""
    error: str = ""
    """Why the action failed."""
