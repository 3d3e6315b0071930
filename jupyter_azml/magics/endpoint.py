"""Endpoints in a notebook: asked from a cell, with what it has at hand. Keys are usable and never shown."""

import html
import json
from collections.abc import Callable
from typing import Any

from ..actions.follow_logs import DeploymentLog
from ..entities import EndpointKeys, EndpointToken, Invocation, OnlineEndpoint
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace

Credentials = EndpointKeys | EndpointToken


class LiveEndpoint:
    """Has the attributes of the entity ``OnlineEndpoint``, as they stand when asked: ``traffic``, ``scoring_uri``, …"""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self.name = name

    def invoke(self, data: Any, *, deployment: str | None = None) -> "Answer":
        """What the model answers to a DataFrame, to anything that JSON can say, or to text and bytes as they are.

        ``deployment`` is asked whatever the traffic. Raises UsageError for what JSON cannot say, and InvocationFailed
        for any answer but a good one.
        """
        return Answer(self._workspace.endpoints.invoke(self.name, _body(data), deployment=deployment))

    def credentials(self) -> "ShownCredentials":
        takes_keys = self.auth_mode == "key"
        endpoints = self._workspace.endpoints
        return ShownCredentials(endpoints.keys(self.name) if takes_keys else endpoints.token(self.name))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in OnlineEndpoint.model_fields:
            raise AttributeError(name)
        return getattr(self._workspace.endpoints.get(self.name), name)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(label)}</th><td style='text-align:left'>{html.escape(text)}"
            "</td></tr>"
            for label, text in self._facts().items()
            if text
        )
        return f"<b>{html.escape(self.name)}</b><table>{rows}</table>"

    def __repr__(self) -> str:
        return "\n".join([self.name, *(f"  {label}: {text}" for label, text in self._facts().items() if text)])

    def _facts(self) -> dict[str, str]:
        found = self._workspace.endpoints.get(self.name)
        return {
            _("State"): f"{found.state}. {found.reason.message}" if found.reason else str(found.state),
            _("Address"): found.scoring_uri,
            _("Asks for"): str(found.auth_mode),
            _("Traffic"): _shares(found.traffic),
            _("Copies"): _shares(found.mirror_traffic),
            _("Description"): found.description,
        }


class Answer:
    """Has the attributes of the entity ``Invocation``: ``deployment``, ``status``, ``body``, ``seconds``."""

    def __init__(self, invocation: Invocation) -> None:
        self.invocation = invocation

    def json(self) -> Any:
        """What the model said, read. Raises ValueError where it is no JSON."""
        return json.loads(self.invocation.body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in Invocation.model_fields:
            raise AttributeError(name)
        return getattr(self.invocation, name)

    def _repr_html_(self) -> str:
        told, _newline, body = repr(self).partition("\n")
        return f"<div>{html.escape(told)}</div><pre>{html.escape(body)}</pre>"

    def __repr__(self) -> str:
        found = self.invocation
        return f"{found.endpoint}/{found.deployment}, {found.seconds * 1000:.0f} ms\n{found.body}"


class ShownCredentials:
    """Has ``primary_key`` and ``secondary_key``, or ``access_token`` and ``expiry``, for a cell to use.

    They are not displayed: what a cell shows is saved with the notebook.
    """

    def __init__(self, found: Credentials) -> None:
        self._found = found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in type(self._found).model_fields:
            raise AttributeError(name)
        return getattr(self._found, name)

    def __repr__(self) -> str:
        names = ", ".join(f".{name}" for name in type(self._found).model_fields)
        return _("Not shown, since it would be saved with the notebook. To be used as: {names}", names=names)


class ShownLog:
    def __init__(self, log: DeploymentLog) -> None:
        self.text = log.text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.text) or html.escape(_('Nothing here yet.'))}</pre>"

    def __repr__(self) -> str:
        return self.text


def show_log(log: DeploymentLog) -> ShownLog | None:
    """One that is followed is printed as it grows, until the kernel is interrupted."""
    if not log.follows:
        return ShownLog(log)
    try:
        for part in log.parts():
            print(part, end="", flush=True)
    except KeyboardInterrupt:
        print()
    return None


def _body(data: Any) -> bytes:
    if isinstance(data, bytes | bytearray):
        return bytes(data)
    if isinstance(data, str):
        return data.encode()
    if hasattr(data, "to_json") and hasattr(data, "columns"):  # a DataFrame, in the shape that Azure's endpoints take
        return f'{{"input_data": {data.to_json(orient="split", date_format="iso")}}}'.encode()
    return json.dumps(data, default=_plain).encode()


def _plain(value: Any) -> Any:
    """Arrays and numbers of numpy. Raises UsageError for what JSON has no word for."""
    method: Callable[[], Any] | None = getattr(value, "tolist", None)
    if method is None:
        raise UsageError(
            _("JSON has no word for a value of type {type}.", type=type(value).__name__),
            _("Send lists, dictionaries, texts, numbers, arrays or a DataFrame; text and bytes are sent as they are."),
        )
    return method()


def _shares(shares: dict[str, int]) -> str:
    return ", ".join(f"{name} {share} %" for name, share in shares.items() if share)
