"""An online endpoint and its deployments: an address that answers, and the models behind it. Words of ``az ml``."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from .base import Entity
from .monitoring import DataCollector
from .reason import Reason

PINNED = "azureml-model-deployment"
"""The header by which a caller names the deployment that is to answer, and is told which one has."""


class AuthMode(StrEnum):
    KEY = "key"
    AML_TOKEN = "aml_token"  # noqa: S105 - a word of Azure's
    AAD_TOKEN = "aad_token"  # noqa: S105
    """Of Azure's directory: locally a token of the workspace stands in for it."""


class EndpointState(StrEnum):
    """Spelled as the service spells a provisioning state."""

    CREATING = "Creating"
    UPDATING = "Updating"
    DELETING = "Deleting"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    CANCELED = "Canceled"

    @property
    def is_settled(self) -> bool:
        return self in (EndpointState.SUCCEEDED, EndpointState.FAILED, EndpointState.CANCELED)


class OnlineEndpoint(Entity):
    name: str
    auth_mode: AuthMode = AuthMode.KEY
    description: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    identity: dict[str, JsonValue] = {}
    public_network_access: Literal["enabled", "disabled", ""] = ""
    traffic: dict[str, int] = {}
    """Deployment to per cent; all together 100, or 0 while nothing is to be answered."""
    mirror_traffic: dict[str, int] = {}
    """Deployment to per cent of the requests that it is sent a copy of."""
    state: EndpointState = EndpointState.CREATING
    reason: Reason | None = None
    """Why it does not answer, while it does not."""
    scoring_uri: str = ""
    openapi_uri: str = ""
    created: datetime | None = None
    notes: tuple[Reason, ...] = ()


class CodeConfiguration(Entity):
    code: str = ""
    """The folder that the scoring script is in."""
    scoring_script: str
    """Relative to the folder."""


class RequestSettings(Entity):
    request_timeout_ms: int = Field(default=5000, ge=1, le=180_000)
    max_concurrent_requests_per_instance: int = Field(default=1, ge=1)
    max_queue_wait_ms: int = Field(default=500, ge=0)


class Probe(Entity):
    """Times in seconds."""

    initial_delay: int = Field(default=10, ge=0)
    period: int = Field(default=10, ge=1)
    timeout: int = Field(default=2, ge=1)
    success_threshold: int = Field(default=1, ge=1)
    failure_threshold: int = Field(default=30, ge=1)


class OnlineDeployment(Entity):
    name: str
    endpoint_name: str
    model: str = ""
    """``azureml:NAME:VERSION``; what is given may also be a path, which is registered."""
    code_configuration: CodeConfiguration | None = None
    environment: str | dict[str, JsonValue] = ""
    """``azureml:NAME:VERSION``, or written out; without one it is that of whoever deployed."""
    environment_variables: dict[str, str] = {}
    instance_type: str = ""
    instance_count: int = Field(default=1, ge=1, le=64)
    request_settings: RequestSettings = RequestSettings()
    liveness_probe: Probe = Probe()
    readiness_probe: Probe = Probe()
    data_collector: DataCollector | None = None
    scale_settings: dict[str, JsonValue] = {}
    app_insights_enabled: bool = False
    description: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    state: EndpointState = EndpointState.CREATING
    reason: Reason | None = None
    """Why it is not there yet, or not as it was asked for."""
    is_answering: bool = False
    """Whether a model server of it takes requests, be it of the revision before."""
    created: datetime | None = None
    notes: tuple[Reason, ...] = ()


class EndpointKeys(Entity):
    primary_key: str
    secondary_key: str


class EndpointToken(Entity):
    access_token: str
    expiry: datetime
    token_type: str = "Bearer"  # noqa: S105 - the scheme's name


class Invocation(Entity):
    """What an endpoint answered."""

    endpoint: str
    deployment: str
    status: int
    content_type: str
    body: str
    seconds: float
