"""The environment that a job names, with its version."""

from ..entities import environment_named
from ..workspace import Workspace


def pinned(workspace: Workspace, named: str | None) -> str | None:
    """With its version, which never changes: what a job is compared by. Raises EnvironmentNotFound."""
    name = environment_named(named) if named else None
    if name is None:
        return named  # nothing, or what submitting refuses
    found = workspace.environments.get(*name)
    return f"azureml:{found.name}" + ("@latest" if found.is_curated else f":{found.version}")
