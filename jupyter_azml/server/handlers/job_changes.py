"""One change to many jobs."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, Field
from tornado.web import authenticated

from ...actions.change_jobs import Change, change_jobs
from .base import AzmlHandler


class JobsChangeRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    change: Change
    names: tuple[str, ...] = Field(min_length=1, max_length=10_000)


class JobsChangeHandler(AzmlHandler):
    """What could not be changed is named in the answer, and stops none of the others."""

    @authenticated
    @authorized
    async def post(self) -> None:
        asked = self.body_as(JobsChangeRequest)
        self.answer(await self.ask_patiently(lambda workspace: change_jobs(workspace, asked.change, asked.names)))
