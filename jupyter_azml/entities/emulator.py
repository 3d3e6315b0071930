"""The emulator of a workspace, as a process."""

from .base import Entity


class EmulatorStatus(Entity):
    workspace: str
    is_running: bool
    port: int | None = None
    """On this machine's loopback, for Azure's hosts by HTTPS proxy."""
    identity: str = ""
    """The ARM id under which the workspace is found."""
