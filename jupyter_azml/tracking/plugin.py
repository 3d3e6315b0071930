"""What MLflow's entry point loads. It is loaded while mlflow itself is half imported, hence the import inside."""

from typing import Any

from .address import workspace_folder


def open_store(store_uri: str | None = None, artifact_uri: str | None = None) -> Any:
    """The tracking store of ``azml:///path/of/workspace``."""
    from .store import JournallingStore

    return JournallingStore(workspace_folder(store_uri or ""))
