"""The log of a deployment, as far as it is, or for as long as somebody looks."""

import time
from collections.abc import Iterator

from ..workspace import Workspace

PAUSE = 0.3


class DeploymentLog:
    def __init__(self, workspace: Workspace, endpoint: str, name: str, *, lines: int, follows: bool) -> None:
        self._workspace = workspace
        self._endpoint = endpoint
        self._name = name
        self._lines = lines
        self.follows = follows

    def text(self) -> str:
        return self._workspace.endpoints.deployments.logs(self._endpoint, self._name, tail=self._lines)[0]

    def to_data(self) -> dict[str, str]:
        return {"endpoint": self._endpoint, "deployment": self._name, "log": self.text()}

    def parts(self) -> Iterator[str]:
        """As they come; ends only with the deployment. Raises DeploymentNotFound once that is gone."""
        logs = self._workspace.endpoints.deployments.logs
        text, offset = logs(self._endpoint, self._name, tail=self._lines)
        yield text
        while self.follows:
            time.sleep(PAUSE)
            text, offset = logs(self._endpoint, self._name, offset=offset)
            if text:
                yield text
