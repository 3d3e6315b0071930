"""The header by which a caller names the deployment that is to answer."""

from collections.abc import Callable

from starlette.requests import Request

from ..entities.endpoint import PINNED
from ..errors import DeploymentNotFound

_SDK = "azure-ai-ml/"


def is_stale(request: Request, find: Callable[[str], object]) -> bool:
    """Whether the name is left from a call before.

    azure-ai-ml keeps the headers of ``invoke`` in one dictionary of its module: who once named a deployment names it in
    all calls that follow, of other endpoints too. One that it is asked for it looks up first, so that a name which is
    not there was not meant by this call. ``find`` raises DeploymentNotFound.
    """
    name = request.headers.get(PINNED)
    if not name or _SDK not in request.headers.get("user-agent", ""):
        return False
    try:
        find(name)
    except DeploymentNotFound:
        return True
    return False
