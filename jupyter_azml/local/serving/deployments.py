"""Deployments of a local workspace: checked and written whole, then the agent's business."""

import json
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from ...entities import (
    Model,
    ModelType,
    OnlineDeployment,
    OnlineEndpoint,
    Page,
    Reason,
    model_reference,
)
from ...entities.endpoint_name import check_deployment_name
from ...errors import Conflict, NotSupported, UsageError
from ...execution.scoring_script import check_script
from ...execution.snapshot import list_snapshot, write_snapshot
from ...language import _
from ...schemas.environment import requirements_of
from ...schemas.served_model import check_is_name
from ...workspace import DeploymentsOperations
from ..bell import ring
from ..db import Database
from ..environments.operations import LocalEnvironments
from ..environments.settling import asked_environment
from ..files import write_whole
from ..filesystem import writing
from ..launch import check_agent, ensure_agent
from ..models import LocalModels
from ..paths import WorkspacePaths
from ..submitter import describe_submitter
from .log import read_log
from .rows import deployment_row, deployment_rows, endpoint_row, load_deployment

# What another server is needed for; the rest, the gateway and the row alone can change.
_NEEDS_SERVER = {
    *("model", "code_configuration", "environment", "environment_variables", "instance_count"),
}


class LocalDeployments(DeploymentsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, models: LocalModels) -> None:
        self._paths = paths
        self._db = db
        self._models = models

    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineDeployment]:
        with self._db.read() as connection:
            name = endpoint_row(connection, endpoint)["name"]
            after = (continuation or "").lower()
            rows = [row for row in deployment_rows(connection, name) if row["name"].lower() > after]
        found = tuple(load_deployment(row) for row in rows[:limit])
        return Page[OnlineDeployment](items=found, continuation=found[-1].name if len(rows) > limit else None)

    def get(self, endpoint: str, name: str) -> OnlineDeployment:
        with self._db.read() as connection:
            return load_deployment(deployment_row(connection, endpoint_row(connection, endpoint)["name"], name))

    def create_or_update(self, deployment: OnlineDeployment, *, share: int | None = None) -> OnlineDeployment:
        check_deployment_name(deployment.name)
        check_agent(self._paths)
        with self._db.read() as connection:
            endpoint = endpoint_row(connection, deployment.endpoint_name)
            _refuse_leaving(endpoint)
            row = connection.execute(
                "SELECT * FROM deployments WHERE endpoint = ? AND name = ?", (endpoint["name"], deployment.name)
            ).fetchone()
        before = load_deployment(row) if row else None
        wanted, kept = self._checked(deployment, before)
        wanted = wanted.model_copy(update={"endpoint_name": endpoint["name"]})
        if row and not _differ(self._paths, wanted, kept, row):
            self._update(wanted, row["revision"])
            return self.get(wanted.endpoint_name, wanted.name)
        revision = self._write_revision(wanted, kept)
        with self._db.write() as connection:
            _refuse_leaving(endpoint_row(connection, wanted.endpoint_name))
            connection.execute(
                "INSERT INTO deployments (endpoint, name, entity, revision, share) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (endpoint, name) DO UPDATE SET entity = excluded.entity, revision = excluded.revision, "
                "reason = '', share = excluded.share",
                (wanted.endpoint_name, wanted.name, wanted.model_dump_json(), revision, share),
            )
        self._wake()
        return self.get(wanted.endpoint_name, wanted.name)

    def delete(self, endpoint: str, name: str) -> None:
        with self._db.write() as connection:
            row = deployment_row(connection, endpoint_row(connection, endpoint)["name"], name)
            known = OnlineEndpoint.model_validate_json(endpoint_row(connection, endpoint)["entity"])
            for shares, option in ((known.traffic, "--traffic"), (known.mirror_traffic, "--mirror-traffic")):
                if share := shares.get(row["name"].lower(), 0):
                    raise Conflict(
                        _(
                            "{name} gets {share} % of the traffic of {endpoint}.",
                            name=row["name"],
                            share=share,
                            endpoint=known.name,
                        ),
                        _(
                            "Give it to another one first: azml endpoint update {endpoint} {option} NAME=100",
                            endpoint=known.name,
                            option=option,
                        )
                        if len(shares) > 1 or option == "--traffic"
                        else _(
                            "Stop that first: azml endpoint update {endpoint} --mirror-traffic {name}=0",
                            endpoint=known.name,
                            name=row["name"],
                        ),
                    )
            connection.execute(
                "UPDATE deployments SET leaving = 1 WHERE endpoint = ? AND name = ?", (row["endpoint"], row["name"])
            )
        self._wake()

    def logs(self, endpoint: str, name: str, *, tail: int = 200, offset: int | None = None) -> tuple[str, int]:
        found = self.get(endpoint, name)
        place = self._paths.endpoint(found.endpoint_name).deployment(found.name)
        return read_log(place.log, tail=tail, offset=offset)

    def _checked(
        self, deployment: OnlineDeployment, before: OnlineDeployment | None
    ) -> tuple[OnlineDeployment, dict[str, object]]:
        """The deployment as it is kept, and what its server needs to be prepared. Raises UsageError, ModelNotFound."""
        model = self._model(deployment) if deployment.model else None
        if deployment.code_configuration is None:
            _check_needs_no_script(deployment, model)
        snapshot = None
        if deployment.code_configuration:
            check_script(deployment.code_configuration)
            always = deployment.code_configuration.scoring_script
            snapshot = write_snapshot(
                list_snapshot(Path(deployment.code_configuration.code), always), self._paths.snapshots
            )
        notes = [Reason.of("NotEnforced", key=key) for key in _unused(deployment)]
        wanted = deployment.model_copy(
            update={
                "name": before.name if before else deployment.name,
                "model": f"azureml:{model.name}:{model.version}" if model else "",
                "created": before.created if before else datetime.now(UTC),
                "notes": tuple(notes),
                "reason": None,
            }
        )
        return wanted, {
            "snapshot": snapshot,
            "model_folder": str(self._models.folder(model)) if model else "",
            "requirements": self._requirements(deployment),
        }

    def _requirements(self, deployment: OnlineDeployment) -> Sequence[str]:
        """Of the environment, and of what serves. Raises EnvironmentNotFound, UsageError."""
        own: Sequence[str] = ()
        if deployment.environment:
            found = asked_environment(LocalEnvironments(self._paths, self._db), deployment.environment)
            own = requirements_of(found, platform.python_version())
        return [*own, *serving_requirements()]

    def _model(self, deployment: OnlineDeployment) -> Model:
        if model_reference(deployment.model):
            return self._models.find(deployment.model)
        name, _colon, version = deployment.model.rpartition(":")
        if name and not Path(deployment.model).exists() and model_reference(f"azureml:{deployment.model}"):
            return self._models.get(name, version)
        path = Path(deployment.model).expanduser()
        if not path.exists():
            check_is_name(deployment.model)
            return self._models.find(f"azureml:{deployment.model}")
        kind = ModelType.MLFLOW if (path / "MLmodel").is_file() else ModelType.CUSTOM
        made = Model(name=f"{deployment.endpoint_name}-{deployment.name}", path=str(path.absolute()), type=kind)
        return self._models.create_or_update(made)

    def _write_revision(self, deployment: OnlineDeployment, kept: dict[str, object]) -> int:
        place = self._paths.endpoint(deployment.endpoint_name).deployment(deployment.name)
        with writing(self._paths.endpoints):
            place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = 1 + max(
                (int(path.name[1:]) for path in place.folder.glob("r*") if path.name[1:].isdigit()), default=0
            )
            with self._db.read() as connection:
                row = connection.execute(
                    "SELECT revision FROM deployments WHERE endpoint = ? AND name = ?",
                    (deployment.endpoint_name, deployment.name),
                ).fetchone()
            number = max(number, row["revision"] + 1 if row else 1)
            while True:
                revision = place.revision(number)
                try:
                    revision.folder.mkdir(mode=0o700)
                except FileExistsError:  # two clients at once
                    number += 1
                    continue
                break
            write_whole(revision.submitter, json.dumps(describe_submitter()))
            write_whole(revision.deployment, json.dumps({**kept, "deployment": deployment.to_data()}))
        return number

    def _update(self, deployment: OnlineDeployment, revision: int) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE deployments SET entity = ? WHERE endpoint = ? AND name = ? AND revision = ?",
                (deployment.model_dump_json(), deployment.endpoint_name, deployment.name, revision),
            )
        self._wake()

    def _wake(self) -> None:
        ensure_agent(self._paths)
        ring(self._paths)


