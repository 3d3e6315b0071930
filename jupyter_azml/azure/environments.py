"""Environments of an Azure ML workspace, which builds them when the first job needs one."""

from pathlib import Path

from ..arm import WorkspaceId
from ..arm.environments import KIND, environment_fields, environment_from_arm
from ..entities import BuildContext, Environment, Page
from ..entities.environment_name import PREFIX
from ..errors import EnvironmentNotFound, NotFound, NotSupported, UsageError
from ..language import _
from ..schemas.environment import digest_of
from ..schemas.names import check_environment_name, environment_version_taken
from ..storage.reach import container_address
from ..workspace import EnvironmentsOperations
from ..workspace.environments import Listener
from .asset_upload import upload_asset
from .client import ArmClient
from .data import UPLOADS
from .datastores import AzureDatastores
from .versions import Versions, View

_MOST_COMPARED = 50
"""Versions, from the newest on, among which the same content is looked for."""


class AzureEnvironments(EnvironmentsOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId, datastores: AzureDatastores) -> None:
        self._datastores = datastores
        self._versions = Versions(client, workspace, KIND, environment_from_arm, _missing)

    def list(
        self,
        name: str | None = None,
        *,
        archived: bool | None = False,
        curated: bool = False,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Environment]:
        view: View = "all" if archived is None else "archived" if archived else "active"
        if name is None:
            return self._versions.newest_of_each(
                view, limit, continuation, keep_name=lambda each: _is_curated(each) == curated
            )
        return self._versions.list(name, view, limit, continuation)

    def get(self, name: str, version: str | None = None) -> Environment:
        if version is not None:
            return self._versions.get(name, version)
        found = self._versions.newest(name, "active")
        if found is None:
            self._versions.container(name)
            raise EnvironmentNotFound(
                _("All versions of the environment {name} are archived.", name=name),
                _("Bring them back: azml environment restore {name}", name=name),
            )
        return found

    def create_or_update(self, environment: Environment) -> Environment:
        """A build context on this machine is copied to the workspace first."""
        check_environment_name(environment.name, environment.version)
        wanted = environment.model_copy(update={"digest": digest_of(environment), "archived": False})
        there = self._same(wanted)
        if there is not None:
            return self._described(there, wanted)
        if wanted.build:
            wanted = wanted.model_copy(update={"build": self._brought(wanted, wanted.build)})
        fields = {key: value for key, value in environment_fields(wanted).items() if value is not None}
        return self._versions.create(wanted.name, wanted.version, fields)

    def build(self, name: str, version: str | None = None, listener: Listener | None = None) -> Environment:
        """Raises NotSupported."""
        raise NotSupported(
            _("Azure builds an environment when the first job needs it, and not when it is asked."),
            _("Submit a job with it; Azure ML studio shows the build's log: https://ml.azure.com"),
        )

    def archive(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, True)

    def restore(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, False)

    def prune(self, unused_days: float = 30) -> tuple[int, int]:
        """Raises NotSupported."""
        raise NotSupported(
            _("Images of environments are kept by Azure, in the workspace's container registry."),
            _("Delete them there: az acr repository delete"),
        )

    def _same(self, wanted: Environment) -> Environment | None:
        """The version that has this content. Raises Conflict for a version that has another."""
        try:
            if wanted.version:
                found = self._versions.get(wanted.name, wanted.version)
                if not _same_content(found, wanted):
                    raise environment_version_taken(wanted.name, wanted.version)
                return found
            page = self._versions.list(wanted.name, "active", _MOST_COMPARED)
        except EnvironmentNotFound:
            return None
        return next((each for each in page.items if _same_content(each, wanted)), None)

    def _described(self, there: Environment, wanted: Environment) -> Environment:
        said = {"description": wanted.description, "tags": wanted.tags}
        changes = {key: value for key, value in said.items() if value and value != getattr(there, key)}
        return self._versions.change(there.name, there.version, **changes) if changes else there

    def _brought(self, environment: Environment, build: BuildContext) -> BuildContext:
        """A folder with a slash at its end: the service takes any other address for a file."""
        if "://" in build.path:
            return build
        folder = Path(build.path).expanduser().absolute()
        if not (folder / build.dockerfile_path).is_file():
            raise UsageError(
                _("There is no {name} in {path}.", name=build.dockerfile_path, path=folder),
                _("Name a folder with a Dockerfile, or its path in it as dockerfile_path."),
            )
        datastore = self._datastores.get(UPLOADS)
        sent = upload_asset(
            self._datastores.store(UPLOADS), datastore.name, folder, environment.name, environment.version
        )
        below = sent.path.partition("/paths/")[2]
        return build.model_copy(update={"path": f"{container_address(datastore)}/{below}/"})


def _same_content(there: Environment, wanted: Environment) -> bool:
    return (there.digest or digest_of(there)) == wanted.digest


def _is_curated(name: str) -> bool:
    return name.lower().startswith(PREFIX.lower())


def _missing(name: str, version: str | None) -> NotFound:
    if version:
        return EnvironmentNotFound(
            _("There is no version {version} of the environment {name}.", name=name, version=version),
            _("See: azml environment list, and azml environment create --help"),
        )
    return EnvironmentNotFound(
        _("There is no environment named {name}.", name=name),
        _("See: azml environment list, and azml environment create --help"),
    )
