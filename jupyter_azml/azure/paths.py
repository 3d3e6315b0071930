"""URL paths of things in a workspace. Names come from users and from other people's jobs."""

from urllib.parse import quote

from ..arm import WorkspaceId
from ..errors import NotFound
from ..language import _


def path_to(workspace: WorkspaceId, *names: str) -> str:
    """Raises NotFound for a name that no path can hold, such as ``..``, which would lead to something else."""
    parts = (workspace.subscription, workspace.resource_group, workspace.name)
    for name in (*parts, *names):
        if name in ("", ".", ".."):
            raise NotFound(_("There is nothing named “{name}”.", name=name))
    identity = WorkspaceId(*(quote(part, safe="") for part in parts))
    return "/".join([str(identity), *(quote(name, safe="") for name in names)])
