"""A new version of a model: its files copied, what they say of it, where it comes from, its row."""

import sqlite3

from ..entities import Model, ModelLineage, ModelType
from ..errors import UsageError
from ..language import _
from ..schemas.mlmodel import MLMODEL, ModelFacts, read_model_facts
from ..schemas.names import model_version_taken
from ..workspace.datastores import Progress
from .db import Database
from .jobs import LocalJobs
from .model_files import KeptFiles, Staged, staged
from .model_lineage import lineage_of
from .model_records import keep_records
from .model_rows import ensure_model, has_version, insert_version, next_version
from .model_sources import ModelSource
from .paths import DATASTORE, WorkspacePaths
from .runs import Runs


class Registration:
    def __init__(self, paths: WorkspacePaths, db: Database, jobs: LocalJobs, runs: Runs) -> None:
        self._paths = paths
        self._db = db
        self._jobs = jobs
        self._runs = runs
        self._kept = KeptFiles(paths, db)

    def add(
        self, model: Model, source: ModelSource, run: str | None, at: int, progress: Progress | None
    ) -> sqlite3.Row:
        """Its row, with a copy of the files; ``at`` is in milliseconds. Raises UsageError, Conflict."""
        with staged(self._paths, source.place, source.leaf, self._kept, progress) as copy:
            facts = read_model_facts(copy.folder / source.leaf)
            origin = run or source.run or self._run_of(facts)
            wanted = _with_facts(model, source, facts, lineage_of(self._jobs, self._runs, origin), copy)
            return self._insert(wanted, origin, copy, at)

    def refer(self, model: Model, run: str | None, at: int) -> sqlite3.Row:
        """Its row, without files."""
        wanted = model.model_copy(update={"lineage": lineage_of(self._jobs, self._runs, run)})
        return self._insert(wanted, run, None, at)

    def _run_of(self, facts: ModelFacts) -> str | None:
        """The run that an MLmodel file names, if it is one of this workspace."""
        if facts.run and self._runs.facts(facts.run):
            return facts.run
        return None

    def _insert(self, model: Model, run: str | None, copy: Staged | None, at: int) -> sqlite3.Row:
        with self._db.write() as connection:
            row = ensure_model(connection, model.name, at)
            version = model.version or next_version(connection, row)
            if has_version(connection, model.name, version):
                raise model_version_taken(row["name"], version)
            place = ""
            if copy:
                place = _free_place(self._paths, connection, row["name"], version)
                copy.publish(self._paths.models / place)
            leaf = model.path.rpartition("/")[2]
            path = f"azureml://datastores/{DATASTORE}/paths/models/{place}/{leaf}" if copy else model.source
            wanted = model.model_copy(update={"name": row["name"], "version": version, "path": path})
            kept = insert_version(connection, wanted, at=at, run=run, place=place, files=copy.files if copy else ())
            keep_records(self._paths, connection, kept["model"], kept["id"])
            return kept


def _with_facts(model: Model, source: ModelSource, facts: ModelFacts, lineage: ModelLineage, copy: Staged) -> Model:
    """Raises UsageError for an MLflow model that is none."""
    kind = model.type
    if facts.flavors and "type" not in model.model_fields_set:
        kind = ModelType.MLFLOW
    if kind is ModelType.MLFLOW and not facts.flavors:
        raise UsageError(
            _("{path} is no MLflow model: it has no file {file}.", path=model.path, file=MLMODEL),
            _("Name the folder that mlflow.<flavor>.save_model wrote, or register it as custom_model."),
        )
    return model.model_copy(
        update={
            "type": kind,
            "path": source.leaf,
            "source": model.source or model.path,
            "flavors": facts.flavors,
            "signature": facts.signature,
            "input_example": facts.input_example,
            "lineage": lineage.model_copy(update={"environment": {**facts.environment, **lineage.environment}}),
            "size": copy.size,
            "files": len(copy.files),
            "hash": copy.hash,
            "properties": {**({"mlflow.modelId": facts.model_id} if facts.model_id else {}), **model.properties},
        }
    )


def _free_place(paths: WorkspacePaths, connection: sqlite3.Connection, name: str, version: str) -> str:
    """Below the models' folder. A renamed model keeps the places that it had, and no files are written over."""
    place, number = f"{name}/{version}", 1
    taken = "SELECT 1 FROM model_versions WHERE place = ? COLLATE NOCASE"
    while connection.execute(taken, (place,)).fetchone() or (paths.models / place).exists():
        number += 1
        place = f"{name}/{version}~{number}"
    return place
