"""Microsoft's own client of the workspace in force: of one in Azure, or of a local one by its emulator."""

import os
from typing import Any

from ..actions.emulate import start_emulator, variables_of
from ..connect import open_workspace
from ..entities import WorkspaceInfo
from ..workspace import Workspace


def ml_client_of(workspace: Workspace) -> Any:
    """An ``azure.ai.ml.MLClient``. Raises NotSupported where azure-ai-ml is not installed, WorkspaceError."""
    info = workspace.info()
    return (_emulated(info) if info.kind == "local" else workspace).ml_client()


def _emulated(info: WorkspaceInfo) -> Workspace:
    status = start_emulator(info)
    # The SDK makes clients of storage that can be told of no proxy: they look into this process's environment.
    os.environ.update(variables_of(info))
    return open_workspace(status.config)
