"""ARM ids: ``/subscriptions/…/workspaces/W/jobs/J``. The service compares them without regard to case."""

import re
from dataclasses import dataclass

PROVIDER = "Microsoft.MachineLearningServices"

_WORKSPACE = re.compile(
    rf"/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/{re.escape(PROVIDER)}/workspaces/([^/]+)(?:/.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WorkspaceId:
    subscription: str
    resource_group: str
    name: str

    @classmethod
    def parse(cls, arm_id: str) -> "WorkspaceId":
        """The workspace of an id, or of the id of anything in it. Raises ValueError for any other text."""
        found = _WORKSPACE.fullmatch(arm_id)
        if not found:
            raise ValueError(f"not the id of a workspace: {arm_id}")
        return cls(*found.groups())

    def __str__(self) -> str:
        return (
            f"/subscriptions/{self.subscription}/resourceGroups/{self.resource_group}"
            f"/providers/{PROVIDER}/workspaces/{self.name}"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkspaceId) and str(self).lower() == str(other).lower()

    def __hash__(self) -> int:
        return hash(str(self).lower())

    def child(self, kind: str, name: str) -> str:
        return f"{self}/{kind}/{name}"


def last_name(reference: str) -> str:
    """The name that an id ends with: of ``…/computes/cpu``, of ``azureml:cpu`` and of plain ``cpu`` it is ``cpu``."""
    return reference.rstrip("/").rpartition("/")[2].removeprefix("azureml:")
