"""An environment: what a job's Python finds. Fields as in ``az ml``'s YAML; ``packages`` is ours."""

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from .base import Entity
from .reason import Reason


class BuildState(StrEnum):
    """Of an environment on this machine, for the Python that asks."""

    NOT_NEEDED = "NotNeeded"
    """It adds nothing to the Python that asks."""
    NOT_BUILT = "NotBuilt"
    BUILDING = "Building"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


class BuildContext(Entity):
    """A folder with a Dockerfile, and what of it a workspace without images can use."""

    path: str
    dockerfile_path: str = "Dockerfile"
    dockerfile: str = ""
    """Its text."""
    requirements: tuple[str, ...] = ()
    """Of the folder's requirements.txt."""
    conda_file: dict[str, JsonValue] = {}
    """The folder's conda file."""


class Environment(Entity):
    name: str
    version: str = ""
    """Any text, as in Azure; counted up when it is left out."""
    description: str = ""
    tags: dict[str, str] = {}
    image: str = ""
    conda_file: dict[str, JsonValue] = {}
    """Its content: ``name``, ``channels``, ``dependencies``."""
    packages: tuple[str, ...] = ()
    """Requirements as pip writes them, and pip's options for where to find them."""
    build: BuildContext | None = None
    os_type: str = "linux"
    inference_config: dict[str, JsonValue] = {}
    digest: str = ""
    """SHA-256 of what it is made of: versions of the same content are one version."""
    is_curated: bool = False
    """Named and kept up by Azure."""
    archived: bool = False
    created: datetime | None = None
    state: BuildState = BuildState.NOT_BUILT
    reason: Reason | None = None
    """Why it could not be built."""
    resolved: dict[str, str] = {}
    """Once it is built: each package that it asks for, and each that these need, with its version."""
    notes: tuple[Reason, ...] = ()
    """What is not done here, and what to know of it."""


class JobEnvironment(Entity):
    """The environment of a job, as it was when the job was submitted."""

    name: str
    version: str = ""
    requirements: tuple[str, ...] = ()
    """What is laid over the submitter's Python; nothing where that one suffices."""
    packages: dict[str, str] = {}
    """Those that the job ran with: names and versions of what was asked for, and of what that needs."""
