"""Data in a notebook: something to take a path or a DataFrame from, wherever it lies."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..actions.preview_data import address_of, preview_data, profile_data
from ..entities import DataAsset, Page
from ..workspace import Workspace

if TYPE_CHECKING:
    from .look import ShownPreview, ShownProfile


class Data:
    """By the name of an asset, a path, or any address. Of an asset it has the attributes, too: ``version``, ``tags``, …

    What lies elsewhere is fetched once, into the workspace's place for copies.
    """

    def __init__(self, workspace: Workspace, reference: str, asset: DataAsset | None = None) -> None:
        self._workspace = workspace
        self._asset = asset
        self.address = f"azureml:{asset.name}:{asset.version}" if asset else address_of(workspace, reference)
        """As the workspace resolves it."""

    def path(self) -> Path:
        """On this machine, to be read from. Raises DataNotFound, StorageError."""
        return self._workspace.data.fetch(self.address)

    def to_pandas(self, **options: Any) -> Any:
        """All rows as a DataFrame; options go to the function of pandas that reads the format.

        Raises NotSupported for what is no table.
        """
        from ..preview.frame import read_frame

        return read_frame(self.path(), **options)

    def to_duckdb(self, connection: Any = None) -> Any:
        """A relation of DuckDB's, which reads what a question needs and no more; of a connection of one's own where
        it is to be joined. Raises NotSupported for what is no table.
        """
        from ..preview.frame import read_relation

        return read_relation(self.path(), connection)

    def preview(self, rows: int = 20) -> "ShownPreview":
        from .look import ShownPreview

        return ShownPreview(preview_data(self._workspace, self.address, rows=rows))

    def profile(self) -> "ShownProfile":
        from .look import ShownProfile

        return ShownProfile(profile_data(self._workspace, self.address))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in DataAsset.model_fields:
            raise AttributeError(name)
        return getattr(self._entity(), name)

    def __repr__(self) -> str:
        return f"<Data {self.address}>"

    def _repr_html_(self) -> str | None:
        if self._asset is None:
            return None
        from .table import Table

        return Table(Page(items=(self._asset,)))._repr_html_()

    def _entity(self) -> DataAsset:
        if self._asset is None:
            name, _colon, version = self.address.removeprefix("azureml:").partition(":")
            if not self.address.startswith("azureml:") or "/" in self.address:
                raise AttributeError(self.address)
            self._asset = self._workspace.data.get(name, version)
        return self._asset


class DataByName:
    """``get_workspace().data``: the port's operations, with assets that can be used."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> Data:
        """Without a version or a label, the newest one. Raises DataNotFound."""
        return Data(self._workspace, name, self._workspace.data.get(name, version, label=label))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._workspace.data, name)


class WorkspaceHere:
    """The workspace in force, whose data can be used: ``get_workspace().data.get("diabetes")``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.data = DataByName(workspace)

    def ml_client(self) -> Any:
        """An ``azure.ai.ml.MLClient`` of the workspace, signed in as we are. A local one is spoken to by its emulator,
        which is started; from then on this process finds it under Azure's names.

        Raises NotSupported where azure-ai-ml is not installed.
        """
        from .sdk import ml_client_of

        return ml_client_of(self._workspace)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._workspace, name)

    def __repr__(self) -> str:
        info = self._workspace.info()
        return f"<Workspace {info.name} ({info.kind})>"
