"""Tokens as Entra issues them, signed by the emulator's secret: what Microsoft's clients look into is in them."""

import hashlib
import hmac
import time
from uuid import uuid4

import jwt

from .. import settings

TENANT = settings.EMULATOR_TENANT
_OBJECT = "00000000-0000-0000-0000-0000000000b1"
_ALGORITHM = "HS256"


class Issuer:
    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        # Of a purpose of its own: a token tells nothing of the secret that lets a client in.
        self._key = hashlib.sha256(f"tokens\n{secret}".encode()).digest()

    def issue(self, audience: str, client: str = "", *, seconds: int = 3600) -> str:
        """``audience``: a resource, such as ``https://management.azure.com``."""
        now = int(time.time())
        claims = {
            "aud": audience,
            "iss": f"https://sts.windows.net/{TENANT}/",
            "tid": TENANT,
            "oid": _OBJECT,
            "sub": _OBJECT,
            "appid": client or _OBJECT,
            "name": "jupyter_azml",
            "upn": "student@emulator.invalid",
            "iat": now,
            "nbf": now - 60,
            "exp": now + seconds,
            "uti": uuid4().hex,
        }
        return jwt.encode(claims, self._key, _ALGORITHM)

    def accepts(self, token: str) -> bool:
        """Whether it was issued here and has not expired, whatever it was asked for."""
        try:
            jwt.decode(token, self._key, [_ALGORITHM], options={"verify_aud": False, "require": ["exp"]})
        except jwt.InvalidTokenError:
            return False
        return True

    def admits(self, token: str) -> bool:
        """Whether it is the secret itself, or was issued here."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self._secret) or self.accepts(token)


def audience_of(scope: str) -> str:
    """Of ``https://management.azure.com/.default offline_access`` it is ``https://management.azure.com``."""
    named = next((word for word in scope.split() if "://" in word), scope.split()[0] if scope.split() else "")
    return named.removesuffix("/.default").rstrip("/")
