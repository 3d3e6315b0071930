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
from ..entities import Compute, ComputeSize, ComputeType, Node, Page, Usage
from ..errors import ComputeNotFound, NotFound, NotSupported, UsageError
from ..language import _
from ..workspace import ComputesOperations
from .client import ArmClient
from .paging import read_page
from .paths import path_in, path_to


class AzureComputes(ComputesOperations):
    """Changes are asked for and not waited for: the state says how far the service is."""

    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

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
            return compute_from_arm(self._client.get(path_to(self._workspace, "computes", name)))
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
        wanted = compute_to_arm(compute, self._workspace, self._location())
        # These are the service's to say.
        sent = {key: wanted[key] for key in ("location", "tags", "properties")}
        sent["properties"] = {key: sent["properties"][key] for key in sent["properties"] if key not in _OBSERVED}
        sent["properties"]["properties"] = {
            key: value for key, value in sent["properties"]["properties"].items() if key not in _OBSERVED
        }
        return compute_from_arm(self._client.put(path_to(self._workspace, "computes", compute.name), sent))

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
        return tuple(self._client.get(path_in(self._workspace, self._location(), kind)).get("value") or ())

    def _location(self) -> str:
        return str(self._client.get(path_to(self._workspace)).get("location") or "")


_OBSERVED = {
    "provisioningState",
    "createdOn",
    "state",
    "allocationState",
    "currentNodeCount",
    "targetNodeCount",
    "nodeStateCounts",
}
