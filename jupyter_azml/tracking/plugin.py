"""What MLflow's entry point loads. It is loaded while mlflow itself is half imported, hence the import inside."""

from typing import Any

from .address import workspace_folder


def open_store(store_uri: str | None = None, artifact_uri: str | None = None) -> Any:
    """The tracking store of ``azml:///path/of/workspace``."""
    from .model_format import write_models_as_azure
    from .store import JournallingStore

    write_models_as_azure()
    return JournallingStore(workspace_folder(store_uri or ""))
