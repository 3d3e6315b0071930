"""Starting the two kinds of process that outlive their starter: the agent, and a worker per job."""

import os
import subprocess
import sys
import time
from typing import Any

from ..entities import Job
from ..tracking.address import tracking_uri
from .files import read_json
from .locks import FileLock, is_held
from .paths import WorkspacePaths
from .submitter import recorded_environment

PATIENCE = 3.0
"""Seconds between two attempts of one process to start an agent: the first may be about to take the lock."""

_last_attempt: dict[str, float] = {}


def ensure_agent(paths: WorkspacePaths) -> None:
    """Starts an agent unless one holds the lock. Two at once do no harm: the second leaves.

    Call it after the request is written: an agent that is leaving looks once more after it gave up the lock.
    """
    if is_held(paths.agent_lock):
        return
    key, now = str(paths.folder), time.monotonic()
    if now - _last_attempt.get(key, -PATIENCE) < PATIENCE:
        return
    _last_attempt[key] = now
    command = [sys.executable, "-P", "-m", "jupyter_azml.local.agent", str(paths.folder)]
    with paths.agent_log.open("ab") as log:
        # The shell leaves at once, so that the agent is nobody's child: no terminal, kernel or server takes it along.
        subprocess.run(
            ["/bin/sh", "-c", '"$@" &', "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=recorded_environment(),
            start_new_session=True,
            check=True,
        )


def start_worker(paths: WorkspacePaths, job: Job, lock: FileLock) -> "subprocess.Popen[bytes]":
    """The worker inherits the lock, so that there is no moment in which its job looks dead. Raises OSError."""
    folder = paths.job(job.name)
    submitter: dict[str, Any] = read_json(folder.submitter) or {}
    command = [submitter.get("interpreter") or sys.executable, "-P", "-m", "jupyter_azml.local.worker"]
    folder.logs.mkdir(exist_ok=True)
    with folder.worker_log.open("ab") as log:
        return subprocess.Popen(
            [*command, str(paths.folder), job.name, str(lock.number)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder.folder,
            env={**submitter.get("environment", os.environ), **_run_contract(paths, job)},
            pass_fds=(lock.number,),
            start_new_session=True,
        )


def _run_contract(paths: WorkspacePaths, job: Job) -> dict[str, str]:
    """The variables that a job sees in Azure, so that the same notebook runs in both worlds."""
    return {
        "MLFLOW_DISABLE_TELEMETRY": "true",
        **job.spec.environment_variables,
        "AZUREML_ARM_PROJECT_NAME": job.experiment,
        "AZUREML_ARM_RESOURCEGROUP": "local",
        "AZUREML_ARM_SUBSCRIPTION": "00000000-0000-0000-0000-000000000000",
        "AZUREML_ARM_WORKSPACE_NAME": paths.folder.name,
        "AZUREML_RUN_ID": job.name,
        "MLFLOW_EXPERIMENT_NAME": job.experiment,
        "MLFLOW_RUN_ID": job.name,
        "MLFLOW_TRACKING_URI": tracking_uri(paths.folder),
    }
