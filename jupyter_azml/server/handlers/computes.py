"""Computes: where jobs run."""

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ...entities import Compute
from ...errors import ComputeNotFound, Conflict
from ...language import _
from ...workspace import Workspace
from .base import AzmlHandler


class ComputesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.computes.list(**page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        """A new one; PUT of its own URL changes one."""
        asked = self.body_as(Compute)

        def create(workspace: Workspace) -> Compute:
            try:
                known = workspace.computes.get(asked.name)
            except ComputeNotFound:
                return workspace.computes.create_or_update(asked)
            raise Conflict(
                _("There is a compute named {name} already.", name=known.name),
                _("Choose another name, or change that one: azml compute update {name}", name=known.name),
            )

        self.answer(await self.ask_patiently(create), status=201)


class ComputeHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.computes.get(name)))

    @authenticated
    @authorized
    async def put(self, name: str) -> None:
        asked = self.body_as(Compute).model_copy(update={"name": name})

        def change(workspace: Workspace) -> Compute:
            workspace.computes.get(name)
            return workspace.computes.create_or_update(asked)

        self.answer(await self.ask_patiently(change))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        await self.ask_patiently(lambda workspace: workspace.computes.delete(name))
        self.set_status(204)
        self.finish()


class ComputeStateHandler(AzmlHandler):
    """Returns at once; the state says how far it is."""

    @authenticated
    @authorized
    async def post(self, name: str, verb: str) -> None:
        self.answer(await self.ask_patiently(lambda workspace: getattr(workspace.computes, verb)(name)))


class NodesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.computes.nodes(name)))


class SizesHandler(AzmlHandler):
    """What a compute may be made of."""

    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(await self.ask(lambda workspace: workspace.computes.sizes()))


class UsageHandler(AzmlHandler):
    """Quotas, in cores."""

    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(await self.ask(lambda workspace: workspace.computes.usage()))
