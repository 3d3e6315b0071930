"""Drift of what a deployment was asked and what it answered, from collected rows and a data asset."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from ..entities import DriftReport, OnlineDeployment
from ..monitoring.baseline import check_columns, read_baseline
from ..monitoring.collection import collected_rows
from ..monitoring.drift import LEAST_ROWS, MOST_ROWS, columns_of, compare_columns
from ..workspace import DataOperations
from .collections import collection_folders
from .paths import WorkspacePaths

_BASELINE_AGE = 600.0
"""Seconds after which a baseline is read again: a folder may have changed."""


class DriftLook:
    """Keeps the baselines that it has read."""

    def __init__(self, paths: WorkspacePaths, data: DataOperations) -> None:
        self._paths = paths
        self._data = data
        self._baselines: dict[str, tuple[float, dict[str, list[Any]]]] = {}

    def report(
        self,
        endpoint: str,
        deployments: list[OnlineDeployment],
        baseline: str,
        *,
        window: float,
        prediction_column: str = "",
        limit: float | None = None,
    ) -> DriftReport:
        """Raises DataNotFound, DataUnreadable, StorageError."""
        before = self.baseline(baseline)
        check_columns(before, prediction_column, baseline)
        since = datetime.now(UTC) - timedelta(seconds=window)
        rows: dict[str, list[dict[str, Any]]] = {"model_inputs": [], "model_outputs": []}
        for deployment in deployments:
            if deployment.data_collector is None:
                continue
            folders = collection_folders(self._paths, endpoint, deployment.name, deployment.data_collector)
            for name in rows.keys() & folders.keys():
                rows[name] += collected_rows(folders[name], since=since, most=MOST_ROWS)
        inputs, outputs = rows["model_inputs"], rows["model_outputs"]
        verdict = compare_columns(
            before, columns_of(inputs), columns_of(outputs), prediction_column=prediction_column, limit=limit
        )
        return DriftReport(
            endpoint=endpoint,
            deployment=deployments[0].name if len(deployments) == 1 else "",
            baseline=baseline,
            rows=max(len(inputs), len(outputs)),
            needed=LEAST_ROWS,
            baseline_rows=max(map(len, before.values()), default=0),
            is_drifting=verdict.is_drifting,
            columns=verdict.columns,
        )

    def baseline(self, path: str) -> dict[str, list[Any]]:
        """Raises DataNotFound, DataUnreadable, StorageError."""
        read_at, found = self._baselines.get(path, (-_BASELINE_AGE, {}))
        if time.monotonic() - read_at >= _BASELINE_AGE:
            found = read_baseline(self._data.fetch(path), path)
            self._baselines[path] = time.monotonic(), found
        return found
