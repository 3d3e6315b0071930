"""What MLflow's registry store needs of whoever keeps the models. No mlflow here.

The tables are the workspace's, which tracking knows nothing of: ``connect.open_model_registry`` brings both together.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol


class ModelRow(NamedTuple):
    name: str
    created: int
    """Milliseconds since the epoch; so are the others."""
    updated: int
    description: str
    tags: dict[str, str]
    aliases: dict[str, int]


class VersionRow(NamedTuple):
    name: str
    number: int
    version: str
    """What Azure calls it; mostly the number."""
    created: int
    updated: int
    description: str
    stage: str
    """"" for none."""
    source: str
    run: str | None
    tags: dict[str, str]
    properties: dict[str, str]
    aliases: tuple[str, ...]


class Registry(Protocol):
    """Raises ModelNotFound, Conflict, UsageError and what else an ``AzmlError`` is.

    A version is named by its number; or by what Azure calls it, where that is text.
    """

    def models(self) -> list[ModelRow]: ...

    def model(self, name: str) -> ModelRow: ...

    def create_model(self, name: str, description: str, tags: Mapping[str, str], at: int) -> ModelRow: ...

    def change_model(self, name: str, *, at: int | None = None, **changes: Any) -> ModelRow:
        """``description`` and ``tags``."""
        ...

    def rename_model(self, name: str, new_name: str, at: int) -> ModelRow: ...

    def delete_model(self, name: str) -> None: ...

    def versions(self, name: str | None = None) -> list[VersionRow]: ...

    def version(self, name: str, version: int | str) -> VersionRow: ...

    def create_version(
        self,
        name: str,
        source: str,
        *,
        place: str | None,
        run: str | None,
        description: str,
        tags: Mapping[str, str],
        properties: Mapping[str, str],
        at: int,
    ) -> VersionRow:
        """``place`` is where the files can be read, when that is not ``source``."""
        ...

    def change_version(self, name: str, version: int | str, *, at: int | None = None, **changes: Any) -> VersionRow:
        """``description``, ``tags`` and ``stage``. With ``at`` the model has changed, too, when its stage has."""
        ...

    def delete_version(self, name: str, version: int | str, at: int) -> None: ...

    def set_alias(self, name: str, alias: str, version: int | str) -> None: ...

    def delete_alias(self, name: str, alias: str) -> None:
        """One that is not there is no error."""
        ...

    def download_uri(self, name: str, version: int | str) -> str: ...
