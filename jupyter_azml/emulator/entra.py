"""Signing in: Entra's token, device-code and discovery routes, and the managed identity's.

Paths and answers as the Microsoft identity platform documents them:
https://learn.microsoft.com/entra/identity-platform/v2-protocols, and for the managed identity App Service's:
https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
"""

import hmac
import time
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .tokens import TENANT, Issuer, audience_of

HOST = "login.microsoftonline.com"
_LIFE = 3600
_CODES = 100
"""Sign-ins by device code that may be on their way at once."""


def create_entra(issuer: Issuer, secret: str) -> Starlette:
    routes = _Entra(issuer, secret)
    return Starlette(
        routes=[
            Route("/common/discovery/instance", routes.instance),
            Route("/{tenant}/v2.0/.well-known/openid-configuration", routes.configuration),
            Route("/{tenant}/.well-known/openid-configuration", routes.configuration),
            Route("/{tenant}/oauth2/v2.0/token", routes.token, methods=["POST"]),
            Route("/{tenant}/oauth2/v2.0/devicecode", routes.device_code, methods=["POST"]),
            Route("/{tenant}/discovery/v2.0/keys", routes.keys),
        ]
    )


class ManagedIdentity:
    """``IDENTITY_ENDPOINT``, which clients ask in plain http, with ``IDENTITY_HEADER`` as the guard."""

    def __init__(self, issuer: Issuer, secret: str) -> None:
        self._issuer = issuer
        self._secret = secret.encode()

    def token(self, request: Request) -> Response:
        given = request.headers.get("x-identity-header", "").encode("latin-1") or _password(request)
        if not hmac.compare_digest(given, self._secret):
            return JSONResponse({"statusCode": 403, "message": "The X-IDENTITY-HEADER is not this emulator's."}, 403)
        resource = request.query_params.get("resource", "")
        if not resource:
            return JSONResponse({"statusCode": 400, "message": "The resource parameter is required."}, 400)
        return JSONResponse(
            {
                "access_token": self._issuer.issue(resource.rstrip("/"), seconds=_LIFE),
                "expires_on": str(int(time.time()) + _LIFE),
                "resource": resource,
                "token_type": "Bearer",
                "client_id": request.query_params.get("client_id", ""),
            }
        )


class _Entra:
    def __init__(self, issuer: Issuer, secret: str) -> None:
        self._issuer = issuer
        self._secret = secret.encode()
        self._codes: dict[str, bool] = {}
        """Whether somebody has asked for the token before, by device code."""

    def instance(self, request: Request) -> Response:
        aliases = [HOST, "login.windows.net", "login.microsoft.com", "sts.windows.net"]
        authority = {"preferred_network": HOST, "preferred_cache": "login.windows.net", "aliases": aliases}
        address = f"https://{HOST}/{TENANT}/v2.0/.well-known/openid-configuration"
        return JSONResponse({"tenant_discovery_endpoint": address, "api-version": "1.1", "metadata": [authority]})

    def configuration(self, request: Request) -> Response:
        tenant = request.path_params["tenant"]
        base = f"https://{HOST}/{tenant}"
        return JSONResponse(
            {
                "issuer": f"{base}/v2.0",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "jwks_uri": f"{base}/discovery/v2.0/keys",
                "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "tenant_region_scope": "EU",
                "cloud_instance_name": "microsoftonline.com",
            }
        )

    def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": []})

    async def device_code(self, request: Request) -> Response:
        form = await _form(request)
        code, user_code = uuid4().hex, uuid4().hex[:9].upper()
        while len(self._codes) >= _CODES:
            self._codes.pop(next(iter(self._codes)))
        self._codes[code] = False
        address = "https://microsoft.com/devicelogin"
        message = f"The emulator signs in by itself; with Azure you would open {address} and enter {user_code}."
        return JSONResponse(
            {
                "device_code": code,
                "user_code": user_code,
                "verification_uri": address,
                "expires_in": 900,
                "interval": 1,
                "message": message,
                "scope": form.get("scope", ""),
            }
        )

    async def token(self, request: Request) -> Response:
        form = await _form(request)
        refusal = self._refusal(form)
        if refusal:
            return _refused(*refusal)
        client, scope = form.get("client_id", ""), form.get("scope", "")
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": scope,
            "expires_in": _LIFE,
            "ext_expires_in": _LIFE,
            "access_token": self._issuer.issue(audience_of(scope), client, seconds=_LIFE),
        }
        if form["grant_type"] != "client_credentials":
            answer["refresh_token"] = self._issuer.issue("refresh", client, seconds=90 * 24 * 3600)
            answer["id_token"] = self._issuer.issue(client, client, seconds=_LIFE)
            answer["client_info"] = "eyJ1aWQiOiIwIiwidXRpZCI6IjAifQ"  # {"uid":"0","utid":"0"}: whose cache it goes into
        return JSONResponse(answer)

    def _refusal(self, form: dict[str, str]) -> tuple[str, str] | None:
        """Entra's code and sentence."""
        grant = form.get("grant_type", "")
        if grant == "client_credentials":
            given = form.get("client_secret", "").encode()
            if not hmac.compare_digest(given, self._secret):
                return "invalid_client", "AADSTS7000215: Invalid client secret provided: it is not this emulator's."
        elif grant.endswith("device_code"):
            code = form.get("device_code", "")
            if code not in self._codes:
                return "expired_token", "AADSTS70020: The provided value for the input parameter 'device_code' is gone."
            if not self._codes[code]:
                self._codes[code] = True
                return "authorization_pending", "AADSTS70016: Authorization is pending."
            del self._codes[code]
        elif grant == "refresh_token":
            if not self._issuer.accepts(form.get("refresh_token", "")):
                return "invalid_grant", "AADSTS70000: The refresh token is not one of this emulator's."
        else:
            return "unsupported_grant_type", f"AADSTS70003: The emulator does not know the grant {grant!r}."
        return None


def _password(request: Request) -> bytes:
    """Of an address with a name and a password in it, which is all that some clients can be told."""
    scheme, _blank, said = request.headers.get("authorization", "").partition(" ")
    try:
        return b64decode(said).partition(b":")[2] if scheme.lower() == "basic" else b""
    except ValueError:
        return b""


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def _refused(code: str, sentence: str) -> Response:
    return JSONResponse({"error": code, "error_description": sentence, "error_codes": [], "correlation_id": ""}, 400)
