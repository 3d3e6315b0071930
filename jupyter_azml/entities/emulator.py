"""The emulator of a workspace, as a process."""

from .base import Entity

EMULATED = "AZML_EMULATED"
"""The variable of processes that the emulator's variables lead; jobs that they submit have it, too."""
STATE = "emulator.json"
"""What the emulator says of itself while it answers."""


class EmulatorStatus(Entity):
    workspace: str
    is_running: bool
    port: int | None = None
    """On this machine's loopback, for Azure's hosts by HTTPS proxy."""
    identity: str = ""
    """The ARM id under which the workspace is found."""

    @property
    def config(self) -> dict[str, str]:
        """As a config.json names the workspace; of one that runs."""
        _empty, _subscriptions, subscription, _groups, group, *_rest, name = self.identity.split("/")
        return {"subscription_id": subscription, "resource_group": group, "workspace_name": name}
