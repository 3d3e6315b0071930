"""What all routes share: whom they serve, how a page and an accepted request are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm import WorkspaceId
from ..arm.ids import PROVIDER
from ..errors import NotSupported, UsageError, WorkspaceNotFound
from ..language import _

_IGNORED_QUERY = {
    *("api-version", "$skip", "listviewtype", "underlyingresourceaction", "skipvalidation"),
    *("count", "orderbyasc", "isdefault", "hash", "hashversion"),
}


@dataclass(frozen=True)
class Door:
    identity: WorkspaceId
    page_size: int

    def check(self, request: Request, *known: str) -> None:
        """``known``: parameters that the route heeds, in small letters. Raises WorkspaceNotFound for another workspace,
        NotSupported for a filter.
        """
        self.check_workspace(request)
        for parameter in request.query_params:
            # A filter that is passed over would answer with things that were not asked for.
            if parameter.lower() not in {*_IGNORED_QUERY, *known}:
                raise NotSupported(
                    _("The emulator does not filter by {parameter}.", parameter=parameter),
                    _("Ask for the whole list and filter it."),
                )

    def check_workspace(self, request: Request) -> None:
        """Raises WorkspaceNotFound for another workspace."""
        asked = WorkspaceId(*(request.path_params[part] for part in ("subscription", "group", "workspace")))
        if asked != self.identity:
            raise WorkspaceNotFound(
                _("There is no workspace named {name}.", name=asked.name),
                _("This emulator serves {identity}", identity=self.identity),
            )

    def accepted(self, request: Request, operation: str) -> Response:
        """202, and where to ask whether it is done."""
        version = request.query_params["api-version"]
        path = f"/subscriptions/{self.identity.subscription}/providers/{PROVIDER}/locations/local/mfeOperationResults"
        location = request.url.replace(path=f"{path}/{operation}", query=f"api-version={version}")
        return Response(status_code=202, headers={"Location": str(location), "Retry-After": "1"})


async def json_of(request: Request) -> Mapping[str, Any]:
    """Raises UsageError for a body that is no JSON object."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, Mapping):
        raise UsageError(_("The request's body is no JSON object."), _("Send JSON as Azure's API describes it."))
    return body


def name_in(request: Request) -> str:
    return str(request.path_params["name"])


def page_of(request: Request, items: list[dict[str, Any]], continuation: str | None) -> Response:
    body: dict[str, Any] = {"value": items}
    if continuation:
        body["nextLink"] = str(request.url.include_query_params(**{"$skip": continuation}))
    return JSONResponse(body)
