"""Online endpoints of a local workspace: wishes in rows, which the agent makes true."""

import json
import secrets
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from ... import settings
from ...arm.scoring import invocation_failed
from ...entities import (
    AuthMode,
    EndpointKeys,
    EndpointToken,
    Invocation,
    OnlineEndpoint,
    Page,
    Reason,
)
from ...entities.endpoint import PINNED
from ...entities.endpoint_name import check_endpoint_name
from ...errors import Conflict, InvocationFailed
from ...language import _
from ...workspace import EndpointsOperations
from ..alert_rules import forget_alerts
from ..bell import ring
from ..db import Database
from ..files import read_json
from ..launch import check_agent, ensure_agent
from ..models import LocalModels
from ..paths import WorkspacePaths
from ..secret_store import open_store, private_files
from .answers import too_large
from .check import check_traffic
from .deployments import LocalDeployments
from .gateway_keeper import trouble_of
from .port import choose_port, url_of
from .routes import auth_of, digest, read_routes
from .rows import deployment_rows, endpoint_row, load_endpoint, models_in_use
from .tokens import make_token, new_key, token_key

_LONGEST_ANSWER = 200.0
_PATIENCE = 20.0
"""Seconds for a gateway to start."""
_MOMENT = 3.0
_NOT_DONE = {
    "identity": lambda endpoint: bool(endpoint.identity),
    "public_network_access": lambda endpoint: bool(endpoint.public_network_access),
    "aad_token": lambda endpoint: endpoint.auth_mode is AuthMode.AAD_TOKEN,
}


