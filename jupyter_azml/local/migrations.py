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


def m002_queue(connection: sqlite3.Connection) -> None:
    # What lists filter, search and sort by, and what the queue goes by.
    for column in (
        "type TEXT NOT NULL DEFAULT 'notebook'",
        "display_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE",
        "description TEXT NOT NULL DEFAULT '' COLLATE NOCASE",
        "started TEXT NOT NULL DEFAULT ''",
        "ended TEXT NOT NULL DEFAULT ''",
        "archived INTEGER NOT NULL DEFAULT 0",
        "priority INTEGER NOT NULL DEFAULT 0",
        "nodes INTEGER NOT NULL DEFAULT 1",
    ):
        connection.execute(f"ALTER TABLE jobs ADD COLUMN {column}")
    connection.execute(
        """
        UPDATE jobs SET
            display_name = json_extract(entity, '$.display_name'),
            started = COALESCE(json_extract(entity, '$.started'), ''),
            ended = COALESCE(json_extract(entity, '$.ended'), '')
        """
    )
    connection.execute("CREATE INDEX jobs_by_archived ON jobs (archived, id)")
    connection.execute("CREATE INDEX jobs_to_cancel ON jobs (id) WHERE cancel_requested")
    connection.execute("CREATE INDEX jobs_in_queue ON jobs (status, compute, priority DESC, id)")
    connection.execute(
        """
        CREATE TABLE job_tags (
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            name TEXT NOT NULL COLLATE NOCASE,
            value TEXT NOT NULL,
            PRIMARY KEY (job, name)
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX job_tags_by_name ON job_tags (name, value, job)")
    connection.execute(
        "INSERT INTO job_tags SELECT jobs.id, tag.key, tag.value FROM jobs, json_each(entity, '$.tags') AS tag"
    )


def m003_computes(connection: sqlite3.Connection) -> None:
    # ``wanted`` is what a client asked of an instance; what is so follows from its nodes.
    connection.execute(
        """
        CREATE TABLE computes (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            created TEXT NOT NULL,
            wanted TEXT NOT NULL DEFAULT 'Running',
            entity TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE nodes (
            name TEXT PRIMARY KEY,
            compute TEXT NOT NULL COLLATE NOCASE,
            created TEXT NOT NULL,
            job TEXT COLLATE NOCASE,
            leaving INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """
    )


def m004_assets(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE data_assets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE,
            version TEXT NOT NULL COLLATE NOCASE,
            entity TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT
        """
    )
    # The values of secrets and credentials are never in here.
    connection.execute(
        """
        CREATE TABLE connections (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE secrets (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL
        ) STRICT
        """
    )


def m005_fingerprints(connection: sqlite3.Connection) -> None:
    # Jobs of before were given none, and "" is never asked for.
    connection.execute("ALTER TABLE jobs ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE INDEX jobs_by_fingerprint ON jobs (fingerprint, id) WHERE fingerprint <> ''")


def m006_datastores(connection: sqlite3.Connection) -> None:
    # Credentials are never in here. The workspace's own has no row, and is the default while no row is.
    connection.execute(
        """
        CREATE TABLE datastores (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL,
            is_default INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """
    )


def m007_data_versions(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE data_assets ADD COLUMN archived INTEGER NOT NULL DEFAULT 0")
    # ``latest`` has no row: it is the last one that was created.
    connection.execute(
        """
        CREATE TABLE data_labels (
            name TEXT NOT NULL COLLATE NOCASE,
            label TEXT NOT NULL COLLATE NOCASE,
            asset INTEGER NOT NULL REFERENCES data_assets (id) ON DELETE CASCADE,
            PRIMARY KEY (name, label)
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX data_labels_by_asset ON data_labels (asset)")
    connection.execute(
        """
        CREATE TABLE data_reads (
            asset INTEGER NOT NULL REFERENCES data_assets (id) ON DELETE CASCADE,
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            PRIMARY KEY (asset, job)
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX data_reads_by_job ON data_reads (job)")
    # What a file's content hashed to, while nothing of it changed; ``changed`` is both of its times.
    connection.execute(
        """
        CREATE TABLE content_hashes (
            path TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            changed TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT
        """
    )


def m008_environments(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE environments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE,
            version TEXT NOT NULL COLLATE NOCASE,
            digest TEXT NOT NULL,
            archived INTEGER NOT NULL DEFAULT 0,
            entity TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT
        """
    )


def m009_models(connection: sqlite3.Connection) -> None:
    # Times are in milliseconds, as MLflow's are.
    connection.execute(
        """
        CREATE TABLE models (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            description TEXT NOT NULL DEFAULT '',
            tags TEXT NOT NULL DEFAULT '{}',
            archived INTEGER NOT NULL DEFAULT 0,
            last_number INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL
        ) STRICT
        """
    )
    # The number is what MLflow knows the version by; see local/model_rows.py.
    connection.execute(
        """
        CREATE TABLE model_versions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
            version TEXT NOT NULL COLLATE NOCASE,
            number INTEGER NOT NULL,
            stage TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
            archived INTEGER NOT NULL DEFAULT 0,
            run TEXT,
            job TEXT COLLATE NOCASE,
            place TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            entity TEXT NOT NULL,
            UNIQUE (model, version),
            UNIQUE (model, number)
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX model_versions_by_job ON model_versions (job) WHERE job IS NOT NULL")
    connection.execute(
        """
        CREATE TABLE model_aliases (
            model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
            alias TEXT NOT NULL,
            version INTEGER NOT NULL REFERENCES model_versions ON DELETE CASCADE,
            PRIMARY KEY (model, alias)
        ) STRICT, WITHOUT ROWID
        """
    )
    connection.execute("CREATE INDEX model_aliases_by_version ON model_aliases (version)")
    connection.execute(
        """
        CREATE TABLE model_files (
            version INTEGER NOT NULL REFERENCES model_versions ON DELETE CASCADE,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID
        """
    )
    connection.execute("CREATE INDEX model_files_by_hash ON model_files (hash)")


def m010_endpoints(connection: sqlite3.Connection) -> None:
    # ``entity`` is what a client asked for; state and reason are the agent's. Of keys there are digests only.
    connection.execute(
        """
        CREATE TABLE endpoints (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL,
            keys TEXT NOT NULL DEFAULT '[]',
            leaving INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """
    )
    # ``revision`` is the one that is wanted, ``settled`` the last one that the agent has decided on, ``serving`` the
    # one that answers, or 0.
    connection.execute(
        """
        CREATE TABLE deployments (
            endpoint TEXT NOT NULL COLLATE NOCASE,
            name TEXT NOT NULL COLLATE NOCASE,
            entity TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1,
            settled INTEGER NOT NULL DEFAULT 0,
            serving INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'Creating',
            reason TEXT NOT NULL DEFAULT '',
            leaving INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (endpoint, name)
        ) STRICT
        """
    )


def m011_batch_and_alerts(connection: sqlite3.Connection) -> None:
    for table in ("batch_endpoints", "batch_deployments", "alert_rules"):
        connection.execute(f"CREATE TABLE {table} (name TEXT PRIMARY KEY COLLATE NOCASE, entity TEXT NOT NULL) STRICT")


def m012_shares(connection: sqlite3.Connection) -> None:
    # Per cent of the traffic that a deployment is to get as soon as it answers.
    connection.execute("ALTER TABLE deployments ADD COLUMN share INTEGER")


MIGRATIONS = (
    m001_jobs,
    m002_queue,
    m003_computes,
    m004_assets,
    m005_fingerprints,
    m006_datastores,
    m007_data_versions,
    m008_environments,
    m009_models,
    m010_endpoints,
    m011_batch_and_alerts,
    m012_shares,
)
