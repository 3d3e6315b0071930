"""Models of an Azure ML workspace."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..arm import WorkspaceId
from ..arm.models import KIND, model_fields, model_from_arm
from ..arm.registries import registry_asset
from ..entities import (
    DatastorePath,
    File,
    LocalPath,
    Model,
    ModelQuery,
    ModelType,
    Page,
    model_reference,
    read_address,
)
from ..errors import Conflict, DataNotFound, ModelNotFound, NotFound, UsageError
from ..language import _
from ..schemas.mlmodel import MLMODEL, read_model_facts
from ..schemas.names import LATEST, check_alias, check_model_name, check_model_version, model_version_taken
from ..workspace import ModelsOperations
from ..workspace.datastores import Progress
from .asset_upload import upload_asset
from .client import ArmClient
from .data import UPLOADS, AzureData
from .datastores import AzureDatastores
from .registries import Registries
from .versions import Versions

_CHANGEABLE = ("description", "tags", "properties", "stage")
_PIECE = 1 << 20


class AzureModels(ModelsOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId, datastores: AzureDatastores, data: AzureData) -> None:
        self._workspace = workspace
        self._datastores = datastores
        self._data = data
        self._registries = Registries(client)
        self._versions = Versions(client, workspace, KIND, model_from_arm, _missing)

    def list(self, query: ModelQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Model]:
        wanted = query or ModelQuery()
        keep = wanted.admits if wanted.model_fields_set - {"name", "archived"} else None
        if wanted.name is None:
            return self._versions.newest_of_each(wanted.archived, limit, continuation, keep=keep)
        return self._versions.list(wanted.name, wanted.archived, limit, continuation, keep=keep)

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> Model:
        if version is None and label and label.lower() != LATEST:
            return self._labelled(name, label)
        found = self._versions.get(name, version)
        given = (alias for alias, of in self._versions.labels(found.name).items() if of == found.version)
        return found.model_copy(update={"aliases": tuple(sorted(given))})

    def find(self, reference: str) -> Model:
        """A model of a registry, too: ``azureml://registries/NAME/models/NAME/versions/VERSION``."""
        if shared := registry_asset(reference):
            if shared.kind != KIND:
                raise UsageError(
                    _("{text} names no model.", text=reference),
                    _("Write azureml://registries/REGISTRY/models/NAME/versions/VERSION."),
                )
            return self._registries.get(shared, model_from_arm)
        named = model_reference(reference)
        if named is None:
            raise UsageError(
                _("{text} names no model.", text=reference),
                _("Write azureml:NAME:VERSION, azureml:NAME@latest or azureml:NAME@ALIAS."),
            )
        return self.get(named.name, named.version, label=named.label)

    def create_or_update(self, model: Model, *, progress: Progress | None = None) -> Model:
        """Files of this machine are copied to the workspace. What lies in it is registered where it is."""
        check_model_name(model.name)
        if not model.path:
            return self._change(model)
        if model.version:
            check_model_version(model.version)
            if self._versions.has(model.name, model.version):
                raise model_version_taken(model.name, model.version)
        wanted = self._brought(model, progress)
        fields = {key: value for key, value in model_fields(wanted, self._workspace).items() if value is not None}
        made = self._versions.create(wanted.name, wanted.version, fields)
        return self.get(made.name, made.version)

    def files(
        self, name: str, version: str, path: str = "", *, limit: int = 200, continuation: str | None = None
    ) -> Page[File]:
        """The first level is the model's own file or folder: what is beside it is none of the model's."""
        place = self._place(self.get(name, version))
        if not path.strip("/"):
            found = self._datastores.stat(place.datastore, place.path)
            return Page[File](items=(found.model_copy(update={"path": place.leaf}),))
        page = self._datastores.browse(
            place.datastore, f"{place.above}{path.strip('/')}", limit=limit, continuation=continuation
        )
        start = len(place.above)
        items = tuple(file.model_copy(update={"path": file.path[start:]}) for file in page.items)
        return Page[File](items=items, continuation=page.continuation)

    def contents(self, name: str, version: str) -> dict[str, str]:
        """Each file is read whole for it, but for one whose uploader wrote its hash down."""
        place = self._place(self.get(name, version))
        return {path[len(place.above) :]: self._hash(place.datastore, path) for path in self._paths(place)}

    def download(self, name: str, version: str, target: Path, *, progress: Progress | None = None) -> Path:
        place = self._place(self.get(name, version))
        wanted = target / place.leaf
        if wanted.exists() or wanted.is_symlink():
            raise Conflict(
                _("There is a {path} already.", path=wanted), _("Choose another folder with --download-path.")
            )
        beside = target / f".{place.leaf[:100]}.{os.urandom(4).hex()}.part"
        try:
            target.mkdir(parents=True, exist_ok=True)
            beside.mkdir()
            self._datastores.download(place.datastore, place.path, beside / place.leaf, progress=progress)
            (beside / place.leaf).rename(wanted)
        except OSError as error:
            raise UsageError(
                _("{folder} does not take the files: {detail}", folder=target, detail=error.strerror or error),
                _("Choose another folder with --download-path."),
            ) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return wanted

    def archive(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, True)

    def restore(self, name: str, version: str | None = None) -> None:
        self._versions.set_archived(name, version, False)

    def delete(self, name: str, version: str | None = None) -> None:
        """The files stay in the datastore, as the service leaves them."""
        found = self._versions.resource(name, version) if version else self._versions.container(name)
        self._versions.delete(str(found.get("name")) if version is None else name, version)

    def set_alias(self, name: str, alias: str, version: str) -> Model:
        check_alias(alias)
        found = self._versions.get(name, version)
        self._versions.set_labels(found.name, lambda before: {**_without(before, alias), alias: found.version})
        return self.get(found.name, found.version)

    def delete_alias(self, name: str, alias: str) -> None:
        if alias.lower() not in {each.lower() for each in self._versions.labels(name)}:
            raise ModelNotFound(
                _("The model {name} has no alias {alias}.", name=name, alias=alias),
                _("See: azml model list --name {name}", name=name),
            )
        self._versions.set_labels(name, lambda before: _without(before, alias))

    def _labelled(self, name: str, label: str) -> Model:
        labels = self._versions.labels(name)
        version = next((of for alias, of in labels.items() if alias.lower() == label.lower()), None)
        if version is not None:
            return self.get(name, version)
        page = self._versions.list(name, "active", 1, keep=lambda model: model.stage.lower() == label.lower())
        if page.items:
            return self.get(name, page.items[0].version)
        names = ", ".join(sorted(labels))
        raise ModelNotFound(
            _("The model {name} has no alias and no stage {label}.", name=name, label=label),
            _("It has the aliases: {names}.", names=names)
            if names
            else _("See: azml model list --name {name}", name=name),
        )

    def _brought(self, model: Model, progress: Progress | None) -> Model:
        if model_reference(model.path):
            of = self.find(model.path)
            return model.model_copy(update={"path": of.path, "source": model.source or model.path, "type": of.type})
        address = read_address(model.path)
        if not isinstance(address, LocalPath):
            if isinstance(address, DatastorePath):
                self._data.stat(model.path)  # raises DataNotFound
            return model
        source = Path(address.path).expanduser().absolute()
        update = self._facts(model, source)
        sent = upload_asset(self._datastores.store(UPLOADS), UPLOADS, source, model.name, model.version, progress)
        made = {"path": sent.path, "source": model.source or model.path, "size": sent.size, "files": sent.files}
        return model.model_copy(update={**update, **made})

    def _facts(self, model: Model, source: Path) -> dict[str, Any]:
        """What an MLmodel file says. Raises UsageError for an MLflow model that is none."""
        if not source.exists():
            raise DataNotFound(
                _("There is nothing at {path}.", path=source),
                _("Check the path; in a YAML file it begins from the file."),
            )
        if source.is_dir() and not any(file.is_file() for file in source.rglob("*")):
            raise UsageError(
                _("{path} holds no files.", path=source), _("Give the file or the folder that the model was saved to.")
            )
        facts = read_model_facts(source)
        kind = ModelType.MLFLOW if facts.flavors and "type" not in model.model_fields_set else model.type
        if kind is ModelType.MLFLOW and not facts.flavors:
            raise UsageError(
                _("{path} is no MLflow model: it has no file {file}.", path=model.path, file=MLMODEL),
                _("Name the folder that mlflow.<flavor>.save_model wrote, or register it as custom_model."),
            )
        return {"type": kind, "flavors": facts.flavors, "signature": facts.signature}

    def _change(self, model: Model) -> Model:
        if not model.version:
            raise UsageError(
                _("A model needs the path of its files."), _("Give --path; or --version, to change one that is there.")
            )
        given = {name: getattr(model, name) for name in _CHANGEABLE if name in model.model_fields_set}
        found = self._versions.change(model.name, model.version, **given)
        return self.get(found.name, found.version)

    def _place(self, model: Model) -> "_Place":
        location = self._data.locate(model.path)
        if not location.datastore:
            raise DataNotFound(
                _("The files of {name} {version} are not here.", name=model.name, version=model.version),
                _("It was registered from {source}. Register it again.", source=model.path),
            )
        path = location.path.rstrip("/")
        return _Place(location.datastore, path, PurePosixPath(path).name or "model")

    def _paths(self, place: "_Place") -> Iterator[str]:
        found = self._datastores.stat(place.datastore, place.path)
        if not found.is_folder:
            yield place.path
            return
        for file in self._datastores.store(place.datastore).walk(place.path):
            yield file.path

    def _hash(self, datastore: str, path: str) -> str:
        written = self._datastores.store(datastore).marks(path).get("content_hash")
        if written:
            return written
        found = hashlib.sha256()
        with self._datastores.open(datastore, path) as file:
            while piece := file.read(_PIECE):
                found.update(piece)
        return found.hexdigest()


class _Place(NamedTuple):
    datastore: str
    path: str
    leaf: str

    @property
    def above(self) -> str:
        """What stands in the path before the leaf."""
        return self.path[: len(self.path) - len(self.leaf)]


def _without(labels: dict[str, str], alias: str) -> dict[str, str]:
    return {name: version for name, version in labels.items() if name.lower() != alias.lower()}


def _missing(name: str, version: str | None) -> NotFound:
    if version:
        return ModelNotFound(
            _("There is no version {version} of the model {name}.", name=name, version=version),
            _("See: azml model list --name {name}", name=name),
        )
    return ModelNotFound(_("There is no model named {name}.", name=name), _("See: azml model list"))
