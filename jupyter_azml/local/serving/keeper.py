"""Makes wishes about endpoints true: prepares, starts, watches and replaces model servers. Only the agent does this."""

import json
import shutil
import sqlite3
import time
import traceback
from pathlib import Path

from ...entities import EndpointState, OnlineDeployment, OnlineEndpoint, Reason
from ..db import Database
from ..paths import WorkspacePaths
from .gateway_keeper import GatewayKeeper
from .kept import Kept
from .routes import Route, Routes, Target, auth_of
from .rows import give_share, set_state
from .servers import ModelServer

_Key = tuple[str, str, int]


class Serving:
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db
        self._gateway = GatewayKeeper(paths)
        self._kept: dict[_Key, Kept] = {}
        self._retiring: dict[Path, tuple[ModelServer, int, float]] = {}
        self._is_swept = False
        self.needs_agent = False
        """Whether there are endpoints: they live as long as an agent does."""
        self.is_busy = False
        """Whether something is on its way, so that the next look should come soon."""

    def has_lost_one(self) -> bool:
        """Whether a server or the gateway has ended since the last look: cheap enough to ask many times a second."""
        if not self.needs_agent:
            return False
        return not self._gateway.is_alive or any(
            kept.is_up and not kept.server.is_alive for kept in self._kept.values()
        )

    def serve(self) -> None:
        with self._db.read() as connection:
            endpoints = connection.execute("SELECT * FROM endpoints ORDER BY name").fetchall()
            rows = connection.execute("SELECT * FROM deployments ORDER BY endpoint, name").fetchall()
        self.is_busy = False
        if not endpoints:
            if self.needs_agent or self._gateway.is_alive:
                self._gateway.stop()
            self.needs_agent = bool(self._retiring)
            self._retire()
            return
        self.needs_agent = True
        leaving = {row["name"].lower() for row in endpoints if row["leaving"]}
        wanted: set[_Key] = set()
        living = []
        for row in rows:
            if row["leaving"] or row["endpoint"].lower() in leaving:
                continue
            living.append(row)
            wanted |= self._follow(row)
        self._tell_gateway(endpoints, living)
        self._gateway.keep()
        self._sweep(rows, wanted)
        self._retire()
        self._remove(rows, endpoints)
        self.is_busy = (
            self.is_busy
            or bool(self._retiring)
            or any(row["leaving"] for row in (*rows, *endpoints))
            or not self._gateway.is_alive
        )

    def _follow(self, row: sqlite3.Row) -> set[_Key]:
        """Moves one deployment along; says which servers it needs."""
        wanted = {number for number in (row["serving"], row["revision"]) if number}
        if row["settled"] == row["revision"] and row["serving"] != row["revision"]:
            wanted.discard(row["revision"])  # it has failed
        keys = set()
        for number in sorted(wanted):
            key = (row["endpoint"].lower(), row["name"].lower(), number)
            keys.add(key)
            try:
                kept = self._kept.get(key) or self._keep(key, row)
                if number == row["serving"]:
                    self._watch(row, kept)
                else:
                    self._bring_up(row, kept)
            except Exception as error:  # one deployment must not hold up the others
                traceback.print_exc()
                detail = f"{type(error).__name__}: {error}"
                self._set(row, EndpointState.FAILED, Reason.of("PrepareFailed", detail=detail), settled=row["revision"])
        return keys

    def _keep(self, key: _Key, row: sqlite3.Row) -> Kept:
        deployment = OnlineDeployment.model_validate_json(row["entity"])
        self._kept[key] = kept = Kept(self._paths, ModelServer(self._paths, deployment, key[2]))
        return kept

    def _bring_up(self, row: sqlite3.Row, kept: Kept) -> None:
        """A revision that does not answer yet. The one before answers until this one does."""
        self.is_busy = True
        if kept.is_up:
            # Told of before it is called ready, so that who calls it then is not told that it is not there.
            if self._gateway.knows_all:
                self._set(row, EndpointState.SUCCEEDED, None, settled=row["revision"], serving=row["revision"])
            return
        reason, has_failed = kept.bring_up()
        if has_failed:
            self._set(row, EndpointState.FAILED, reason, settled=row["revision"])
        elif not kept.is_up and (not row["reason"] or Reason.model_validate_json(row["reason"]) != reason):
            self._set(row, None, reason)

    def _watch(self, row: sqlite3.Row, kept: Kept) -> None:
        """The one that answers: it is started again for as long as it is wanted."""
        if row["serving"] == row["revision"]:
            # Probes may change without another server.
            kept.server.deployment = OnlineDeployment.model_validate_json(row["entity"])
        trouble = kept.watch()
        self.is_busy = self.is_busy or bool(trouble)
        if row["settled"] < row["revision"] or row["serving"] != row["revision"]:
            return  # what there is to say is about the other one
        state = EndpointState.FAILED if trouble and trouble.code == "CrashLoop" else EndpointState.SUCCEEDED
        said = Reason.model_validate_json(row["reason"]) if row["reason"] else None
        if (state, trouble) != (EndpointState(row["state"]), said):
            self._set(row, state, trouble)

    def _tell_gateway(self, endpoints: list[sqlite3.Row], rows: list[sqlite3.Row]) -> None:
        found = {}
        for row in endpoints:
            if row["leaving"]:
                continue
            endpoint = OnlineEndpoint.model_validate_json(row["entity"])
            targets = {}
            for each in rows:
                if each["endpoint"].lower() == endpoint.name.lower() and (kept := self._answering(each)):
                    targets[each["name"].lower()] = _target(each, kept)
            found[endpoint.name.lower()] = _route(endpoint, row["keys"], targets)
        self._gateway.tell(Routes(endpoints=found))

    def _answering(self, row: sqlite3.Row) -> Kept | None:
        """The newest revision that is up, else the one that the row names."""
        newest, known = (
            self._kept.get((row["endpoint"].lower(), row["name"].lower(), row[column]))
            for column in ("revision", "serving")
        )
        return newest if newest and newest.is_up else known

    def _sweep(self, rows: list[sqlite3.Row], wanted: set[_Key]) -> None:
        """Servers that nobody wants any more: of a revision before, of a deployment that leaves, of an agent before."""
        for key in [key for key in self._kept if key not in wanted]:
            kept = self._kept.pop(key)
            self._retiring.setdefault(kept.server.paths.folder, (kept.server, self._gateway.number, time.monotonic()))
        if self._is_swept:
            return
        self._is_swept = True
        for row in rows:
            deployment = OnlineDeployment.model_validate_json(row["entity"])
            place = self._paths.endpoint(row["endpoint"]).deployment(row["name"])
            for folder in place.folder.glob("r*"):
                number = int(folder.name[1:]) if folder.name[1:].isdigit() else 0
                if (
                    number
                    and number != row["revision"]
                    and (row["endpoint"].lower(), row["name"].lower(), number) not in wanted
                ):
                    server = ModelServer(self._paths, deployment, number)
                    self._retiring.setdefault(folder, (server, self._gateway.number, time.monotonic()))

    def _retire(self) -> None:
        """Stops a server once the gateway has nothing with it; then its folder goes."""
        for folder, (server, number, since) in list(self._retiring.items()):
            if not server.is_alive:
                Path(server.socket).unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                del self._retiring[folder]
                continue
            seconds = time.monotonic() - since
            longest = server.deployment.request_settings.request_timeout_ms / 1000 + 30
            if seconds > longest + 30:
                server.stop(kill=True)
            elif seconds > longest or self._gateway.has_let_go(server.socket, number):
                server.stop()

    def _remove(self, rows: list[sqlite3.Row], endpoints: list[sqlite3.Row]) -> None:
        """Rows of what was to leave and has left."""
        leaving = {row["name"].lower() for row in endpoints if row["leaving"]}
        left = set()
        for row in rows:
            place = self._paths.endpoint(row["endpoint"]).deployment(row["name"]).folder
            is_leaving = row["leaving"] or row["endpoint"].lower() in leaving
            if is_leaving and not any(folder.is_relative_to(place) for folder in self._retiring):
                shutil.rmtree(place, ignore_errors=True)
                with self._db.write() as connection:
                    connection.execute(
                        "DELETE FROM deployments WHERE endpoint = ? AND name = ?", (row["endpoint"], row["name"])
                    )
            else:
                left.add(row["endpoint"].lower())
        for name in leaving - left:
            shutil.rmtree(self._paths.endpoint(name).folder, ignore_errors=True)
            with self._db.write() as connection:
                connection.execute("DELETE FROM endpoints WHERE name = ?", (name,))

    def _set(self, row: sqlite3.Row, state: EndpointState | None, reason: Reason | None, **columns: int) -> None:
        with self._db.write() as connection:
            now = connection.execute(
                "SELECT revision FROM deployments WHERE endpoint = ? AND name = ?", (row["endpoint"], row["name"])
            ).fetchone()
            if now and now["revision"] == row["revision"]:
                set_state(connection, row, state, reason, **columns)
                if state is EndpointState.SUCCEEDED and row["share"] is not None:
                    give_share(connection, row)


def _target(row: sqlite3.Row, kept: Kept) -> Target:
    # What may change without another server is read from the row, not from what the server was started with.
    deployment = OnlineDeployment.model_validate_json(row["entity"])
    wanted = deployment.request_settings
    collector = deployment.data_collector
    return Target(
        name=deployment.name,
        socket=kept.server.socket,
        slots=deployment.instance_count * wanted.max_concurrent_requests_per_instance,
        timeout=wanted.request_timeout_ms / 1000,
        patience=wanted.max_queue_wait_ms / 1000,
        collects=collector if collector is None or isinstance(collector, dict) else collector.to_data(),
    )


def _route(endpoint: OnlineEndpoint, keys: str, targets: dict[str, Target]) -> Route:
    return Route(
        name=endpoint.name,
        auth=auth_of(endpoint),
        keys=tuple(json.loads(keys)),
        traffic={name.lower(): share for name, share in endpoint.traffic.items()},
        mirror={name.lower(): share for name, share in endpoint.mirror_traffic.items()},
        targets=targets,
    )
