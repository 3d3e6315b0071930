"""The embedded workspace: a folder, a database, an agent that serves its queue, a worker per job."""

from .workspace import LocalWorkspace

__all__ = ["LocalWorkspace"]
