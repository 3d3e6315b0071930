"""Online endpoints over REST, and a relay to their models for pages that cannot reach the gateway."""

from contextlib import suppress
from typing import Any, Literal

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, Field
from tornado.web import authenticated

from ...actions.deploy_model import begin_deployment, deploy_model, finish_deployment
from ...entities import (
    AuthMode,
    CodeConfiguration,
    DataCollection,
    DataCollector,
    EndpointKeys,
    EndpointToken,
    OnlineDeployment,
    OnlineEndpoint,
)
from ...entities.endpoint import PINNED
from ...errors import AzmlError, Conflict, EndpointNotFound, InvocationFailed
from ...language import _
from ...workspace import Workspace
from ..patience import start_thread
from .base import AzmlHandler


class EndpointRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    auth_mode: AuthMode = AuthMode.KEY
    description: str = ""
    tags: dict[str, str] = {}


class EndpointChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    description: str | None = None
    tags: dict[str, str] | None = None
    traffic: dict[str, int] | None = None
    mirror_traffic: dict[str, int] | None = None


class DeployRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    model: str = ""
    environment: str = ""
    instance_count: int = Field(default=1, ge=1, le=64)
    traffic: int | None = None
    auth_mode: AuthMode = AuthMode.KEY
    """Of the endpoint, where there is none yet."""
    code: str | None = None
    """The scoring script, as the contents API names it."""
    environment_variables: dict[str, str] = {}
    collect: bool = False
    """Whether inputs and outputs are kept, which drift is told from."""
    wait: bool = True
    """Whether to answer when the model does, or has failed; else at once, and the state says how far it is."""


class DeploymentChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    instance_count: int | None = Field(default=None, ge=1, le=64)
    description: str | None = None
    tags: dict[str, str] | None = None
    environment_variables: dict[str, str] | None = None
    collect: bool | None = None


class KeyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Literal["primary", "secondary"]


class EndpointsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.endpoints.list(**page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        wanted = OnlineEndpoint(**self.body_as(EndpointRequest).model_dump())
        self.answer(await self.ask(lambda workspace: _created(workspace, wanted)), status=201)


class EndpointHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.endpoints.get(name)))

    @authenticated
    @authorized
    async def patch(self, name: str) -> None:
        change = self.body_as(EndpointChange).model_dump(exclude_none=True)

        def changed(workspace: Workspace) -> OnlineEndpoint:
            found = workspace.endpoints.get(name)
            return workspace.endpoints.create_or_update(found.model_copy(update=change))

        self.answer(await self.ask(changed))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        await self.ask(lambda workspace: workspace.endpoints.delete(name))
        self.set_status(204)
        self.finish()


class DeploymentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.endpoints.deployments.list(name, **page)))

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Deploys a model."""
        asked = self.body_as(DeployRequest)
        fields = asked.model_dump(exclude={"code", "collect", "wait"})
        if asked.code:
            script = self.on_disk(asked.code)
            fields["code_configuration"] = CodeConfiguration(code=str(script.parent), scoring_script=script.name)
        if asked.collect:
            fields["data_collector"] = COLLECTING
        if asked.wait:
            self.answer(await self.ask_patiently(lambda workspace: deploy_model(workspace, name, **fields)), status=201)
        else:
            self.answer(await self.ask_patiently(lambda workspace: _begun(workspace, name, fields)), status=202)


class DeploymentHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str, deployment: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.endpoints.deployments.get(name, deployment)))

    @authenticated
    @authorized
    async def patch(self, name: str, deployment: str) -> None:
        """What answers goes on until the changed one does."""
        change = self.body_as(DeploymentChange).model_dump(exclude_none=True)
        if (collect := change.pop("collect", None)) is not None:
            change["data_collector"] = COLLECTING if collect else None

        def changed(workspace: Workspace) -> OnlineDeployment:
            found = workspace.endpoints.deployments.get(name, deployment)
            return workspace.endpoints.deployments.create_or_update(found.model_copy(update=change))

        self.answer(await self.ask_patiently(changed))

    @authenticated
    @authorized
    async def delete(self, name: str, deployment: str) -> None:
        await self.ask(lambda workspace: workspace.endpoints.deployments.delete(name, deployment))
        self.set_status(204)
        self.finish()


class DeploymentLogHandler(AzmlHandler):
    """The last lines, and where to read on: ``?offset=…`` gives what was written since."""

    @authenticated
    @authorized
    async def get(self, name: str, deployment: str) -> None:
        given = self.get_query_argument("offset", "")
        offset = int(given) if given.isdigit() else None
        text, end = await self.ask(
            lambda workspace: workspace.endpoints.deployments.logs(name, deployment, offset=offset)
        )
        self.finish({"text": text, "offset": end})


class CredentialsHandler(AzmlHandler):
    """The keys of an endpoint, or a new token; a POST makes a key anew."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        def credentials(workspace: Workspace) -> EndpointKeys | EndpointToken:
            takes_keys = workspace.endpoints.get(name).auth_mode is AuthMode.KEY
            return workspace.endpoints.keys(name) if takes_keys else workspace.endpoints.token(name)

        self.set_header("Cache-Control", "no-store")
        self.answer(await self.ask(credentials))

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        key = self.body_as(KeyRequest).key
        self.set_header("Cache-Control", "no-store")
        self.answer(await self.ask(lambda workspace: workspace.endpoints.regenerate_key(name, key)))


class ScoreHandler(AzmlHandler):
    """What the model answers, with its status. ``?deployment=…`` asks this one, whatever the traffic."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        deployment = self.get_query_argument("deployment", None)
        kind = self.request.headers.get("Content-Type", "application/json")
        body = self.request.body
        try:
            found = await self.ask_patiently(
                lambda workspace: workspace.endpoints.invoke(name, body, deployment=deployment, content_type=kind)
            )
        except InvocationFailed as error:
            if not error.status:
                raise
            self.set_status(error.status)
            self.set_header("Content-Type", "application/json")
            self.finish(error.body)
            return
        self.set_header("Content-Type", found.content_type or "application/json")
        self.set_header(PINNED, found.deployment)
        self.set_header("azml-seconds", f"{found.seconds:.6f}")
        self.finish(found.body)


COLLECTING = DataCollector(
    collections={"model_inputs": DataCollection(), "model_outputs": DataCollection()}, rolling_rate="hour"
)
"""All of what comes and goes, as drift needs it."""


def _created(workspace: Workspace, wanted: OnlineEndpoint) -> OnlineEndpoint:
    """Raises Conflict: what is meant as a new one must not take the traffic from another."""
    with suppress(EndpointNotFound):
        found = workspace.endpoints.get(wanted.name)
        raise Conflict(
            _("There is an endpoint named {name} already.", name=found.name),
            _("Choose another name, or deploy a model to that one."),
        )
    return workspace.endpoints.create_or_update(wanted)


def _begun(workspace: Workspace, endpoint: str, fields: dict[str, Any]) -> OnlineDeployment:
    """The rest goes on without whoever asked."""
    made, share = begin_deployment(workspace, endpoint, **fields)

    def finish() -> None:
        # The deployment's state and reason tell of it.
        with suppress(AzmlError):
            finish_deployment(workspace, made, share)

    start_thread(finish)
    return made
