"""What a job may need to reach the world outside: connections and secrets. Their values are no part of them."""

from datetime import datetime

from .base import Entity


class Connection(Entity):
    """A service outside the workspace. Its credentials are kept apart and are no part of this."""

    name: str
    type: str = "custom"
    """``azure_openai``, ``git``, ``s3``, ``snowflake``, ``custom``, …: the words of ``az ml connection``."""
    target: str = ""
    """Address of the service."""
    credentials: tuple[str, ...] = ()
    """Names of the credentials that are kept, never what they are."""
    tags: dict[str, str] = {}
    created: datetime | None = None


class Secret(Entity):
    """A name under which a value is kept; the value is no part of this."""

    name: str
    created: datetime | None = None
