"""The workspace's key vault: names of secrets, and values that only go in.

https://learn.microsoft.com/rest/api/keyvault/secrets. The workspace gives values to jobs alone, and so does this.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.errors import error_to_arm
from ..entities import Secret
from ..errors import AzmlError, NotSupported, SecretNotFound, UsageError
from ..language import _
from ..workspace import Workspace
from .door import json_of, name_in
from .guard import Guard
from .origin import origin

HERE = "/vault"
_MOST = 25


def create_vault(workspace: Workspace, name: str, secret: str, accepts: Callable[[str], bool]) -> Starlette:
    vault = _Vault(workspace, name)
    routes = [
        Route(f"{prefix}{path}", endpoint, methods=[method])
        for prefix in ("", HERE)
        for path, endpoint, method in (
            ("/secrets", vault.list, "GET"),
            ("/secrets/{name}", vault.put, "PUT"),
            ("/secrets/{name}", vault.delete, "DELETE"),
            ("/secrets/{name}", vault.get, "GET"),
            ("/secrets/{name}/{version}", vault.get, "GET"),
            ("/deletedsecrets/{name}", vault.purge, "DELETE"),
        )
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, secret=secret, accepts=accepts)],
        exception_handlers={AzmlError: _expected},
    )


def vault_address(name: str) -> str:
    """Without a slash at its end."""
    here = origin()
    return f"{here}{HERE}" if here else f"https://{name}.vault.azure.net"


class _Vault:
    def __init__(self, workspace: Workspace, name: str) -> None:
        self._secrets = workspace.secrets
        self._name = name

    def list(self, request: Request) -> Response:
        said = request.query_params.get("maxresults", "")
        limit = min(int(said), _MOST) if said.isdecimal() and int(said) else _MOST
        page = self._secrets.list(limit=limit, continuation=request.query_params.get("$skiptoken"))
        following = None
        if page.continuation:
            query = urlencode({"api-version": request.query_params["api-version"], "$skiptoken": page.continuation})
            following = f"{vault_address(self._name)}/secrets?{query}"
        return JSONResponse({"value": [self._item(each) for each in page.items], "nextLink": following})

    async def put(self, request: Request) -> Response:
        value = (await json_of(request)).get("value")
        if not isinstance(value, str):
            raise UsageError(_("The request's body has no value."), _("Send JSON as Azure's API describes it."))
        kept = await run_in_threadpool(self._secrets.set, name_in(request), value)
        return JSONResponse({**self._item(kept), "value": value})

    def delete(self, request: Request) -> Response:
        self._secrets.delete(name_in(request))
        return JSONResponse({"id": f"{vault_address(self._name)}/secrets/{name_in(request)}"})

    def get(self, request: Request) -> Response:
        raise NotSupported(
            _("The workspace gives the value of {name} to jobs alone.", name=name_in(request)),
            _("Name the secret in a job: azml run NOTEBOOK --secret {name}", name=name_in(request)),
        )

    def purge(self, request: Request) -> Response:
        """What was deleted is gone here at once."""
        return Response(status_code=204)

    def _item(self, secret: Secret) -> dict[str, Any]:
        moment = int(secret.created.timestamp()) if secret.created else 0
        return {
            "id": f"{vault_address(self._name)}/secrets/{secret.name}",
            "attributes": {"enabled": True, "created": moment, "updated": moment},
        }


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AzmlError)  # noqa: S101 - for the type checker
    status, body = error_to_arm(error)
    if isinstance(error, SecretNotFound):
        body["error"]["innererror"] = {"code": "SecretNotFound"}
    return JSONResponse(body, status)
