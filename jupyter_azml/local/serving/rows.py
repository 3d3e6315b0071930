"""Endpoints and deployments as rows: what clients want, and what the agent made of it."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from ...entities import EndpointState, OnlineDeployment, OnlineEndpoint, Reason, model_reference
from ...entities.traffic import with_share
from ...errors import DeploymentNotFound, EndpointNotFound
from ...language import _
from ..db import Database
from ..paths import WorkspacePaths
from .port import url_of


def endpoint_row(connection: sqlite3.Connection, name: str) -> sqlite3.Row:
    """Raises EndpointNotFound."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM endpoints WHERE name = ?", (name,)).fetchone()
    if row is None:
        names = [each["name"] for each in connection.execute("SELECT name FROM endpoints ORDER BY name LIMIT 20")]
        raise EndpointNotFound(
            _("There is no endpoint named {name}.", name=name),
            _("There are: {names}", names=", ".join(names))
            if names
            else _("Create it with: azml endpoint create {name}", name=name),
        )
    return row


def endpoint_names(db: Database) -> list[str]:
    with db.read() as connection:
        return [row["name"] for row in connection.execute("SELECT name FROM endpoints ORDER BY name LIMIT 20")]


def deployment_row(connection: sqlite3.Connection, endpoint: str, name: str) -> sqlite3.Row:
    """Raises DeploymentNotFound."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM deployments WHERE endpoint = ? AND name = ?", (endpoint, name)
    ).fetchone()
    if row is None:
        names = [each["name"] for each in deployment_rows(connection, endpoint)]
        raise DeploymentNotFound(
            _("There is no deployment named {name} of {endpoint}.", name=name, endpoint=endpoint),
            _("There are: {names}", names=", ".join(names))
            if names
            else _("Create it with: azml deployment create -f FILE.yml"),
        )
    return row


def deployment_rows(connection: sqlite3.Connection, endpoint: str) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM deployments WHERE endpoint = ? ORDER BY name", (endpoint,)).fetchall()


def load_endpoint(
    paths: WorkspacePaths, connection: sqlite3.Connection, row: sqlite3.Row, trouble: Reason | None = None
) -> OnlineEndpoint:
    """As it stands: it answers when the gateway does."""
    endpoint = OnlineEndpoint.model_validate_json(row["entity"])
    url = f"{url_of(paths)}/endpoints/{endpoint.name}"
    state = EndpointState.SUCCEEDED
    if row["leaving"]:
        state = EndpointState.DELETING
    elif trouble:
        state = EndpointState.FAILED if trouble.code == "PortTaken" else EndpointState.CREATING
    shown = {
        row["name"]: endpoint.traffic.get(row["name"].lower(), 0) for row in deployment_rows(connection, endpoint.name)
    }
    return endpoint.model_copy(
        update={
            "state": state,
            "reason": trouble,
            "traffic": shown,
            "scoring_uri": f"{url}/score",
            "openapi_uri": f"{url}/swagger.json",
        }
    )


def load_deployment(row: sqlite3.Row) -> OnlineDeployment:
    deployment = OnlineDeployment.model_validate_json(row["entity"])
    state, reason = EndpointState(row["state"]), row["reason"]
    if row["leaving"]:
        state = EndpointState.DELETING
    elif row["settled"] < row["revision"]:
        state = EndpointState.UPDATING if row["settled"] else EndpointState.CREATING
    return deployment.model_copy(
        update={
            "state": state,
            "reason": Reason.model_validate_json(reason) if reason else None,
            "is_answering": bool(row["serving"]) and not row["leaving"],
        }
    )


def set_state(
    connection: sqlite3.Connection,
    row: Mapping[str, Any] | sqlite3.Row,
    state: EndpointState | None,
    reason: Reason | None,
    **columns: int,
) -> None:
    """The agent alone calls this."""
    values: dict[str, object] = {"reason": reason.model_dump_json() if reason else "", **columns}
    if state:
        values["state"] = state
    connection.execute(
        f"UPDATE deployments SET {', '.join(f'{name} = ?' for name in values)} "  # noqa: S608 - our own columns
        "WHERE endpoint = ? AND name = ?",
        (*values.values(), row["endpoint"], row["name"]),
    )


def give_share(connection: sqlite3.Connection, row: Mapping[str, Any] | sqlite3.Row) -> None:
    """What was asked for the deployment when it was made: whoever asked may not wait any more. The agent alone calls
    this, once it answers.
    """
    endpoint = OnlineEndpoint.model_validate_json(endpoint_row(connection, row["endpoint"])["entity"])
    given = with_share(endpoint, row["name"].lower(), row["share"])
    if sum(given.traffic.values()) in (0, 100):
        connection.execute("UPDATE endpoints SET entity = ? WHERE name = ?", (given.model_dump_json(), endpoint.name))
    connection.execute(
        "UPDATE deployments SET share = NULL WHERE endpoint = ? AND name = ?", (row["endpoint"], row["name"])
    )


def models_in_use(connection: sqlite3.Connection, name: str, version: str) -> list[str]:
    """The deployments of a version of a model, as ``endpoint/deployment``."""
    found = []
    for row in connection.execute("SELECT endpoint, name, entity FROM deployments WHERE NOT leaving"):
        used = model_reference(json.loads(row["entity"]).get("model", ""))
        if used and used.name.lower() == name.lower() and (used.version or "").lower() == version.lower():
            found.append(f"{row['endpoint']}/{row['name']}")
    return found
