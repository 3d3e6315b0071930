"""Environments: what a job's Python finds."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ...actions.create_environment import create_environment_of_text
from ...entities import Environment
from ...workspace import Workspace
from ..builds import BuildLog, Builds
from .base import AzmlHandler


class EnvironmentRequest(BaseModel):
    """What it is made of, as the texts of the files that a person has."""

    model_config = ConfigDict(extra="forbid")

    name: str
    version: str = ""
    description: str = ""
    tags: dict[str, str] = {}
    packages: tuple[str, ...] = ()
    requirements: str = ""
    """The text of pip's requirements.txt."""
    conda_file: str = ""
    """The text of a conda file."""
    image: str = ""


class EnvironmentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        """The newest version of each, or with ``name`` its versions; ``curated=1``: those of Azure;
        ``archived=1``: only those that are.
        """
        page = self.paging()
        name = self.get_query_argument("name", None)
        curated = self.get_query_argument("curated", "") == "1"
        archived = self.get_query_argument("archived", "") == "1"
        self.answer(
            await self.ask(
                lambda workspace: workspace.environments.list(name, archived=archived, curated=curated, **page)
            )
        )

    @authenticated
    @authorized
    async def post(self) -> None:
        """The version that has this content: a new one unless there is one."""
        asked = self.body_as(EnvironmentRequest)
        given = asked.model_dump()
        self.answer(await self.ask(lambda workspace: create_environment_of_text(workspace, **given)), status=201)


class EnvironmentHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        version = self.get_query_argument("version", None)
        self.answer(await self.ask(lambda workspace: workspace.environments.get(name, version)))


class EnvironmentArchiveHandler(AzmlHandler):
    """Without ``version`` all of them."""

    @authenticated
    @authorized
    async def post(self, name: str, verb: str) -> None:
        version = self.get_query_argument("version", None)
        await self.ask(lambda workspace: getattr(workspace.environments, verb)(name, version))
        self.set_status(204)
        self.finish()


class EnvironmentBuildHandler(AzmlHandler):
    """A POST begins a build; GET with ``offset`` gives what it has printed since, and how it stands."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        given = self.get_query_argument("offset", "0")
        offset = int(given) if given.isdecimal() else 0
        version = self.get_query_argument("version", "")
        builds: Builds = self.settings["azml_builds"]

        def look(workspace: Workspace) -> BuildLog:
            build = builds.find(workspace, name, version)
            return build.log(offset) if build else BuildLog()

        self.answer(await self.ask(look))

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        version = self.get_query_argument("version", None)
        builds: Builds = self.settings["azml_builds"]

        def start(workspace: Workspace) -> Environment:
            found = workspace.environments.get(name, version)
            builds.start(workspace, found.name, found.version)
            return found

        self.answer(await self.ask(start), status=202)
