"""Batch endpoints over REST."""

from contextlib import suppress

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, JsonValue
from tornado.web import authenticated

from ...actions.invoke_batch import invoke_batch
from ...entities import BatchDeployment, BatchEndpoint, CodeConfiguration
from ...errors import Conflict, EndpointNotFound
from ...language import _
from ...workspace import Workspace
from .base import AzmlHandler


class InvokeRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The data by any of its names."""
    deployment: str | None = None
    settings: dict[str, JsonValue] = {}
    """Fields of ``BatchSettings``, for this one time."""
    job_name: str | None = None
    experiment: str = ""


class BatchEndpointRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    description: str = ""


class BatchEndpointChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    description: str | None = None
    default_deployment: str | None = None


class BatchDeployRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = "blue"
    model: str
    compute: str = "local"
    environment: str | None = None
    code: str | None = None
    """The scoring script, as the contents API names it; MLflow models need none."""


class BatchEndpointsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.batch_endpoints.list(**page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        wanted = BatchEndpoint(**self.body_as(BatchEndpointRequest).model_dump())

        def created(workspace: Workspace) -> BatchEndpoint:
            with suppress(EndpointNotFound):
                found = workspace.batch_endpoints.get(wanted.name)
                raise Conflict(
                    _("There is an endpoint named {name} already.", name=found.name),
                    _("Choose another name, or deploy a model to that one."),
                )
            return workspace.batch_endpoints.create_or_update(wanted)

        self.answer(await self.ask(created), 201)


class BatchEndpointHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.batch_endpoints.get(name)))

    @authenticated
    @authorized
    async def patch(self, name: str) -> None:
        change = self.body_as(BatchEndpointChange).model_dump(exclude_none=True)

        def changed(workspace: Workspace) -> BatchEndpoint:
            found = workspace.batch_endpoints.get(name)
            return workspace.batch_endpoints.create_or_update(found.model_copy(update=change))

        self.answer(await self.ask(changed))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        await self.ask(lambda workspace: workspace.batch_endpoints.delete(name))
        self.set_status(204)
        self.finish()


class BatchDeploymentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.batch_endpoints.deployments.list(name, **page)))

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        asked = self.body_as(BatchDeployRequest)
        fields = asked.model_dump(exclude={"code"})
        if asked.code:
            script = self.on_disk(asked.code)
            fields["code_configuration"] = CodeConfiguration(code=str(script.parent), scoring_script=script.name)
        wanted = BatchDeployment(endpoint_name=name, **fields)
        made = await self.ask_patiently(
            lambda workspace: workspace.batch_endpoints.deployments.create_or_update(wanted)
        )
        self.answer(made, 201)


class BatchDeploymentHandler(AzmlHandler):
    @authenticated
    @authorized
    async def delete(self, name: str, deployment: str) -> None:
        await self.ask(lambda workspace: workspace.batch_endpoints.deployments.delete(name, deployment))
        self.set_status(204)
        self.finish()


class BatchInvokeHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        asked = self.body_as(InvokeRequest)
        job = await self.ask(
            lambda workspace: invoke_batch(
                workspace,
                name,
                asked.path,
                deployment=asked.deployment,
                changes=dict(asked.settings),
                job_name=asked.job_name,
                experiment=asked.experiment,
            )
        )
        self.answer(job, 202)
