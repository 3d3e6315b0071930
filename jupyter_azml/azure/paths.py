"""URL paths of things in a workspace. Names come from users and from other people's jobs."""

from urllib.parse import quote

from ..arm import WorkspaceId
from ..arm.ids import PROVIDER
from ..errors import NotFound
from ..language import _


def path_to(workspace: WorkspaceId, *names: str) -> str:
    """Raises NotFound for a name that no path can hold, such as ``..``, which would lead to something else."""
    parts = (workspace.subscription, workspace.resource_group, workspace.name)
    for name in (*parts, *names):
        if name in ("", ".", ".."):
            raise NotFound(
                _("There is nothing named “{name}”.", name=name), _("Check the name; lists show what is there.")
            )
    identity = WorkspaceId(*(quote(part, safe="") for part in parts))
    return "/".join([str(identity), *(quote(name, safe="") for name in names)])


def path_in(workspace: WorkspaceId, location: str, kind: str) -> str:
    """What the provider says of a region, such as the sizes that it has."""
    subscription = quote(workspace.subscription, safe="")
    return f"/subscriptions/{subscription}/providers/{PROVIDER}/locations/{quote(location, safe='')}/{kind}"