def _differ(paths: WorkspacePaths, wanted: OnlineDeployment, kept: dict[str, object], row: sqlite3.Row) -> bool:
    """Whether another server is needed. One that has failed is tried again, and one that leaves comes back."""
    if row["leaving"] or row["state"] == "Failed":
        return True
    revision = paths.endpoint(row["endpoint"]).deployment(row["name"]).revision(row["revision"])
    try:
        before = json.loads(revision.deployment.read_text("utf-8"))
    except (OSError, ValueError):
        return True
    if any(before.get(key) != value for key, value in kept.items()):
        return True
    old = OnlineDeployment.model_validate(before["deployment"])
    timeouts = [each.request_settings.request_timeout_ms for each in (old, wanted)]
    return timeouts[0] != timeouts[1] or any(getattr(old, field) != getattr(wanted, field) for field in _NEEDS_SERVER)


def _refuse_leaving(row: sqlite3.Row) -> None:
    if row["leaving"]:
        raise Conflict(
            _("{name} is being deleted.", name=row["name"]),
            _("Wait a moment and try again, or choose another name."),
        )


def _check_needs_no_script(deployment: OnlineDeployment, model: Model | None) -> None:
    if model is None:
        raise UsageError(
            _("The deployment {name} has neither a model nor a scoring script.", name=deployment.name),
            _(
                "Name a model, as in model: azureml:NAME:VERSION; or a script: code_configuration with code and "
                "scoring_script."
            ),
        )
    if model.type is ModelType.TRITON:
        raise NotSupported(
            _("{model} is for Triton, which a local workspace does not run.", model=f"{model.name}:{model.version}"),
            _("Serve it by a script: code_configuration with code and scoring_script."),
        )
    if model.type is not ModelType.MLFLOW:
        raise UsageError(
            _("{model} is no MLflow model, so that it needs a scoring script.", model=f"{model.name}:{model.version}"),
            _("Add code_configuration with code and scoring_script; or --code DIR --scoring-script score.py."),
        )


def serving_requirements() -> list[str]:
    """Of our extra ``serve``: the bounds stand in one place."""
    wanted = [text.partition(";") for text in metadata.requires("jupyter_azml") or []]
    return sorted(text.strip() for text, _semicolon, marker in wanted if "serve" in marker)


def _unused(deployment: OnlineDeployment) -> list[str]:
    given = {
        "instance_type": deployment.instance_type,
        "scale_settings": deployment.scale_settings and deployment.scale_settings.get("type") != "default",
        "app_insights_enabled": deployment.app_insights_enabled,
    }
    return [key for key, value in given.items() if value]
