"""What the agent tells the gateway: which endpoints there are, who may call them, and where their models listen.

One file, written whole by the agent and read again by the gateway whenever it has changed. It holds digests of keys,
never the keys.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ...entities import AuthMode, OnlineEndpoint
from ..files import read_json, write_whole


@dataclass(frozen=True)
class Target:
    """One deployment that answers."""

    name: str
    socket: str
    slots: int
    timeout: float
    """Seconds that a model may take."""
    patience: float
    """Seconds that a request may wait for its turn."""
    collects: dict[str, Any] | None = None


@dataclass(frozen=True)
class Route:
    """One endpoint."""

    name: str
    auth: str
    keys: tuple[str, ...] = ()
    """SHA-256 of each key that is taken."""
    traffic: dict[str, int] = field(default_factory=dict)
    mirror: dict[str, int] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    """By name in small letters, as ``traffic`` and ``mirror`` name them too."""

    def takes_key(self, key: str) -> bool:
        found = digest(key)
        # All are compared, whichever fits.
        return any([hmac.compare_digest(found, known) for known in self.keys])


@dataclass(frozen=True)
class Routes:
    number: int = 0
    endpoints: dict[str, Route] = field(default_factory=dict)
    """By name in small letters."""


def auth_of(endpoint: OnlineEndpoint) -> str:
    """What ``Route.auth`` says of it."""
    return "key" if endpoint.auth_mode is AuthMode.KEY else "token"


def digest(key: str) -> str:
    """A key is 256 random bits: no salt and no stretching make it harder to guess."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def write_routes(path: Path, routes: Routes) -> None:
    write_whole(path, json.dumps(asdict(routes)))
    path.chmod(0o600)


def read_routes(path: Path) -> Routes:
    """None there, or nothing to be read: no endpoints."""
    data = read_json(path) or {}
    endpoints = {}
    for key, route in data.get("endpoints", {}).items():
        targets = {name: Target(**target) for name, target in route["targets"].items()}
        endpoints[key] = Route(**{**route, "keys": tuple(route["keys"]), "targets": targets})
    return Routes(data.get("number", 0), endpoints)
