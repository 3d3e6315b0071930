"""Computes of an Azure ML workspace."""

from collections.abc import Mapping
from typing import Any

from ..arm import (
    WorkspaceId,
    compute_from_arm,
    compute_to_arm,
    node_from_arm,
    size_from_arm,
    usage_from_arm,
)
from ..arm.shape import mapping
from ..entities import Compute, ComputeSize, ComputeType, Node, Page, Usage
from ..errors import ComputeNotFound, NotFound, NotSupported, UsageError
from ..language import _
from ..workspace import ComputesOperations
from .client import ArmClient
from .errors import readable
from .facts import WorkspaceFacts
from .paging import read_page
from .paths import path_in, path_to


class AzureComputes(ComputesOperations):
    """Changes are asked for and not waited for: the state says how far the service is."""

    def __init__(self, client: ArmClient, workspace: WorkspaceId, facts: WorkspaceFacts) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts

    def list(
        self, *, type: ComputeType | None = None, limit: int = 50, continuation: str | None = None
    ) -> Page[Compute]:
        return read_page(
            self._client,
            path_to(self._workspace, "computes"),
            query={},
            read=compute_from_arm,
            keep=lambda compute: type in (None, compute.type),
            limit=limit,
            continuation=continuation,
        )

    def get(self, name: str) -> Compute:
        try:
            answer = self._client.get(path_to(self._workspace, "computes", name))
            with readable():
                return compute_from_arm(answer)
        except NotFound as error:
            if type(error) is not NotFound:
                raise
        names = ", ".join(compute.name for compute in self.list().items)
        raise ComputeNotFound(
            _("There is no compute named {name}.", name=name), _("The workspace has: {names}", names=names or "–")
        )

    def create_or_update(self, compute: Compute) -> Compute:
        if left_out := [str(note.values["key"]) for note in compute.notes if note.code == "KeyNotDone"]:
            raise NotSupported(
                _("These are not sent to Azure yet: {names}", names=", ".join(left_out)),
                _("Leave them out, or use az ml compute create."),
            )
        wanted = compute_to_arm(compute, self._workspace, self._facts.location)
        path = path_to(self._workspace, "computes", compute.name)
        answer = self._client.put(path, _changed(self._before(path), wanted))
        with readable():
            return compute_from_arm(answer)

    def delete(self, name: str) -> None:
        compute = self.get(name)
        action = "Detach" if compute.type.is_attached else "Delete"
        self._client.delete(path_to(self._workspace, "computes", compute.name), {"underlyingResourceAction": action})

    def start(self, name: str) -> Compute:
        return self._ask_instance(name, "start")

    def stop(self, name: str) -> Compute:
        return self._ask_instance(name, "stop")

    def restart(self, name: str) -> Compute:
        return self._ask_instance(name, "restart")

    def nodes(self, name: str) -> Page[Node]:
        compute = self.get(name)
        answer = self._client.ask(path_to(self._workspace, "computes", compute.name, "listNodes"))
        return Page[Node](items=tuple(node_from_arm(node, compute.name) for node in answer.get("nodes") or ()))

    def sizes(self) -> Page[ComputeSize]:
        return Page[ComputeSize](items=tuple(map(size_from_arm, self._in_region("vmSizes"))))

    def usage(self) -> Page[Usage]:
        return Page[Usage](items=tuple(map(usage_from_arm, self._in_region("usages"))))

    def _before(self, path: str) -> Mapping[str, Any]:
        """{} for what is new."""
        try:
            return self._client.get(path)
        except NotFound:
            return {}

    def _ask_instance(self, name: str, action: str) -> Compute:
        compute = self.get(name)
        if compute.type is not ComputeType.COMPUTEINSTANCE:
            raise UsageError(
                _("{name} is no compute instance: only those are started and stopped.", name=compute.name),
                _("A cluster has nodes while it has jobs, and none when it is idle."),
            )
        self._client.post(path_to(self._workspace, "computes", compute.name, action))
        return self.get(name)

    def _in_region(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(self._client.get(path_in(self._workspace, self._facts.location, kind)).get("value") or ())


def _changed(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be sent: with all that somebody else has said of it, such as its network, and we have no word for."""
    old, new = mapping(before.get("properties")), mapping(wanted.get("properties"))
    if old.get("computeType") != new.get("computeType"):
        old = {}
    inner = {**mapping(old.get("properties")), **mapping(new.get("properties"))}
    properties = {
        **_sendable({key: value for key, value in old.items() if key in _KEPT}),
        **_sendable(new),
        "properties": _sendable(inner),
    }
    return {key: wanted[key] for key in ("location", "tags")} | {"properties": properties}


def _sendable(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is the service's to say."""
    return {key: value for key, value in properties.items() if key not in _OBSERVED and value is not None}


_KEPT = {"description", "resourceId", "disableLocalAuth"}
_OBSERVED = {
    "provisioningState",
    "createdOn",
    "state",
    "allocationState",
    "currentNodeCount",
    "targetNodeCount",
    "nodeStateCounts",
    "allocationStateTransitionTime",
    "errors",
    "applications",
    "connectivityEndpoints",
    "createdBy",
    "dataDisks",
    "lastOperation",
    "versions",
}
