"""Experiments of a local workspace: the names that its jobs carry."""

from datetime import datetime

from ..entities import Experiment, Page
from ..workspace import ExperimentsOperations
from .db import Database


class LocalExperiments(ExperimentsOperations):
    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        start = int(continuation or 0)
        with self._db.read() as connection:
            rows = connection.execute(
                "SELECT experiment, COUNT(*) AS jobs, MAX(created) AS last, MAX(id) AS newest FROM jobs "
                "GROUP BY experiment ORDER BY newest DESC LIMIT ? OFFSET ?",
                (limit + 1, start),
            ).fetchall()
        items = tuple(
            Experiment(name=row["experiment"], jobs=row["jobs"], last_created=datetime.fromisoformat(row["last"]))
            for row in rows[:limit]
        )
        return Page[Experiment](items=items, continuation=str(start + limit) if len(rows) > limit else None)
