"""Who has access to a local workspace: whom the system lets into its folder."""

import stat
from pathlib import Path

from ..entities import Page, RoleAssignment
from ..workspace import RolesOperations


class LocalRoles(RolesOperations):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[RoleAssignment]:
        found = self._folder.stat()
        granted = [("User", self._folder.owner(), "Owner")]
        for kind, name, readable, writable in (
            ("Group", self._folder.group(), stat.S_IRGRP | stat.S_IXGRP, stat.S_IWGRP),
            ("Everyone", "*", stat.S_IROTH | stat.S_IXOTH, stat.S_IWOTH),
        ):
            if found.st_mode & readable == readable:
                granted.append((kind, name, "Contributor" if found.st_mode & writable else "Reader"))
        items = [
            RoleAssignment(principal=name, principal_type=kind, role=role, scope=str(self._folder))
            for kind, name, role in granted
        ]
        return Page[RoleAssignment](items=tuple(items))
