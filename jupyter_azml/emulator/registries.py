"""The registry ``azureml``, which Azure keeps: of what is in it, the environments that its examples name.

Clients ask a host of the region where it is, and then that place for its environments and models. As in Azure,
whoever does not own it may read what is in it, and not write.
"""

import builtins
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.environments import environment_fields
from ..arm.ids import PROVIDER
from ..arm.registries import AZUREML, discovery_to_arm, plain_name
from ..entities import Environment
from ..entities.environment_name import PREFIX
from ..errors import EnvironmentNotFound, ModelNotFound, NotAllowed, NotFound, NotSupported
from ..language import _
from ..workspace import Workspace
from .door import Door, name_in, page_of
from .origin import origin
from .table import SUBSCRIPTION_PATH, route

DISCOVERY = "/registrymanagement/v1.0/registries/{registry}/discovery"
_GROUP = "azureml-system"
_REGION = "local"
_REGISTRY = (
    "/mferp/managementfrontend/subscriptions/{subscription}/resourceGroups/{group}"
    f"/providers/{PROVIDER}/registries/{{registry}}"
)
_OWN = f"{SUBSCRIPTION_PATH}/resourceGroups/{{group}}/providers/{PROVIDER}/registries"
_OTHERS = ("components", "data")
_BELOW = ("", "/versions", "/versions/{version}")
_VERSION = "1"
"""Of each there is one, and it is the newest."""


class RegistryRoutes:
    def __init__(self, workspace: Workspace, door: Door) -> None:
        self._environments = workspace.environments
        self._door = door

    def routes(self) -> "builtins.list[Route]":
        environments, models = f"{_REGISTRY}/environments", f"{_REGISTRY}/models"
        return [
            route(f"{SUBSCRIPTION_PATH}/providers/{PROVIDER}/registries", self.own),
            route(_OWN, self.own),
            route(f"{_OWN}/{{registry}}", self.no_own),
            route(f"{_OWN}/{{registry}}", self.refuse_own, "PUT"),
            route(f"{_OWN}/{{registry}}", self.no_own, "DELETE"),
            route(DISCOVERY, self.discovery),
            route(environments, self.list),
            route(f"{environments}/{{name}}", self.get),
            route(f"{environments}/{{name}}/versions", self.versions),
            route(f"{environments}/{{name}}/versions/{{version}}", self.version),
            *(route(f"{_REGISTRY}/{kind}", self.nothing) for kind in ("models", *_OTHERS)),
            *(route(f"{models}/{{name}}{below}", self.no_model) for below in _BELOW),
            *(route(f"{_REGISTRY}/{kind}/{{name}}{below}", self.no_other) for kind in _OTHERS for below in _BELOW),
            *(route(f"{_REGISTRY}/{{rest:path}}", self.refuse, verb) for verb in ("PUT", "POST", "PATCH", "DELETE")),
        ]

    def own(self, request: Request) -> Response:
        """Of the subscription: Azure's own is in another."""
        return page_of(request, [], None)

    def no_own(self, request: Request) -> Response:
        """Raises NotFound."""
        raise _no_registry(str(request.path_params["registry"]))

    def refuse_own(self, request: Request) -> Response:
        """Raises NotSupported."""
        raise NotSupported(
            _("The emulator makes no registries."),
            _("Share by the workspace: its models, environments and data have versions and stages."),
        )

    def discovery(self, request: Request) -> Response:
        _check(request)
        base = f"{origin() or f'https://{_REGION}.api.azureml.ms'}/"
        return JSONResponse(discovery_to_arm(AZUREML, _REGION, self._door.identity.subscription, _GROUP, base))

    def list(self, request: Request) -> Response:
        _check(request)
        page = self._environments.list(
            curated=True, limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [_container(item) for item in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        return JSONResponse(_container(self._named(request)))

    def versions(self, request: Request) -> Response:
        return page_of(request, [_version(self._named(request))], None)

    def version(self, request: Request) -> Response:
        """Azure counts them up; whichever is asked for is the one that there is here."""
        return JSONResponse(_version(self._named(request), str(request.path_params["version"])))

    def nothing(self, request: Request) -> Response:
        _check(request)
        return page_of(request, [], None)

    def no_model(self, request: Request) -> Response:
        """Raises ModelNotFound."""
        _check(request)
        raise ModelNotFound(
            _("The emulator's registry has no model named {name}.", name=name_in(request)),
            _("Register one in the workspace."),
        )

    def no_other(self, request: Request) -> Response:
        """Raises NotFound."""
        _check(request)
        raise NotFound(
            _("The emulator's registry has nothing named {name}.", name=name_in(request)),
            _("See: azml environment list --curated"),
        )

    def refuse(self, request: Request) -> Response:
        """Raises NotAllowed, for whatever would be written, shared to it from the workspace too."""
        _check(request)
        raise NotAllowed(
            _("The registry {name} is Azure's: you may read what is in it, and not write.", name=AZUREML),
            _("Keep it in the workspace: create it with the MLClient of the workspace."),
        )

    def _named(self, request: Request) -> Environment:
        _check(request)
        name = plain_name(name_in(request))
        continuation = None
        while True:
            page = self._environments.list(curated=True, limit=self._door.page_size, continuation=continuation)
            for item in page.items:
                if plain_name(item.name).lower() == name.lower():
                    return item
            if (continuation := page.continuation) is None:
                break
        raise EnvironmentNotFound(
            _("There is no environment named {name}.", name=name), _("See: azml environment list --curated")
        )


def _check(request: Request) -> None:
    """Raises NotFound for a registry of somebody else's."""
    registry = str(request.path_params["registry"])
    if registry.lower() != AZUREML:
        raise _no_registry(registry)


def _no_registry(name: str) -> NotFound:
    return NotFound(
        _("There is no registry named {name}.", name=name), _("The emulator has one registry: {name}.", name=AZUREML)
    )


def _container(environment: Environment) -> dict[str, Any]:
    name = environment.name.removeprefix(PREFIX)
    return {
        "id": f"azureml://registries/{AZUREML}/environments/{name}",
        "name": name,
        "type": "environments",
        "properties": {
            "description": environment.description or None,
            "tags": environment.tags,
            "properties": {},
            "isArchived": False,
            "latestVersion": _VERSION,
            "nextVersion": str(int(_VERSION) + 1),
        },
        "systemData": {},
    }


def _version(environment: Environment, version: str = _VERSION) -> dict[str, Any]:
    container = _container(environment)
    fields = {name: value for name, value in environment_fields(environment).items() if name != "condaFile"}
    return {
        **container,
        "id": f"{container['id']}/versions/{version}",
        "name": version,
        "properties": {**fields, "properties": {}, "environmentType": "Curated"},
    }
