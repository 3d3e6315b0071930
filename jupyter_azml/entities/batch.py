"""A batch endpoint and its deployments: a name that scores a data asset as a job. Words of ``az ml``."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from .base import Entity
from .endpoint import CodeConfiguration


class BatchEndpoint(Entity):
    name: str
    default_deployment: str = ""
    """Scores where none is named."""
    auth_mode: Literal["aad_token"] = "aad_token"
    """The service has no other."""
    description: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    created: datetime | None = None


class OutputAction(StrEnum):
    APPEND_ROW = "append_row"
    """What ``run()`` gives back becomes lines of one file."""
    SUMMARY_ONLY = "summary_only"
    """The script writes what it wants to keep."""


class RetrySettings(Entity):
    max_retries: int = Field(default=3, ge=0, le=1000)
    timeout: float = Field(default=30.0, gt=0)
    """Seconds for a mini-batch."""


class BatchSettings(Entity):
    """What an invocation may ask for in place of the deployment's own."""

    instance_count: int = Field(default=1, ge=1)
    max_concurrency_per_instance: int = Field(default=1, ge=1, le=256)
    """Processes on each instance."""
    mini_batch_size: int = Field(default=10, ge=1)
    """Files that ``run()`` is handed at once."""
    retry_settings: RetrySettings = RetrySettings()
    output_action: OutputAction = OutputAction.APPEND_ROW
    output_file_name: str = Field(default="predictions.csv", pattern=r"^[^/\\\x00]{1,200}$")
    error_threshold: int = Field(default=-1, ge=-1)
    """Files that may fail; -1: any number, as long as one is scored."""
    logging_level: Literal["debug", "info", "warning"] = "info"


class BatchDeployment(Entity):
    name: str
    endpoint_name: str
    model: str = ""
    """``azureml:NAME:VERSION``; what is given may also be a path, which is registered."""
    code_configuration: CodeConfiguration | None = None
    """Without a scoring script, a model that MLflow saved is asked."""
    environment: str | dict[str, JsonValue] | None = None
    environment_variables: dict[str, str] = {}
    compute: str = "local"
    settings: BatchSettings = BatchSettings()
    description: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    created: datetime | None = None
