"""Workspaces: the one in force, those that are known, another one in its place."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ...entities import WorkspaceInfo
from ...errors import UsageError
from ...language import _
from ..feed import Feed
from .base import AzmlHandler


class AttachRequest(BaseModel):
    """One of: a name or folder, a path of Jupyter's own files, an Azure workspace."""

    model_config = ConfigDict(extra="forbid")

    reference: str = ""
    path: str = ""
    """A folder or a config.json, as the contents API names it."""
    subscription_id: str = ""
    resource_group: str = ""
    workspace_name: str = ""


class CreateRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    description: str = ""
    tags: dict[str, str] = {}


class WorkspaceHandler(AzmlHandler):
    """The one in force; a POST attaches another one, for this server and for the user's next processes."""

    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(await self.ask(lambda workspace: workspace.info()))

    @authenticated
    @authorized
    async def post(self) -> None:
        asked = self.body_as(AttachRequest)
        reference = str(self.on_disk(asked.path)) if asked.path else asked.reference
        azure = {
            "subscription": asked.subscription_id,
            "resource_group": asked.resource_group,
            "workspace_name": asked.workspace_name,
        }
        connector = self.settings["azml_connector"]

        def attach() -> WorkspaceInfo:
            if not reference and not any(azure.values()):
                raise UsageError(
                    _("Which workspace? None is named."),
                    _("Name one, a folder or a config.json, or all three of Azure's names."),
                )
            info: WorkspaceInfo = connector.attach(reference or None, **azure).info()
            return info

        info = await self.think_patiently(attach)
        feed: Feed = self.settings["azml_feed"]
        feed.tell({"op": "workspace", "workspace": info.to_data()})
        self.answer(info)


class WorkspacesHandler(AzmlHandler):
    """The local workspaces of this user, and the one in force; with ?azure=1 those that the sign-in sees in Azure, too.

    A POST makes a local one.
    """

    @authenticated
    @authorized
    async def get(self) -> None:
        connector = self.settings["azml_connector"]
        if self.get_query_argument("azure", "") == "1":
            self.answer(await self.think_patiently(lambda: connector.list(azure=True)))
        else:
            self.answer(await self.think(connector.list))

    @authenticated
    @authorized
    async def post(self) -> None:
        asked = self.body_as(CreateRequest)
        connector = self.settings["azml_connector"]
        found = await self.think(
            lambda: connector.create(asked.name, description=asked.description, tags=dict(asked.tags))
        )
        self.answer(found, status=201)
