"""A model: a name and a version for files that were trained, and where these came from. Fields as in ``az ml``."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import JsonValue

from .base import Entity


class ModelType(StrEnum):
    CUSTOM = "custom_model"
    MLFLOW = "mlflow_model"
    TRITON = "triton_model"


class ModelLineage(Entity):
    """What is known of the job that made it; kept when the job is deleted."""

    job: str | None = None
    run: str | None = None
    """Of MLflow, where it is not the job's own: a run inside the job, or one that belongs to none."""
    parameters: dict[str, JsonValue] = {}
    metrics: dict[str, float] = {}
    """The last value of each."""
    inputs: dict[str, str] = {}
    """The paths of the data that the job read."""
    snapshot: str | None = None
    """SHA-256 of the code that travelled."""
    environment: dict[str, JsonValue] = {}
    git: dict[str, str] = {}


class Model(Entity):
    name: str
    version: str = ""
    """Any text, as in Azure; counted up when it is left out."""
    type: ModelType = ModelType.CUSTOM
    path: str = ""
    """Where it is kept, as ``azureml://datastores/…``; of one that is to be registered, where it comes from."""
    source: str = ""
    """What ``path`` was when it was registered."""
    description: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    stage: str = ""
    """MLflow's Staging, Production or Archived, or any other word."""
    archived: bool = False
    created: datetime | None = None
    updated: datetime | None = None
    size: int = 0
    """Bytes."""
    files: int = 0
    hash: str = ""
    """SHA-256 over the names and contents of its files."""
    flavors: dict[str, JsonValue] = {}
    """Of its MLmodel file: ``python_function``, ``sklearn``, … and what each says."""
    signature: dict[str, JsonValue] = {}
    """Of its MLmodel file: lists of columns under ``inputs``, ``outputs`` and ``params``."""
    input_example: str = ""
    """A file of the model."""
    lineage: ModelLineage = ModelLineage()


class ModelQuery(Entity):
    """What a list of models is to hold."""

    name: str | None = None
    """All versions of this one, instead of the newest of each."""
    tags: dict[str, str | None] = {}
    """With this value; None: whatever it is."""
    text: str = ""
    """In the name, the description or a tag, in any case."""
    type: ModelType | None = None
    stage: str | None = None
    job: str | None = None
    """Registered from this job."""
    archived: Literal["active", "archived", "all"] = "active"

    def admits(self, model: Model) -> bool:
        """Whether the model is one of them, as far as one can tell from the model: not by ``archived``."""
        texts = (model.name, model.description, *model.tags, *model.tags.values())
        return (
            (self.name is None or self.name.lower() == model.name.lower())
            and all(name in model.tags and value in (None, model.tags[name]) for name, value in self.tags.items())
            and (not self.text or any(self.text.lower() in text.lower() for text in texts))
            and self.type in (None, model.type)
            and self.stage in (None, model.stage)
            and self.job in (None, model.lineage.job)
        )


class ModelReference(NamedTuple):
    name: str
    version: str | None
    label: str | None
    """``latest``, an alias or a stage; None with a version."""


_NAMED = re.compile(r"azureml:(?P<name>[^/:@]+)(?::(?P<version>[^/:@]+)|@(?P<label>[^/:@]+))?", re.IGNORECASE)
_ID = re.compile(
    r"azureml:/{1,2}(?:subscriptions/.*/workspaces/[^/]+/|locations/.*/workspaces/[^/]+/)?"
    r"models/(?P<name>[^/:@]+)/(?:versions|labels)/(?P<version>[^/:@]+)|"
    r"/?subscriptions/.*/workspaces/[^/]+/models/(?P<name2>[^/:@]+)/versions/(?P<version2>[^/:@]+)",
    re.IGNORECASE,
)
_MLFLOW = re.compile(r"models:/(?P<name>[^/:@]+)(?:/(?P<version>[^/:@]+)|@(?P<label>[^/:@]+))")


def model_reference(text: str) -> ModelReference | None:
    """What names a registered model, in the words of Azure or of MLflow; None for anything else, such as a path.

    ``azureml:NAME:VERSION``, ``azureml:NAME@LABEL``, ``azureml:NAME``, an ARM id, ``models:/NAME/VERSION``,
    ``models:/NAME@ALIAS``. MLflow's stands for a version or a stage, and ``latest`` is the newest.
    """
    if found := _ID.fullmatch(text):
        name, version = found["name"] or found["name2"], found["version"] or found["version2"]
        is_label = "/labels/" in text.lower()
        return ModelReference(name, None if is_label else version, version if is_label else None)
    if found := _NAMED.fullmatch(text):
        return ModelReference(found["name"], found["version"], found["label"])
    if found := _MLFLOW.fullmatch(text):
        if (version := found["version"]) and not version.isdecimal():
            return ModelReference(found["name"], None, version)
        return ModelReference(found["name"], found["version"], found["label"])
    return None
