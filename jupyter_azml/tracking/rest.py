"""MLflow's REST API over a local workspace's store and registry, without MLflow's server.

The routes and the shapes of bodies are those that MLflow's own protocol buffers declare (``service.proto`` and
``model_registry.proto`` of https://github.com/mlflow/mlflow), read from there and not written down again. What Azure's
service lacks, such as logged models, is not found here either.
"""

import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from google.protobuf.json_format import ParseError
from google.protobuf.message import Message
from mlflow.exceptions import MlflowException
from mlflow.protos.model_registry_pb2 import ModelRegistryService
from mlflow.protos.service_pb2 import MlflowService
from mlflow.tracking._model_registry.utils import _get_store
from mlflow.utils.proto_json_utils import message_to_json, parse_dict
from mlflow.utils.rest_utils import extract_api_info_for_service

from ..workspace.tracking import TrackingAnswer
from .address import tracking_uri
from .rest_models import MODELS
from .rest_runs import RUNS
from .store import JournallingStore

_PREFIX = "/api/2.0/mlflow/"


class TrackingRest:
    """Safe to call from several threads."""

    def __init__(self, workspace: Path) -> None:
        self._stores = _Stores(workspace)

    def answer(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        kind = _messages().get((method, route))
        if kind is None:
            return _refusal(HTTPStatus.NOT_FOUND, "ENDPOINT_NOT_FOUND", f"There is no {method} {route} here.")
        try:
            asked = _parse(kind, fields)
            name = kind.__name__
            said = (
                MODELS[name](self._stores.models(), asked) if name in MODELS else RUNS[name](self._stores.runs, asked)
            )
        except (ParseError, ValueError, TypeError) as error:
            return _refusal(HTTPStatus.BAD_REQUEST, "INVALID_PARAMETER_VALUE", str(error))
        except MlflowException as error:
            return _refusal(error.get_http_status_code(), error.error_code, error.message)
        return TrackingAnswer(HTTPStatus.OK, json.loads(message_to_json(said)) if said is not None else {})


class _Stores:
    def __init__(self, workspace: Path) -> None:
        self.runs = JournallingStore(workspace)
        self._uri = tracking_uri(workspace)
        self._models: Any = None

    def models(self) -> Any:
        """By MLflow's entry point: where a workspace keeps its models is not known here."""
        if self._models is None:
            self._models = _get_store(self._uri, self._uri)
        return self._models


@cache
def _messages() -> dict[tuple[str, str], type[Message]]:
    """The messages that we answer, by method and route."""
    found: dict[tuple[str, str], type[Message]] = {}
    for service in (MlflowService, ModelRegistryService):
        for kind, (path, method) in extract_api_info_for_service(service, "/api/2.0").items():
            if kind.__name__ in RUNS or kind.__name__ in MODELS:
                found[method, path.removeprefix(_PREFIX)] = kind
    # MLflow 1's words, which Azure's REST samples use, and reading by GET.
    for kind in ("experiments", "registered-models"):
        search = found.get(("POST", f"{kind}/search")) or found["GET", f"{kind}/search"]
        found["GET", f"{kind}/list"] = found["GET", f"{kind}/search"] = search
    # What azureml-mlflow sends for log_batch(synchronous=False); without an id in the answer it does not ask again.
    found["POST", "/api/2.0/preview/mlflow/runs/log-batch-async"] = found["POST", "runs/log-batch"]
    return found


def _parse(kind: type[Message], fields: Mapping[str, Any]) -> Message:
    known = kind.DESCRIPTOR.fields_by_name
    plain = {}
    for name, value in fields.items():
        field = known.get(name)
        if field is None:
            continue  # as MLflow's server does: newer clients send more
        is_list = field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED
        if is_list and not isinstance(value, list):
            value = [value]
        plain[name] = value == "true" if field.type == field.TYPE_BOOL and isinstance(value, str) else value
    message = kind()
    parse_dict(plain, message)
    return message


def _refusal(status: int, code: str, message: str) -> TrackingAnswer:
    return TrackingAnswer(int(status), {"error_code": code, "message": message})
