"""Who we are to Azure. azure-identity is imported when the first token is asked for: it takes a quarter of a second."""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from azure.core.credentials import AccessToken, TokenCredential

from ..entities import Account
from .errors import translated
from .login import NAME, StoredSignIn

if TYPE_CHECKING:
    from azure.identity import DefaultAzureCredential

SCOPE = "https://management.azure.com/.default"


class DefaultSignIn:
    """``azml login``; else azure-identity's DefaultAzureCredential: variables, managed identity, `az login` …"""

    def __init__(self) -> None:
        self._lock = Lock()

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return self._credential.get_token(*scopes, **options)

    def account(self) -> Account:
        """Asks for a token. Raises what azure-identity raises."""
        return account_of(self.get_token(SCOPE), self._winner())

    def _winner(self) -> str:
        """Which credential gave the token."""
        if isinstance(self._credential, StoredSignIn):
            return NAME
        # What azure-identity writes to its log, and tells nobody else.
        won = getattr(self._default, "_successful_credential", None)
        return type(won or self._default).__name__

    @property
    def _credential(self) -> TokenCredential:
        """Looked at anew each time, so that a notebook's kernel sees a sign-in in a terminal."""
        return StoredSignIn.find() or self._default

    @cached_property
    def _default(self) -> "DefaultAzureCredential":
        from azure.identity import DefaultAzureCredential

        with self._lock:
            # A workspace may be in a tenant in which the user is a guest.
            return DefaultAzureCredential(process_timeout=15, additionally_allowed_tenants=["*"])


def current_account() -> Account:
    """Raises NotSignedIn, ServiceError."""
    with translated():
        return DefaultSignIn().account()


def account_of(token: AccessToken, credential: str) -> Account:
    """What the token says of whom it is for; nothing where it is no JSON Web Token."""
    claims = _claims(token.token)
    name = next(
        (claims[key] for key in ("upn", "unique_name", "preferred_username", "name", "appid") if claims.get(key)), ""
    )
    return Account(
        name=str(name),
        credential=credential,
        tenant=str(claims.get("tid") or ""),
        expires=datetime.fromtimestamp(token.expires_on, UTC),
    )


def _claims(token: str) -> dict[str, Any]:
    try:
        payload = token.split(".")[1]
        found = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError, NotBase64):
        return {}
    return found if isinstance(found, dict) else {}
