"""A process that folds until it is killed, as the agent does: ``folder.py WORKSPACE``."""

import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from jupyter_azml.tracking.folding import fold_open_runs
from jupyter_azml.tracking.paths import TrackingPaths

paths = TrackingPaths(Path(sys.argv[1]))
connection = sqlite3.connect(paths.database, timeout=1, isolation_level=None)
print("folding", flush=True)
while True:
    with suppress(sqlite3.OperationalError):
        fold_open_runs(connection, paths)
