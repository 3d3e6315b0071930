"""Models of a local workspace: rows, and files that are kept once and never change."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from ..entities import File, Model, ModelQuery, Page, model_reference
from ..errors import Conflict, DataNotFound, ModelNotFound, UsageError
from ..language import _
from ..schemas.names import check_alias, check_model_name, check_model_version, model_version_taken
from ..storage.files import translated
from ..storage.folder import Folder
from ..workspace import DataOperations, ModelsOperations
from ..workspace.datastores import Progress
from .db import Database
from .files import remove_tree
from .jobs import LocalJobs
from .model_aliases import drop_alias, put_alias
from .model_files import copy_out
from .model_lineage import lineage_of
from .model_list import read_models
from .model_records import forget_records, keep_records
from .model_registration import Registration
from .model_rows import (
    SELECT,
    files_of,
    has_version,
    labelled_row,
    load_version,
    model_row,
    now_ms,
    update_version,
    version_row,
)
from .model_sources import ModelSource, ModelSources
from .paths import DATASTORE, WorkspacePaths
from .runs import Runs

_CHANGEABLE = ("description", "tags", "properties", "stage")


class LocalModels(ModelsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, jobs: LocalJobs, data: DataOperations) -> None:
        self.deployments_using: Callable[[str, str], Sequence[str]] = lambda _name, _version: ()
        """Names the live deployments of a version, as ``ENDPOINT/DEPLOYMENT``."""
        jobs.before_removal = self._keep_lineage
        self._paths = paths
        self._db = db
        self._jobs = jobs
        self._runs = Runs(paths.folder)
        self._registration = Registration(paths, db, jobs, self._runs)
        self.sources = ModelSources(paths, data, self._runs, self.find, self.place)

    def list(self, query: ModelQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Model]:
        with self._db.read() as connection:
            if query and query.name:
                model_row(connection, query.name)
            rows, following = read_models(connection, query or ModelQuery(), limit, continuation)
        return Page[Model](items=tuple(map(load_version, rows)), continuation=following)

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> Model:
        """With what is known of its job by now."""
        with self._db.read() as connection:
            row = (
                version_row(connection, name, version) if version else labelled_row(connection, name, label or "latest")
            )
        return self._with_lineage(row)

    def find(self, reference: str) -> Model:
        named = model_reference(reference)
        if named is None:
            raise UsageError(
                _("{text} names no model.", text=reference),
                _("Write azureml:NAME:VERSION, azureml:NAME@latest or azureml:NAME@ALIAS."),
            )
        return self.get(named.name, named.version, label=named.label)

    def create_or_update(self, model: Model, *, progress: Progress | None = None) -> Model:
        check_model_name(model.name)
        if not model.path:
            return self._change(model)
        if model.version:
            check_model_version(model.version)
            with self._db.read() as connection:
                if has_version(connection, model.name, model.version):
                    raise model_version_taken(model.name, model.version)
        return self.register(model, self.sources.reach(model.path, progress), progress=progress)

    def register(
        self,
        model: Model,
        source: ModelSource,
        *,
        run: str | None = None,
        at: int | None = None,
        progress: Progress | None = None,
    ) -> Model:
        """Copies the files and gives them a version; ``at`` is in milliseconds."""
        return self._of(self._registration.add(model, source, run, at or now_ms(), progress))

    def refer(self, model: Model, *, run: str | None, at: int) -> Model:
        """A version of which no files are here, as MLflow allows."""
        return self._of(self._registration.refer(model, run, at))

    def files(
        self, name: str, version: str, path: str = "", *, limit: int = 200, continuation: str | None = None
    ) -> Page[File]:
        folder = self.folder(self.get(name, version))
        with translated(DATASTORE, path):
            return Folder(folder).browse(path, limit=limit, continuation=continuation)

    def contents(self, name: str, version: str) -> dict[str, str]:
        with self._db.read() as connection:
            return {file.path: file.hash for file in files_of(connection, version_row(connection, name, version))}

    def download(self, name: str, version: str, target: Path, *, progress: Progress | None = None) -> Path:
        model = self.get(name, version)
        place, folder = self.place(model), self.folder(model)
        wanted = target / place.name
        if wanted.exists() or wanted.is_symlink():
            raise Conflict(
                _("There is a {path} already.", path=wanted), _("Choose another folder with --download-path.")
            )
        with self._db.read() as connection:
            files = files_of(connection, version_row(connection, name, version))
        beside = target / f".{place.name[:100]}.{os.urandom(4).hex()}.part"
        try:
            target.mkdir(parents=True, exist_ok=True)
            copy_out(files, folder, beside, progress)
            (beside / place.name).rename(wanted)
        except OSError as error:
            raise UsageError(
                _("{folder} does not take the files: {detail}", folder=target, detail=error.strerror or error),
                _("Choose another folder with --download-path."),
            ) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return wanted

    def archive(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, True)

    def restore(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, False)

    def delete(self, name: str, version: str | None = None) -> None:
        with self._db.read() as connection:
            row = version_row(connection, name, version) if version else model_row(connection, name)
            rows = [row] if version else self._versions(connection, row)
        for each in rows:
            self.refuse_used(row["name"], each["version"])
        with self._db.write() as connection:
            if version:
                connection.execute("DELETE FROM model_versions WHERE id = ?", (row["id"],))
                keep_records(self._paths, connection, row["model"])
            else:
                rows = self._versions(connection, row)
                connection.execute("DELETE FROM models WHERE id = ?", (row["id"],))
        forget_records(self._paths, *(each["id"] for each in rows))
        for each in rows:
            if each["place"]:
                remove_tree(self._paths.models / each["place"])
        if not version:
            _remove_empty(self._paths.models / row["name"])

    def set_alias(self, name: str, alias: str, version: str) -> Model:
        check_alias(alias)
        with self._db.write() as connection:
            row = version_row(connection, name, version)
            before = put_alias(connection, row, alias)
            keep_records(self._paths, connection, row["model"], row["id"], *before)
        return self.get(name, row["version"])

    def delete_alias(self, name: str, alias: str) -> None:
        with self._db.write() as connection:
            model = model_row(connection, name)
            gone = drop_alias(connection, model["id"], alias)
            keep_records(self._paths, connection, model["id"], *gone)
        if not gone:
            raise ModelNotFound(
                _("The model {name} has no alias {alias}.", name=model["name"], alias=alias),
                _("See: azml model list --name {name}", name=model["name"]),
            )

    def folder(self, model: Model) -> Path:
        """What a deployment is given as ``AZUREML_MODEL_DIR``. Raises DataNotFound when no files are here."""
        with self._db.read() as connection:
            row = version_row(connection, model.name, model.version)
        place = self._paths.models / str(row["place"])
        if not row["place"] or not place.is_dir():
            raise _files_gone(model)
        return place

    def place(self, model: Model) -> Path:
        """The model's own file or folder, below ``folder``. It is shared between versions: read it only.

        Raises DataNotFound when no files are here.
        """
        place = self.folder(model) / model.path.rpartition("/")[2]
        if not place.exists():
            raise _files_gone(model)
        return place

    def _of(self, row: sqlite3.Row) -> Model:
        return self.get(row["name"], row["version"])

    def _change(self, model: Model) -> Model:
        if not model.version:
            raise UsageError(
                _("A model needs the path of its files."), _("Give --path; or --version, to change one that is there.")
            )
        given = {name: getattr(model, name) for name in _CHANGEABLE if name in model.model_fields_set}
        with self._db.write() as connection:
            row = version_row(connection, model.name, model.version)
            update_version(connection, row, now_ms(), **given)
            keep_records(self._paths, connection, row["model"], row["id"])
        return self.get(model.name, row["version"])

    def _with_lineage(self, row: sqlite3.Row) -> Model:
        """What the job has done since is looked up, and kept for when the job is gone."""
        model = load_version(row)
        now = lineage_of(self._jobs, self._runs, row["run"]) if row["run"] else model.lineage
        if row["run"] is None or (now.job is None and model.lineage.job):
            return model
        environment = {**model.lineage.environment, **now.environment}
        lineage = now.model_copy(update={"environment": environment})
        if lineage != model.lineage:
            with self._db.write() as connection:
                found = connection.execute(f"{SELECT} WHERE v.id = ?", (row["id"],)).fetchone()
                if found:
                    update_version(connection, found, lineage=lineage)
                    keep_records(self._paths, connection, found["model"], found["id"])
        return model.model_copy(update={"lineage": lineage})

    def _keep_lineage(self, job: str) -> None:
        """Of a job that is about to go."""
        with self._db.read() as connection:
            rows = connection.execute(f"{SELECT} WHERE v.job = ?", (job,)).fetchall()
        for row in rows:
            self._with_lineage(row)

    def _versions(self, connection: sqlite3.Connection, model: sqlite3.Row) -> Sequence[sqlite3.Row]:
        return connection.execute("SELECT * FROM model_versions WHERE model = ?", (model["id"],)).fetchall()

    def refuse_used(self, name: str, version: str) -> None:
        if users := self.deployments_using(name, version):
            raise Conflict(
                _("{users} serves {name} {version}.", users=", ".join(users), name=name, version=version),
                _("Delete the deployment or let it serve another version; then delete this one."),
            )

    def _set_archived(self, name: str, version: str | None, archived: bool) -> None:
        with self._db.write() as connection:
            if version:
                row = version_row(connection, name, version)
                update_version(connection, row, archived=archived)
                keep_records(self._paths, connection, row["model"], row["id"])
            else:
                model = model_row(connection, name)
                connection.execute("UPDATE models SET archived = ? WHERE id = ?", (int(archived), model["id"]))
                keep_records(self._paths, connection, model["id"])


def _files_gone(model: Model) -> DataNotFound:
    return DataNotFound(
        _("The files of {name} {version} are not here.", name=model.name, version=model.version),
        _("It was registered from {source}. Register it again.", source=model.source),
    )


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
