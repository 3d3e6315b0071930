"""The schema's history. Append only: a migration that has landed is never edited.

Each runs in one transaction with its record, ``PRAGMA user_version``.
"""

import sqlite3


def m001_jobs(connection: sqlite3.Connection) -> None:
    # ``entity`` is the truth; the other columns repeat what lists filter and sort by.
    connection.execute(
        """
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            status TEXT NOT NULL,
            experiment TEXT NOT NULL COLLATE NOCASE,
            compute TEXT NOT NULL COLLATE NOCASE,
            created TEXT NOT NULL,
            cancel_requested INTEGER NOT NULL DEFAULT 0,
            entity TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX jobs_by_status ON jobs (status, id)")
    connection.execute("CREATE INDEX jobs_by_experiment ON jobs (experiment, id)")
    connection.execute(
        """
        CREATE TABLE job_states (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            status TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX job_states_by_job ON job_states (job, seq)")


MIGRATIONS = (m001_jobs,)
