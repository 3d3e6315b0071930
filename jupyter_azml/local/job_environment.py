"""What is known of a job's environment once its worker has it."""

from typing import Any

from ..entities import Job
from .files import read_json
from .paths import JobPaths


def environment_facts(folder: JobPaths, job: Job) -> dict[str, Any]:
    """With the versions that it runs with, once they are known."""
    said = read_json(folder.environment) or {}
    if job.environment is None or not said.get("packages"):
        return {}
    return {"environment": job.environment.model_copy(update={"packages": said["packages"]})}
