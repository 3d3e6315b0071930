"""Who has access, as any workspace tells it."""

from abc import ABC, abstractmethod

from ..entities import Page, RoleAssignment


class RolesOperations(ABC):
    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[RoleAssignment]:
        """What was given for the workspace itself and for what it is in. Raises NotAllowed."""
