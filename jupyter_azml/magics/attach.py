"""``%azml attach``: the kernel's own choice of a workspace, which its MLflow follows."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from IPython import get_ipython

from ..connect import Connections
from ..errors import AzmlError, NotSupported
from ..workspace import Workspace
from .current_notebook import find_notebook


class KernelConnections(Connections):
    """Of one kernel: attaching in one notebook does not move another."""

    def __init__(self) -> None:
        super().__init__()
        self._followed: Workspace | None = None

    def attach(self, reference: str | None = None, **azure: str | None) -> Workspace:
        before = self._workspace
        workspace = super().attach(reference, **azure)
        if os.environ.get("AZUREML_RUN_ID"):
            return workspace  # a job's own run is tracked where the job is
        try:
            self._follow(workspace)
        except AzmlError:
            self._workspace = before
            raise
        return workspace

    def _follow(self, workspace: Workspace) -> None:
        try:
            workspace.tracking.follow(_ThisKernel())
            self._followed = workspace
        except NotSupported as error:
            if self._followed is not None:
                self._followed.tracking.leave()
                self._followed = None
            print(error.message, error.hint)


class _ThisKernel:
    @cache  # noqa: B019 - there is one, for as long as the process
    def notebook(self) -> Path | None:
        found = find_notebook(get_ipython())
        return found.path if found else None

    def leaving(self) -> str:
        kernel = getattr(get_ipython(), "kernel", None)
        # What ipykernel answers to whoever shuts it down.
        message: Any = getattr(kernel, "_shutdown_message", None)
        return "restart" if isinstance(message, dict) and message["content"].get("restart") else "shutdown"
