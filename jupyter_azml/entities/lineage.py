"""Where a job's data came from, and what became of what it made."""

from typing import Literal

from .base import Entity

LineageKind = Literal["data", "code", "environment", "job", "model", "endpoint"]


class LineageNode(Entity):
    id: str
    """Unique in the graph."""
    kind: LineageKind
    title: str
    detail: str = ""
    """What it is to people beside its title: a path, a version."""
    uri: str = ""
    """By which it is asked for: a job's name, ``azureml:NAME:VERSION``, ``MODEL:VERSION``; or empty."""
    status: str = ""
    """Of a job."""
    column: int = 0
    """0 is the job that was asked about; what came before is below, what follows above."""


class LineageLink(Entity):
    source: str
    target: str
    label: str = ""
    """By what name the job knows it."""


class Lineage(Entity):
    nodes: tuple[LineageNode, ...]
    links: tuple[LineageLink, ...]
