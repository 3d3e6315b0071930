"""Batch endpoints of a local workspace: rows, a copy of each deployment's code, and jobs."""

import os
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from ..entities import (
    BatchDeployment,
    BatchEndpoint,
    BatchSettings,
    DataInput,
    DataOutput,
    Job,
    Model,
    ModelType,
    Page,
    model_reference,
)
from ..errors import Conflict, DeploymentNotFound, EndpointNotFound, UsageError
from ..execution.scoring_script import check_batch_script
from ..execution.snapshot import list_snapshot, unpack_snapshot, write_snapshot
from ..language import _
from ..workspace import BatchDeploymentsOperations, BatchEndpointsOperations
from .batch_job import batch_spec, check_can_score
from .computes import LocalComputes
from .db import Database
from .files import remove_tree
from .filesystem import writing
from .jobs import LocalJobs
from .models import LocalModels
from .named import delete_named, delete_owned, get_named, list_named, names_in, put_named
from .paths import WorkspacePaths

# Of the service: an endpoint's name is part of an address.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]")


class LocalBatchDeployments(BatchDeploymentsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, models: LocalModels, computes: LocalComputes) -> None:
        self._paths = paths
        self._db = db
        self._models = models
        self._computes = computes

    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[BatchDeployment]:
        find_endpoint(self._db, endpoint)
        rows, following = list_named(self._db, "batch_deployments", limit, continuation, owner=endpoint)
        items = tuple(BatchDeployment.model_validate_json(row) for row in rows)
        return Page[BatchDeployment](items=items, continuation=following)

    def get(self, endpoint: str, name: str) -> BatchDeployment:
        found = find_endpoint(self._db, endpoint)
        if (row := get_named(self._db, "batch_deployments", f"{endpoint}/{name}")) is None:
            names = [each.name for each in self.list(found.name).items]
            near = get_close_matches(name, names, 1)
            raise DeploymentNotFound(
                _("The batch endpoint {endpoint} has no deployment {name}.", endpoint=found.name, name=name),
                _("Did you mean {name}?", name=near[0])
                if near
                else _("See: azml batch-deployment list --endpoint-name {endpoint}", endpoint=found.name),
            )
        return BatchDeployment.model_validate_json(row)

    def create_or_update(self, deployment: BatchDeployment) -> BatchDeployment:
        endpoint = find_endpoint(self._db, deployment.endpoint_name)
        _check_name(deployment.name)
        self._computes.get(deployment.compute)
        model = self._model(deployment, endpoint.name)
        before = get_named(self._db, "batch_deployments", f"{endpoint.name}/{deployment.name}")
        kept = deployment.model_copy(
            update={
                "endpoint_name": endpoint.name,
                "model": f"azureml:{model.name}:{model.version}",
                "created": BatchDeployment.model_validate_json(before).created if before else datetime.now(UTC),
            }
        )
        check_can_score(kept, model)
        with writing(self._paths.folder):
            self._copy_code(kept)
        put_named(self._db, "batch_deployments", f"{endpoint.name}/{kept.name}", kept)
        if not endpoint.default_deployment:
            put_named(
                self._db,
                "batch_endpoints",
                endpoint.name,
                endpoint.model_copy(update={"default_deployment": kept.name}),
            )
        return kept

    def delete(self, endpoint: str, name: str) -> None:
        found, of = self.get(endpoint, name), find_endpoint(self._db, endpoint)
        others = [each.name for each in self.list(endpoint).items if each.name.lower() != name.lower()]
        if of.default_deployment.lower() == found.name.lower():
            if others:
                raise Conflict(
                    _("{name} is the default deployment of {endpoint}.", name=found.name, endpoint=of.name),
                    _(
                        "Make another one the default first: azml batch-endpoint update {endpoint} "
                        "--set-default {other}",
                        endpoint=of.name,
                        other=others[0],
                    ),
                )
            put_named(self._db, "batch_endpoints", of.name, of.model_copy(update={"default_deployment": ""}))
        delete_named(self._db, "batch_deployments", f"{of.name}/{found.name}")
        remove_tree(self._folder(found))

    def code(self, deployment: BatchDeployment) -> Path | None:
        return self._folder(deployment) / "code" if deployment.code_configuration else None

    def deployments_using(self, name: str, version: str) -> Sequence[str]:
        """Of a model."""
        wanted, found = f"azureml:{name}:{version}".lower(), []
        for key in names_in(self._db, "batch_deployments", limit=-1):
            row = get_named(self._db, "batch_deployments", key)
            if row and BatchDeployment.model_validate_json(row).model.lower() == wanted:
                found.append(key)
        return found

    def _folder(self, deployment: BatchDeployment) -> Path:
        return self._paths.batch / deployment.endpoint_name.lower() / deployment.name.lower()

    def _model(self, deployment: BatchDeployment, endpoint: str) -> Model:
        """A path is registered first, as in Azure."""
        if not deployment.model:
            raise UsageError(
                _("The deployment {name} has no model.", name=deployment.name),
                _("Name one in its YAML file: model: azureml:NAME:VERSION"),
            )
        if model_reference(deployment.model):
            return self._models.find(deployment.model)
        name = f"{endpoint}-{deployment.name}"
        return self._models.create_or_update(Model(name=name, path=deployment.model, type=_type_at(deployment.model)))

    def _copy_code(self, deployment: BatchDeployment) -> None:
        """Whole: an invocation that reads it meanwhile sees the one or the other."""
        folder, configuration = self._folder(deployment), deployment.code_configuration
        if configuration is None:
            remove_tree(folder)
            return
        check_batch_script(configuration)
        source = Path(configuration.code)
        snapshot = write_snapshot(list_snapshot(source, configuration.scoring_script), self._paths.snapshots)
        beside = folder.parent / f".{folder.name}.{os.getpid()}"
        shutil.rmtree(beside, ignore_errors=True)
        (beside / "code").mkdir(mode=0o700, parents=True)
        unpack_snapshot(self._paths.snapshot(snapshot), beside / "code")
        remove_tree(folder)
        beside.rename(folder)