class LocalEndpoints(EndpointsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, models: LocalModels) -> None:
        self._paths = paths
        self._db = db
        self.deployments = LocalDeployments(paths, db, models)

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineEndpoint]:
        trouble = self._trouble()
        with self._db.read() as connection:
            rows = connection.execute(
                "SELECT * FROM endpoints WHERE name > ? ORDER BY name LIMIT ?", (continuation or "", limit + 1)
            ).fetchall()
            found = tuple(load_endpoint(self._paths, connection, row, trouble) for row in rows[:limit])
        return Page[OnlineEndpoint](items=found, continuation=rows[limit - 1]["name"] if len(rows) > limit else None)

    def get(self, name: str) -> OnlineEndpoint:
        with self._db.read() as connection:
            return load_endpoint(self._paths, connection, endpoint_row(connection, name), self._trouble())

    def create_or_update(self, endpoint: OnlineEndpoint) -> OnlineEndpoint:
        check_endpoint_name(endpoint.name)
        check_agent(self._paths)
        choose_port(self._paths)
        with self._db.read() as connection:
            row = connection.execute("SELECT * FROM endpoints WHERE name = ?", (endpoint.name,)).fetchone()
        digests = row["keys"] if row else self._new_keys(endpoint.name)
        with self._db.write() as connection:
            self._keep(connection, endpoint, digests)
        self._wake()
        if row:
            self._wait_for_routes(endpoint.name)
        return self.get(endpoint.name)

    def delete(self, name: str) -> None:
        with self._db.write() as connection:
            name = endpoint_row(connection, name)["name"]
            connection.execute("UPDATE endpoints SET leaving = 1 WHERE name = ?", (name,))
        open_store(self._paths).remove(_key_of(name))
        private_files(self._paths).remove(token_key(name))
        forget_alerts(self._paths, self._db, name)
        self._wake()

    def keys(self, name: str) -> EndpointKeys:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=True)
        kept = open_store(self._paths).get(_key_of(endpoint.name))
        if kept is None:  # the store was emptied, or is another one now
            return self._regenerate(endpoint.name, ("primary", "secondary"))
        return EndpointKeys.model_validate_json(kept)

    def regenerate_key(self, name: str, key: Literal["primary", "secondary"]) -> EndpointKeys:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=True)
        return self._regenerate(endpoint.name, (key,))

    def token(self, name: str) -> EndpointToken:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=False)
        store = private_files(self._paths)
        if not (secret := store.get(token_key(endpoint.name))):
            secret = secrets.token_hex(32)
            store.put(token_key(endpoint.name), secret)
        token, expires = make_token(endpoint.name, secret)
        return EndpointToken(access_token=token, expiry=expires)

    def invoke(
        self, name: str, body: bytes, *, deployment: str | None = None, content_type: str = "application/json"
    ) -> Invocation:
        endpoint = self.get(name)
        if len(body) > (most := settings.gateway_body_bytes()):
            # The gateway hangs up on who goes on sending, and its answer may be lost.
            refusal = too_large(most)
            failure = InvocationFailed(refusal.message, refusal.hint)
            failure.status, failure.body = refusal.status, refusal.body.decode()
            raise failure
        takes_keys = endpoint.auth_mode is AuthMode.KEY
        bearer = self.keys(name).primary_key if takes_keys else self.token(name).access_token
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": content_type}
        if deployment:
            headers[PINNED] = deployment
        ensure_agent(self._paths)
        request = urllib.request.Request(endpoint.scoring_uri, body, headers, method="POST")  # noqa: S310 - our own
        started = time.perf_counter()
        if trouble := self._wait_for_gateway():
            # Whoever listens there is not to be told the key.
            raise self._unreachable(endpoint, trouble.message)
        try:
            with _opener.open(request, timeout=_LONGEST_ANSWER) as answer:
                return Invocation(
                    endpoint=endpoint.name,
                    deployment=answer.headers.get(PINNED, ""),
                    status=answer.status,
                    content_type=answer.headers.get("Content-Type", ""),
                    body=answer.read().decode("utf-8", "replace"),
                    seconds=time.perf_counter() - started,
                )
        except urllib.error.HTTPError as error:
            raise invocation_failed(endpoint.name, error.code, dict(error.headers), error.read()) from None
        except OSError as error:
            raise self._unreachable(endpoint, str(error)) from error

    def deployments_using(self, name: str, version: str) -> Sequence[str]:
        """The deployments of a version of a model, as ``endpoint/deployment``."""
        with self._db.read() as connection:
            return models_in_use(connection, name, version)

    def _trouble(self) -> Reason | None:
        trouble = trouble_of(self._paths)
        if trouble and trouble.code == "PortTaken":
            choose_port(self._paths)  # whoever asks may wish for another one by now
        return trouble

    def _keep(self, connection: sqlite3.Connection, endpoint: OnlineEndpoint, digests: str) -> None:
        row = connection.execute("SELECT * FROM endpoints WHERE name = ?", (endpoint.name,)).fetchone()
        before = OnlineEndpoint.model_validate_json(row["entity"]) if row else None
        if row and row["leaving"]:
            raise leaving(row["name"])
        check_traffic(
            endpoint,
            {each["name"].lower(): bool(each["serving"]) for each in deployment_rows(connection, endpoint.name)},
        )
        kept = endpoint.model_copy(
            update={
                "name": before.name if before else endpoint.name,
                "traffic": {name.lower(): share for name, share in endpoint.traffic.items()},
                "mirror_traffic": {name.lower(): share for name, share in endpoint.mirror_traffic.items()},
                "created": before.created if before else datetime.now(UTC),
                "reason": None,
                "notes": tuple(Reason.of("NotEnforced", key=key) for key, asks in _NOT_DONE.items() if asks(endpoint)),
            }
        )
        connection.execute(
            "INSERT INTO endpoints (name, entity, keys) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET entity = excluded.entity",
            (kept.name, kept.model_dump_json(), digests),
        )

    def _new_keys(self, name: str) -> str:
        keys = EndpointKeys(primary_key=new_key(), secondary_key=new_key())
        open_store(self._paths).put(_key_of(name), keys.model_dump_json())
        return _digests(keys)

    def _regenerate(self, name: str, which: tuple[str, ...]) -> EndpointKeys:
        store = open_store(self._paths)
        kept = store.get(_key_of(name))
        before = EndpointKeys.model_validate_json(kept) if kept else EndpointKeys(primary_key="", secondary_key="")
        keys = before.model_copy(update={f"{key}_key": new_key() for key in which})
        store.put(_key_of(name), keys.model_dump_json())
        with self._db.write() as connection:
            connection.execute("UPDATE endpoints SET keys = ? WHERE name = ?", (_digests(keys), name))
        self._wake()
        self._wait_for_routes(name)
        return keys

    def _refuse_mode(self, endpoint: OnlineEndpoint, *, wants_keys: bool) -> None:
        if wants_keys != (endpoint.auth_mode is AuthMode.KEY):
            raise Conflict(
                _("{name} takes {mode}.", name=endpoint.name, mode=endpoint.auth_mode),
                _("See: azml endpoint get-credentials {name}", name=endpoint.name),
            )

    def _unreachable(self, endpoint: OnlineEndpoint, detail: str) -> InvocationFailed:
        return InvocationFailed(
            _(
                "{name} cannot be reached at {url}: {detail}",
                name=endpoint.name,
                url=url_of(self._paths),
                detail=detail,
            ),
            _("Try again in a moment; see: azml endpoint show {name}", name=endpoint.name),
        )

    def _wait_for_routes(self, name: str) -> None:
        """Until the gateway does as the row says, so that who calls next is answered so. Where it is away, not long."""
        deadline = time.monotonic() + _MOMENT
        while time.monotonic() < deadline:
            with self._db.read() as connection:
                row = endpoint_row(connection, name)
            endpoint = OnlineEndpoint.model_validate_json(row["entity"])
            routes = read_routes(self._paths.routes)
            route = routes.endpoints.get(endpoint.name.lower())
            known = (read_json(self._paths.gateway_state) or {}).get("number", -1)
            said = route and (route.traffic, route.mirror, list(route.keys), route.auth)
            wanted = (endpoint.traffic, endpoint.mirror_traffic, json.loads(row["keys"]), auth_of(endpoint))
            if said == wanted and known >= routes.number:
                return
            time.sleep(0.02)

    def _wait_for_gateway(self) -> Reason | None:
        """One that has just been made is called at once, too. What is still the matter after a while."""
        deadline = time.monotonic() + _PATIENCE
        while (trouble := trouble_of(self._paths)) and trouble.code == "GatewayStarting":
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        return trouble

    def _wake(self) -> None:
        ensure_agent(self._paths)
        ring(self._paths)


# Whatever proxy the environment names: this is a call to this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def leaving(name: str) -> Conflict:
    return Conflict(_("{name} is being deleted.", name=name), _("Wait a moment and try again, or choose another name."))


def _key_of(name: str) -> str:
    return f"endpoint-{name.lower()}"


def _digests(keys: EndpointKeys) -> str:
    return json.dumps([digest(key) for key in (keys.primary_key, keys.secondary_key) if key])
