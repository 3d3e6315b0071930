"""Keys and tokens of endpoints. A token is signed, so that the gateway can tell its own without keeping a list."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from datetime import UTC, datetime

TOKEN_SECONDS = 8 * 3600


def new_key() -> str:
    return secrets.token_urlsafe(32)


def token_key(endpoint: str) -> str:
    """Under which the secret of its tokens is kept."""
    return f"endpoint-token-{endpoint.lower()}"


def make_token(endpoint: str, secret: str, seconds: float = TOKEN_SECONDS) -> tuple[str, datetime]:
    """And when it expires."""
    expires = int(time.time() + seconds)
    said = json.dumps({"endpoint": endpoint.lower(), "exp": expires, "id": secrets.token_hex(8)})
    payload = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")
    return f"{payload}.{_sign(payload, secret)}", datetime.fromtimestamp(expires, UTC)


def check_token(token: str, endpoint: str, secret: str) -> str:
    """ "" when it is good, else ``wrong`` or ``expired``."""
    payload, dot, signature = token.partition(".")
    if not dot or not secret or not hmac.compare_digest(_sign(payload, secret).encode(), signature.encode()):
        return "wrong"
    try:
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        return "wrong"
    if said.get("endpoint") != endpoint.lower():
        return "wrong"
    return "" if said.get("exp", 0) > time.time() else "expired"


def _sign(payload: str, secret: str) -> str:
    return hmac.new(secret.encode(), payload.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
