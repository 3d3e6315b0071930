"""What a backend brings to the contract: the workspace under test, and a way to put a job behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from jupyter_azml.entities import Job, NotebookSpec
from jupyter_azml.workspace import Workspace


@dataclass
class Rig:
    workspace: Workspace
    submit: Callable[[NotebookSpec], Job]
    """Past the workspace under test, where that one cannot submit."""
