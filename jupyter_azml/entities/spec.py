"""What is asked for when a job is submitted: a notebook, or a command as in ``az ml``'s command job."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from .base import Entity
from .reason import Reason
from .values import Parameters

Literals = str | int | float | bool


class Priority(StrEnum):
    """Words of ``queue_settings.priority``."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class DataType(StrEnum):
    URI_FILE = "uri_file"
    URI_FOLDER = "uri_folder"
    MLTABLE = "mltable"
    CUSTOM_MODEL = "custom_model"
    MLFLOW_MODEL = "mlflow_model"
    TRITON_MODEL = "triton_model"


class DataInput(Entity):
    """Data or a model that a job reads."""

    type: DataType = DataType.URI_FOLDER
    path: str
    """A path on this machine, ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, ``azureml://…`` or another URL."""
    mode: Literal["ro_mount", "rw_mount", "download", "direct", "eval_mount", "eval_download"] = "ro_mount"
    datastore: str = ""
    """Where Azure would upload a local path to; kept and noted."""
    path_on_compute: str = ""
    """Where a container would find it; kept and noted."""


class DataOutput(Entity):
    """A place that a job writes to. With a name, it is registered as a data asset when the job completes."""

    type: DataType = DataType.URI_FOLDER
    path: str = ""
    """Where it is kept; by default below the workspace's own datastore, in a folder of the job."""
    mode: Literal["rw_mount", "upload", "direct"] = "rw_mount"
    name: str = ""
    version: str = ""


class MpiDistribution(Entity):
    type: Literal["mpi"] = "mpi"
    process_count_per_instance: int = 1


class PyTorchDistribution(Entity):
    type: Literal["pytorch"] = "pytorch"
    process_count_per_instance: int = 1


class TensorFlowDistribution(Entity):
    type: Literal["tensorflow"] = "tensorflow"
    worker_count: int = 1
    parameter_server_count: int = 0


Distribution = Annotated[MpiDistribution | PyTorchDistribution | TensorFlowDistribution, Field(discriminator="type")]


class Resources(Entity):
    """``resources`` of a job. What only a virtual machine could honour is kept and noted."""

    instance_count: int = Field(default=1, ge=1)
    max_instance_count: int | None = Field(default=None, ge=1)
    instance_type: str = ""
    shm_size: str = ""
    docker_args: str = ""
    locations: tuple[str, ...] = ()
    properties: dict[str, JsonValue] = {}


class Submission(Entity):
    """What every kind of job can be asked for."""

    name: str | None = None
    """The job's own name; one is made up when there is none."""
    display_name: str = ""
    description: str = ""
    experiment: str = "Default"
    compute: str = "local"
    tags: dict[str, str] = {}
    environment_variables: dict[str, str] = {}
    timeout: float | None = Field(default=None, gt=0)
    """Seconds that the whole job may run: ``limits.timeout``."""
    retries: int = Field(default=0, ge=0)
    """How often a job that failed is run again."""
    priority: Priority = Priority.MEDIUM
    secrets: tuple[str, ...] = ()
    """Names of the workspace's secrets that the job may read."""
    connections: tuple[str, ...] = ()
    """Names of the workspace's connections that the job may read."""
    environment: str | dict[str, JsonValue] | None = None
    """``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML."""
    fingerprint: str = ""
    """What the result depends on, hashed: jobs that agree in it may stand for one another."""


class NotebookSpec(Submission):
    """Run this notebook, with these parameters, there."""

    type: Literal["notebook"] = "notebook"
    notebook: str
    """Path of the notebook inside ``code``, with forward slashes."""
    code: str
    """The folder that travels with the job, as an absolute path."""
    parameters: Parameters = {}
    secret_parameters: tuple[str, ...] = ()
    """Those whose values no record shows; in records, parameters whose names look secret are among them."""
    inputs: dict[str, DataInput] = {}
    """Data that it reads. Where each is, is given to it as a parameter of that name."""
    outputs: dict[str, DataOutput] = {}
    """Places that it writes to, given to it in the same way."""
    kernel_name: str | None = None
    """Overrides the kernel that the notebook names."""
    execution_timeout: int | None = None
    """Seconds that one cell may take."""
    start_timeout: int | None = None
    """Seconds that the kernel may take to start."""
    working_directory: str = ""
    """Where the kernel starts: a folder inside ``code``; by default that of the notebook."""
    language: str | None = None
    """Of the parameters, where the notebook does not name its language."""
    report_mode: bool = False
    """Whether the code is hidden in the executed notebook, for readers of its outputs."""

    @property
    def data_inputs(self) -> dict[str, DataInput]:
        return self.inputs


class Captured(Entity):
    """One name that a cell reads and that travels with it."""

    name: str
    kind: Literal["module", "function", "class", "value"]
    type: str
    """What it is called before people: ``numpy.ndarray``, or the module's name."""
    size: int = 0
    """Bytes."""
    via: str = ""
    """The function that reads it, where the cell itself does not."""


class CellSpec(Submission):
    """Run this one cell, with what it reads from its notebook, and keep what is asked for."""

    type: Literal["cell"] = "cell"
    source: str
    """The cell as it was written, magics and all."""
    captured: tuple[Captured, ...] = ()
    payload: str = ""
    """A file on this machine with the captured values; it travels with the job."""
    python: str = ""
    """The version that the values were made with."""
    packages: dict[str, str] = {}
    """The versions of the packages whose objects travel."""
    returns: tuple[str, ...] = ()
    """Names whose values come back."""
    notes: tuple[Reason, ...] = ()
    """What whoever submits it should know."""
    code: str | None = None
    """The folder that travels with the job, as an absolute path; a job without code starts in an empty folder."""
    kernel_name: str | None = None
    execution_timeout: int | None = None
    """Seconds that the cell may take."""


class CommandSpec(Submission):
    """Run this command under bash. Source: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json"""

    type: Literal["command"] = "command"
    command: str
    """May name ``${{inputs.x}}``, ``${{outputs.y}}`` and ``${{search_space.z}}``."""
    code: str | None = None
    """The folder that travels with the job, as an absolute path; a job without code starts in an empty folder."""
    inputs: dict[str, Literals | DataInput] = {}
    outputs: dict[str, DataOutput] = {}
    search_space: dict[str, Literals] = {}
    """The values that a sweep chose for this trial."""
    resources: Resources = Resources()
    distribution: Distribution | None = None
    services: dict[str, JsonValue] = {}
    """Kept and noted: nothing on this machine is exposed."""
    identity: dict[str, JsonValue] | None = None
    properties: dict[str, str] = {}
    job_tier: str = ""
    parent_job_name: str = ""

    @property
    def data_inputs(self) -> dict[str, DataInput]:
        return {name: value for name, value in self.inputs.items() if isinstance(value, DataInput)}

    @property
    def literal_inputs(self) -> dict[str, JsonValue]:
        return {name: value for name, value in self.inputs.items() if not isinstance(value, DataInput)}


class InteractiveSpec(Submission):
    """A run that was begun with plain ``mlflow`` in an attached notebook. It is recorded, never submitted."""

    type: Literal["interactive"] = "interactive"
    notebook: str = ""
    """The notebook's path on this machine, where it is known."""

    @property
    def code(self) -> None:
        """Nothing travels with it."""


JobSpec = Annotated[NotebookSpec | CellSpec | CommandSpec | InteractiveSpec, Field(discriminator="type")]
