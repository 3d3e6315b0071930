"""Which of Azure's hosts the emulator stands in for, and which application answers for each."""

import re
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..arm.errors import error_body

_KINDS = {
    "arm": r"management\.azure\.com",
    "entra": r"login\.microsoftonline\.com|login\.microsoft\.com|login\.windows\.net|sts\.windows\.net",
    "api": r"[a-z0-9-]+\.api\.azureml\.ms|[a-z0-9-]+\.experiments\.azureml\.net",
    "storage": r"[a-z0-9]+\.(?:blob|dfs|file|queue|table)\.core\.windows\.net",
    "vault": r"[a-z0-9-]+\.vault\.azure\.net",
    "scoring": r"[a-z0-9-]+\.[a-z0-9-]+\.inference\.(?:ml\.azure\.com|azureml\.ms)",
    # What would tell Microsoft of a course that runs offline.
    "telemetry": r"(?:[a-z0-9-]+\.)*(?:applicationinsights\.azure\.com|services\.visualstudio\.com"
    r"|applicationinsights\.microsoft\.com|events\.data\.microsoft\.com)",
    # Schemas that the SDK asks for, and does without: offline it would wait half a minute for them.
    "other": r"(?:[a-z0-9-]+\.)*(?:azureml\.ms|azureml\.net|ml\.azure\.com|graph\.microsoft\.com)"
    r"|azuremlschemas(?:prod)?\.azureedge\.net",
}
_PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_LOOPBACK = {"127.0.0.1", "localhost"}


def kind_of(host: str) -> str:
    """ "" for a host that is not Azure's."""
    found = _PATTERN.fullmatch(host.lower())
    return str(found.lastgroup) if found else ""


def is_azure(host: str) -> bool:
    return bool(kind_of(host))


class Hosts:
    """An application made of one for each kind of host.

    Who comes encrypted has come by the proxy, which asked for the secret. Whoever else names a host of Azure's gets
    nothing: Entra's routes, as in Azure, sign in without one.
    """

    def __init__(self, applications: Mapping[str, ASGIApp], here: ASGIApp) -> None:
        """``here`` answers to this machine's own name."""
        self._applications = applications
        self._here = here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
        name = host.partition(":")[0].lower()
        kind = kind_of(name)
        known = self._applications if scope["scheme"] == "https" else {}
        application = self._here if name in _LOOPBACK else known.get(kind)
        if application is None:
            application = Response(status_code=200) if kind == "telemetry" else _absent(name)
        await application(scope, receive, send)


def _absent(host: str) -> Response:
    message = f"The emulator does not stand in for {host or 'a host without a name'}."
    return JSONResponse(error_body("HostNotEmulated", message), 404)
