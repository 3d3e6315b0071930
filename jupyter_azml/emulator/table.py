"""How the addresses of ARM begin, and what a route of one is."""

import re
from collections.abc import Callable
from typing import Any

from starlette.routing import Route

from ..arm.ids import PROVIDER

SUBSCRIPTION_PATH = "/subscriptions/{subscription}"
WORKSPACES_PATH = f"{SUBSCRIPTION_PATH}/resourceGroups/{{group}}/providers/{PROVIDER}/workspaces"
WORKSPACE_PATH = f"{WORKSPACES_PATH}/{{workspace}}"
REGION_PATH = f"{SUBSCRIPTION_PATH}/providers/{PROVIDER}/locations/{{region}}"


def route(path: str, endpoint: Callable[..., Any], method: str = "GET") -> Route:
    found = Route(path, endpoint, methods=[method])
    # Clients send resourceGroups and resourcegroups alike, and the service takes both.
    found.path_regex = re.compile(found.path_regex.pattern, re.IGNORECASE)
    return found
