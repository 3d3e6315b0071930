"""Models in Azure, which are not spoken to about yet. Each says so, and where they are to be had."""

from pathlib import Path

from ..entities import File, Model, ModelQuery, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import ModelsOperations
from ..workspace.datastores import Progress


class AzureModels(ModelsOperations):
    def list(self, query: ModelQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Model]:
        """Raises NotSupported."""
        raise _no_models()

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> Model:
        """Raises NotSupported."""
        raise _no_models()

    def find(self, reference: str) -> Model:
        """Raises NotSupported."""
        raise _no_models()

    def create_or_update(self, model: Model, *, progress: Progress | None = None) -> Model:
        """Raises NotSupported."""
        raise _no_models()

    def files(
        self, name: str, version: str, path: str = "", *, limit: int = 200, continuation: str | None = None
    ) -> Page[File]:
        """Raises NotSupported."""
        raise _no_models()

    def contents(self, name: str, version: str) -> dict[str, str]:
        """Raises NotSupported."""
        raise _no_models()

    def download(self, name: str, version: str, target: Path, *, progress: Progress | None = None) -> Path:
        """Raises NotSupported."""
        raise _no_models()

    def archive(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_models()

    def restore(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_models()

    def delete(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_models()

    def set_alias(self, name: str, alias: str, version: str) -> Model:
        """Raises NotSupported."""
        raise _no_models()

    def delete_alias(self, name: str, alias: str) -> None:
        """Raises NotSupported."""
        raise _no_models()


def _no_models() -> NotSupported:
    return NotSupported(_("Models in Azure cannot be reached yet."), _("`az ml model` and Azure ML studio show them."))
