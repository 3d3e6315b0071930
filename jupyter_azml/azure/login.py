"""``azml login``: a sign-in of our own, by device code or browser, that the user's next processes find again.

Tokens are kept by the system (Keychain, libsecret) where it can, else in a file that only this user reads.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

from .. import settings
from ..arm.errors import without_tokens
from ..entities import Account, DeviceCode
from ..errors import NotSignedIn
from ..language import _
from .errors import translated

if TYPE_CHECKING:
    from msal import PublicClientApplication

NAME = "azml login"
_CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
"""Azure's own command line, which every tenant knows: https://learn.microsoft.com/entra/identity-platform/apps-faq"""
_AUTHORITY = "https://login.microsoftonline.com"
_ANY_TENANT = "organizations"
_SCOPES = ["https://management.azure.com/.default"]

Tell = Callable[[DeviceCode], object]


class StoredSignIn:
    """The credential of whoever did ``azml login``."""

    def __init__(self, kept: dict[str, str]) -> None:
        self._kept = kept

    @classmethod
    def find(cls) -> "StoredSignIn | None":
        """None, too, for one of an emulator where Azure is asked, and the other way round: neither takes the other's
        tokens, nor should see them.
        """
        kept = _read()
        if kept is None or (kept["tenant"] == settings.EMULATOR_TENANT) != settings.is_emulated():
            return None
        return cls(kept)

    def get_token(
        self, *scopes: str, claims: str | None = None, tenant_id: str | None = None, **_o: Any
    ) -> AccessToken:
        """Raises ClientAuthenticationError when the sign-in has run out, as azure-identity's credentials do."""
        with _network():
            app = _application(tenant_id or self._kept["tenant"])
            accounts = app.get_accounts(self._kept["user"])
            account = next((each for each in accounts if each["home_account_id"] == self._kept["id"]), None)
            found = account and app.acquire_token_silent_with_error(list(scopes), account, claims_challenge=claims)
        if not found or "access_token" not in found:
            detail = str((found or {}).get("error_description") or _("the sign-in has run out")).split("\r\n")[0]
            raise ClientAuthenticationError(detail)
        return AccessToken(found["access_token"], int(time.time()) + int(found["expires_in"]))

    @property
    def account(self) -> Account:
        return Account(name=self._kept["user"], credential=NAME, tenant=self._kept["tenant"])


def sign_in(tell: Tell | None, *, tenant: str = "", is_given_up: Callable[[], bool] = lambda: False) -> Account:
    """Returns when it is done. Without ``tell`` a browser is opened on this machine.

    ``tell`` is handed the code; ``is_given_up`` is asked from time to time. Raises NotSignedIn, ServiceError.
    """
    with translated(), _network():
        app = _application(tenant or _ANY_TENANT)
        found = (
            app.acquire_token_interactive(_SCOPES, timeout=300) if tell is None else _by_code(app, tell, is_given_up)
        )
    if "access_token" not in found:
        raise NotSignedIn(
            _("Azure did not accept the sign-in: {detail}", detail=_reason(found)),
            _("Sign in again: azml login; another tenant is chosen by --tenant."),
        )
    claims = found.get("id_token_claims") or {}
    user = str(claims.get("preferred_username") or claims.get("upn") or claims.get("name") or "")
    accounts = app.get_accounts(user or None)
    kept = {
        "user": user or str(accounts[0]["username"]),
        "id": str(accounts[0]["home_account_id"]),
        "tenant": str(claims.get("tid") or tenant or _ANY_TENANT),
    }
    _write(kept)
    return StoredSignIn(kept).account


def sign_out() -> bool:
    """Whether anybody was signed in here. What others signed in, such as ``az login``, stays."""
    kept = _read()
    if kept is None:
        return False
    app = _application(kept["tenant"], is_offline=True)
    for account in app.get_accounts():
        app.remove_account(account)
    with suppress(FileNotFoundError):
        _file().unlink()
    return True


def _by_code(app: "PublicClientApplication", tell: Tell, is_given_up: Callable[[], bool]) -> dict[str, Any]:
    flow: dict[str, Any] = app.initiate_device_flow(_SCOPES)
    if "user_code" not in flow:
        return flow
    tell(
        DeviceCode(
            user_code=flow["user_code"],
            verification_uri=flow["verification_uri"],
            expires=datetime.fromtimestamp(flow["expires_at"], UTC),
            message=flow["message"],
        )
    )
    found: dict[str, Any] = app.acquire_token_by_device_flow(
        flow, exit_condition=lambda given: is_given_up() or given["expires_at"] < time.time()
    )
    return found


def _application(tenant: str, *, is_offline: bool = False) -> "PublicClientApplication":
    from msal import PublicClientApplication
    from msal_extensions import FilePersistence, PersistedTokenCache, build_encrypted_persistence

    folder = settings.sign_in_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = str(folder / "tokens.bin")
    try:
        persistence = build_encrypted_persistence(place)
    except Exception:  # each system raises its own where there is no store, and where it is locked
        persistence = FilePersistence(place)
    return PublicClientApplication(
        _CLIENT,
        authority=f"{_AUTHORITY}/{tenant}",
        token_cache=PersistedTokenCache(persistence),
        timeout=15,
        # Which hosts are Microsoft's is known; asking would need a network to sign out.
        instance_discovery=False if is_offline else None,
    )


@contextmanager
def _network() -> Iterator[None]:
    """Raises ServiceRequestError where Entra is not reached."""
    import requests

    try:
        yield
    except requests.RequestException as error:
        raise ServiceRequestError(type(error).__name__) from None


def _reason(found: dict[str, Any]) -> str:
    if found.get("error") == "authorization_pending":
        return _("nobody entered the code")
    text = str(found.get("error_description") or found.get("error") or "")
    return without_tokens(text.replace("\r", "").partition("\n")[0])


def _file() -> Any:
    return settings.sign_in_folder() / "account.json"


def _read() -> dict[str, str] | None:
    """None where nobody has signed in, or where what is there cannot be read."""
    try:
        kept: dict[str, str] = json.loads(_file().read_text("utf-8"))
        return kept if {"user", "id", "tenant"} <= kept.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _write(kept: dict[str, str]) -> None:
    settings.sign_in_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = _file().with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(json.dumps(kept))
    os.replace(beside, _file())