class LocalBatchEndpoints(BatchEndpointsOperations):
    def __init__(
        self, paths: WorkspacePaths, db: Database, jobs: LocalJobs, models: LocalModels, computes: LocalComputes
    ) -> None:
        self._paths = paths
        self._db = db
        self._jobs = jobs
        self._models = models
        self.deployments: LocalBatchDeployments = LocalBatchDeployments(paths, db, models, computes)

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[BatchEndpoint]:
        rows, following = list_named(self._db, "batch_endpoints", limit, continuation)
        items = tuple(BatchEndpoint.model_validate_json(row) for row in rows)
        return Page[BatchEndpoint](items=items, continuation=following)

    def get(self, name: str) -> BatchEndpoint:
        return find_endpoint(self._db, name)

    def create_or_update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        _check_name(endpoint.name)
        before = get_named(self._db, "batch_endpoints", endpoint.name)
        old = BatchEndpoint.model_validate_json(before) if before else None
        wanted = endpoint.default_deployment or (old.default_deployment if old else "")
        if wanted and old:
            wanted = self.deployments.get(old.name, wanted).name
        elif wanted:
            raise DeploymentNotFound(
                _("{name} cannot be the default deployment: the endpoint is new and has none.", name=wanted),
                _("Leave it out; the first deployment becomes the default."),
            )
        kept = endpoint.model_copy(
            update={"default_deployment": wanted, "created": old.created if old else datetime.now(UTC)}
        )
        put_named(self._db, "batch_endpoints", kept.name, kept)
        return kept

    def delete(self, name: str) -> None:
        found = find_endpoint(self._db, name)
        delete_named(self._db, "batch_endpoints", found.name)
        delete_owned(self._db, "batch_deployments", found.name)
        remove_tree(self._paths.batch / found.name.lower())

    def invoke(
        self,
        name: str,
        data: DataInput,
        *,
        deployment: str | None = None,
        settings: BatchSettings | None = None,
        output: DataOutput | None = None,
        job_name: str | None = None,
        experiment: str = "",
    ) -> Job:
        endpoint = find_endpoint(self._db, name)
        if not (deployment or endpoint.default_deployment):
            raise UsageError(
                _("The batch endpoint {name} has no deployment that could score.", name=endpoint.name),
                _("Create one: azml batch-deployment create -f FILE"),
            )
        found = self.deployments.get(endpoint.name, deployment or endpoint.default_deployment)
        model = self._models.find(found.model)
        spec = batch_spec(
            found,
            settings or found.settings,
            code=self.deployments.code(found),
            model=model,
            model_folder=self._models.folder(model),
            data=data,
            output=output or DataOutput(),
            name=job_name,
            experiment=experiment,
        )
        return self._jobs.submit(spec)


def find_endpoint(db: Database, name: str) -> BatchEndpoint:
    """Raises EndpointNotFound."""
    if (row := get_named(db, "batch_endpoints", name)) is None:
        near = get_close_matches(name, names_in(db, "batch_endpoints"), 1)
        raise EndpointNotFound(
            _("There is no batch endpoint named {name}.", name=name),
            _("Did you mean {name}?", name=near[0]) if near else _("See: azml batch-endpoint list"),
        )
    return BatchEndpoint.model_validate_json(row)


def _type_at(path: str) -> ModelType:
    return ModelType.MLFLOW if (Path(path) / "MLmodel").is_file() else ModelType.CUSTOM


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            _("{name} cannot be the name of an endpoint or a deployment.", name=name),
            _("Use 3 to 32 letters, digits and -, beginning with a letter and ending with a letter or a digit."),
        )
