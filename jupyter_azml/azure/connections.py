"""Connections of an Azure ML workspace."""

from collections.abc import Mapping
from typing import Any

from ..arm import WorkspaceId
from ..arm.connections import connection_from_arm, connection_to_arm, credentials_from_arm
from ..arm.shape import mapping
from ..entities import Connection, Page
from ..entities.secret_name import check_connection_name
from ..errors import ConnectionNotFound, NotFound
from ..language import _
from ..workspace import ConnectionsOperations
from .client import ArmClient
from .errors import readable
from .paging import read_page
from .paths import path_to


class AzureConnections(ConnectionsOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]:
        return read_page(
            self._client,
            path_to(self._workspace, "connections"),
            query={},
            read=connection_from_arm,
            keep=lambda _connection: True,
            limit=limit,
            continuation=continuation,
        )

    def get(self, name: str) -> Connection:
        with readable():
            return connection_from_arm(self._get(name))

    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        check_connection_name(connection.name)
        wanted = connection_to_arm(connection, self._workspace, credentials)
        answer = self._client.put(
            path_to(self._workspace, "connections", connection.name), {"properties": wanted["properties"]}
        )
        with readable():
            return connection_from_arm(answer)

    def delete(self, name: str) -> None:
        self._client.delete(path_to(self._workspace, "connections", str(self._get(name).get("name"))))

    def credentials(self, name: str) -> dict[str, str]:
        found = str(self._get(name).get("name"))
        answer = self._client.ask(path_to(self._workspace, "connections", found, "listsecrets"))
        return credentials_from_arm(mapping(answer.get("properties")))

    def _get(self, name: str) -> Mapping[str, Any]:
        try:
            return self._client.get(path_to(self._workspace, "connections", name))
        except NotFound as error:
            if type(error) is not NotFound:
                raise
        names = ", ".join(each.name for each in self.list().items)
        others = " " + _("There are: {names}", names=names) if names else ""
        raise ConnectionNotFound(
            _("There is no connection named {name}.{others}", name=name, others=others),
            _("Create it with: azml connection create -f FILE.yml"),
        )
