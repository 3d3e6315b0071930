"""Where outputs of jobs are, as Azure's clients understand it: an address in a datastore, no path of this machine."""

from functools import cached_property
from pathlib import Path
from typing import Any

from ..arm.shape import mapping
from ..entities import DataType
from ..workspace import Workspace

_MOST_DATASTORES = 500


class OutputAddresses:
    """Made anew for each request: the datastores are looked at once, and only when a path is to be told."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def address(self, uri: str, kind: str) -> str:
        """``kind``: the output's type; what is no file ends with a slash, as in Azure. Other addresses stay."""
        if not uri.startswith("/"):
            return uri
        place = Path(uri)
        for name, folder in self._folders.items():
            if place.is_relative_to(folder):
                end = "" if kind == DataType.URI_FILE else "/"
                return f"azureml://datastores/{name}/paths/{place.relative_to(folder).as_posix()}{end}"
        return uri

    def told(self, job: dict[str, Any]) -> dict[str, Any]:
        """A job as ARM has it, with such addresses."""
        outputs = {
            name: {**output, "uri": self.address(str(output["uri"]), output["jobOutputType"])}
            if mapping(output).get("uri")
            else output
            for name, output in job["properties"]["outputs"].items()
        }
        return {**job, "properties": {**job["properties"], "outputs": outputs}}

    @cached_property
    def _folders(self) -> dict[str, Path]:
        """The innermost first: one datastore may lie in another's folder."""
        found = self._workspace.datastores.list(limit=_MOST_DATASTORES).items
        folders = [(each.name, Path(each.path)) for each in found if each.path]
        return dict(sorted(folders, key=lambda each: -len(each[1].parts)))
