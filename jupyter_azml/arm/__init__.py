"""Azure ML's wire format: entities to ARM JSON and back. Pure functions; ``azure/`` calls and ``emulator/`` answers."""

from .computes import compute_from_arm, compute_to_arm
from .errors import error_from_arm, error_to_arm
from .ids import WorkspaceId, last_name
from .jobs import job_from_arm, job_to_arm
from .notebook import papermill_command, without_secrets
from .sizes import node_from_arm, node_to_arm, size_from_arm, size_to_arm, usage_from_arm, usage_to_arm
from .workspaces import workspace_from_arm, workspace_to_arm

__all__ = [
    "WorkspaceId",
    "compute_from_arm",
    "compute_to_arm",
    "error_from_arm",
    "error_to_arm",
    "job_from_arm",
    "job_to_arm",
    "last_name",
    "node_from_arm",
    "node_to_arm",
    "papermill_command",
    "size_from_arm",
    "size_to_arm",
    "usage_from_arm",
    "usage_to_arm",
    "without_secrets",
    "workspace_from_arm",
    "workspace_to_arm",
]
