"""Connections of an Azure ML workspace."""

from collections.abc import Mapping

from ..arm import WorkspaceId
from ..arm.connections import connection_from_arm, connection_to_arm, credentials_from_arm
from ..arm.shape import mapping
from ..entities import Connection, Page
from ..entities.secret_name import check_connection_name
from ..errors import ConnectionNotFound
from ..language import _
from ..workspace import ConnectionsOperations
from .client import ArmClient
from .errors import readable
from .named import Named


class AzureConnections(ConnectionsOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace
        self._named = Named(client, workspace, ("connections",), connection_from_arm, _missing)

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]:
        return self._named.list(limit, continuation)

    def get(self, name: str) -> Connection:
        return self._named.get(name)

    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        check_connection_name(connection.name)
        wanted = connection_to_arm(connection, self._workspace, credentials)
        answer = self._client.put(self._named.path(connection.name), {"properties": wanted["properties"]})
        with readable():
            return connection_from_arm(answer)

    def delete(self, name: str) -> None:
        self._named.delete(name)

    def credentials(self, name: str) -> dict[str, str]:
        answer = self._client.ask(self._named.path(self.get(name).name, "listsecrets"))
        return credentials_from_arm(mapping(answer.get("properties")))


def _missing(name: str, names: list[str]) -> ConnectionNotFound:
    others = " " + _("There are: {names}", names=", ".join(names)) if names else ""
    return ConnectionNotFound(
        _("There is no connection named {name}.{others}", name=name, others=others),
        _("Create it with: azml connection create -f FILE.yml"),
    )
