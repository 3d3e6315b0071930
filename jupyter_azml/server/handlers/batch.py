"""Batch endpoints over REST."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, JsonValue
from tornado.web import authenticated

from ...actions.invoke_batch import invoke_batch
from .base import AzmlHandler


class Invocation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The data by any of its names."""
    deployment: str | None = None
    settings: dict[str, JsonValue] = {}
    """Fields of ``BatchSettings``, for this one time."""
    job_name: str | None = None
    experiment: str = ""


class BatchEndpointsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.batch_endpoints.list(**page)))


class BatchEndpointHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.batch_endpoints.get(name)))

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


class BatchInvokeHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        asked = self.body_as(Invocation)
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
