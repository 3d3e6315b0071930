"""Models, as any workspace offers them."""

from abc import ABC, abstractmethod
from pathlib import Path

from ..entities import File, Model, ModelQuery, Page
from .datastores import Progress


class ModelsOperations(ABC):
    """Names are case-insensitive. Every method that is given one raises ModelNotFound, naming those that are near."""

    @abstractmethod
    def list(self, query: ModelQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Model]:
        """The newest version of each model, the last created first; all versions when the query names a model."""

    @abstractmethod
    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> Model:
        """``label`` is ``latest``, an alias, or a stage, whose newest version is meant. Without either: the newest."""

    @abstractmethod
    def find(self, reference: str) -> Model:
        """``azureml:NAME:VERSION``, ``azureml:NAME@LABEL``, ``models:/NAME/VERSION``, an ARM id.

        Raises UsageError for what is no reference.
        """

    @abstractmethod
    def create_or_update(self, model: Model, *, progress: Progress | None = None) -> Model:
        """With a path, a new version, with a copy of what is there; without, what may change of a version.

        Those are description, tags, properties and stage. Raises Conflict for a version that is there already,
        DataNotFound, JobNotFound, UsageError.
        """

    @abstractmethod
    def files(
        self, name: str, version: str, path: str = "", *, limit: int = 200, continuation: str | None = None
    ) -> Page[File]:
        """One level of a version's files. Raises DataNotFound."""

    @abstractmethod
    def contents(self, name: str, version: str) -> dict[str, str]:
        """All files of a version, each with the SHA-256 of what is in it."""

    @abstractmethod
    def download(self, name: str, version: str, target: Path, *, progress: Progress | None = None) -> Path:
        """Into the folder ``target``, under the model's own file name; answers with where it is, whole or not at all.

        Raises Conflict when something is there, DataNotFound.
        """

    @abstractmethod
    def archive(self, name: str, version: str | None = None) -> None:
        """Takes a version, or the whole model, out of lists; it can be used as before."""

    @abstractmethod
    def restore(self, name: str, version: str | None = None) -> None:
        """Brings it back into lists."""

    @abstractmethod
    def delete(self, name: str, version: str | None = None) -> None:
        """A version, or the whole model, with its files. Raises Conflict, naming the deployments that use it."""

    @abstractmethod
    def set_alias(self, name: str, alias: str, version: str) -> Model:
        """Lets the alias mean this version, whatever it meant before. Raises UsageError for a word that is taken."""

    @abstractmethod
    def delete_alias(self, name: str, alias: str) -> None:
        """Raises ModelNotFound when there is no such alias."""
