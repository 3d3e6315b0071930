"""The variables that a job sees in Azure, so that the same code runs in both worlds."""

import os
from typing import Any

from ..entities import Job
from ..tracking.address import tracking_uri
from ..tracking.paths import BRIDGE
from .files import read_json
from .paths import WorkspacePaths


def environment_of_job(paths: WorkspacePaths, job: Job) -> dict[str, str]:
    """What travelled from the submitter, what the job asks for, and what the service promises, in this order."""
    submitter: dict[str, Any] = read_json(paths.job(job.name).submitter) or {}
    given = {
        **submitter.get("environment", os.environ),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        **job.spec.environment_variables,
    }
    return {
        **given,
        # Last: what the job brings along comes first.
        "PYTHONPATH": os.pathsep.join(filter(None, (given.get("PYTHONPATH"), str(BRIDGE)))),
        "AZUREML_ARM_PROJECT_NAME": job.experiment,
        "AZUREML_ARM_RESOURCEGROUP": "local",
        "AZUREML_ARM_SUBSCRIPTION": "00000000-0000-0000-0000-000000000000",
        "AZUREML_ARM_WORKSPACE_NAME": paths.folder.name,
        "AZUREML_RUN_ID": job.name,
        "MLFLOW_EXPERIMENT_NAME": job.experiment,
        "MLFLOW_RUN_ID": job.name,
        # Said, though it is the default: MLflow looks for Spark at every call to find out that nobody said it.
        "MLFLOW_REGISTRY_URI": tracking_uri(paths.folder),
        "MLFLOW_TRACKING_URI": tracking_uri(paths.folder),
    }
