"""Where endpoints answer: under a name of Azure's each, or below this machine's for who came by that."""

from starlette.requests import Request

from ..arm.workspaces import REGION
from .origin import origin

HERE = "/scoring"


def scoring_address(endpoint: str) -> str:
    """Without a slash at its end."""
    here = origin()
    return f"{here}{HERE}/{endpoint}" if here else f"https://{endpoint.lower()}.{REGION}.inference.ml.azure.com"


def endpoint_of(request: Request) -> str:
    """The name of the endpoint that is called."""
    return str(request.path_params.get("endpoint") or (request.url.hostname or "").partition(".")[0])
