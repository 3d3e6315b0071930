"""The routes of the workspace itself, of what it stands in, of what stands behind it, and of who may enter."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm import workspace_to_arm
from ..arm.ids import PROVIDER
from ..arm.roles import assignment_to_arm
from ..arm.shape import mapping, texts
from ..arm.workspaces import API
from ..errors import NotFound, NotSupported
from ..language import _
from ..workspace import Workspace
from .door import Door, json_of, page_of
from .operations import Operations
from .storage import StorageAccount
from .table import SUBSCRIPTION_PATH, WORKSPACE_PATH, WORKSPACES_PATH, route
from .tokens import TENANT
from .vault import vault_address

_SERVICES = (
    "api",
    "history",
    "experimentation",
    "artifacts",
    "mlflow",
    "metric",
    "data",
    "modelmanagement",
    "registry",
)
_GROUPS = f"{SUBSCRIPTION_PATH}/resourceGroups"
_ROLES = "Microsoft.Authorization/roleDefinitions"
_DIAGNOSED = (
    *("userDefinedRoute", "networkSecurityRule", "resourceLock", "dnsResolution", "storageAccount", "keyVault"),
    *("containerRegistry", "applicationInsights", "other"),
)
_LACKING = ("provisionManagedNetwork", "models/{name}/versions/{version}/package")


class WorkspaceRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, account: StorageAccount) -> None:
        """The key vault is named like ``account``."""
        self._workspace = workspace
        self._door = door
        self._operations = operations
        self._account = account.name
        self._key = account.key

    def routes(self) -> list[Route]:
        access = "/providers/Microsoft.Authorization/roleAssignments"
        return [
            route("/subscriptions", self.subscriptions),
            route("/tenants", self.tenants),
            route(SUBSCRIPTION_PATH, self.subscription),
            route(_GROUPS, self.groups),
            route(f"{_GROUPS}/{{group}}", self.group),
            route(f"{SUBSCRIPTION_PATH}/providers/{PROVIDER}/workspaces", self.list),
            route(WORKSPACES_PATH, self.list),
            route(WORKSPACE_PATH, self.get),
            route(WORKSPACE_PATH, self.patch, "PATCH"),
            route(f"{WORKSPACE_PATH}/listKeys", self.keys, "POST"),
            route(f"{WORKSPACE_PATH}/resyncKeys", self.resync, "POST"),
            route(f"{WORKSPACE_PATH}/diagnose", self.diagnose, "POST"),
            *(route(f"{WORKSPACE_PATH}/{path}", self.lacking, "POST") for path in _LACKING),
            *(route(WORKSPACE_PATH, self.unchangeable, method) for method in ("PUT", "DELETE")),
            route(f"{_GROUPS}/{{group}}/providers/Microsoft.Resources/deployments/{{name}}", self.unchangeable, "PUT"),
            route(f"{WORKSPACE_PATH}{access}", self.assignments),
            route(f"{SUBSCRIPTION_PATH}/providers/{_ROLES}", self.roles),
            route(f"{WORKSPACE_PATH}/providers/{_ROLES}", self.roles),
            route(f"{_GROUPS}/{{group}}/providers/Microsoft.KeyVault/vaults/{{name}}", self.vault),
        ]

    def discovery(self, request: Request) -> Response:
        """Where the services of a workspace's region are: here, all of them."""
        return JSONResponse(dict.fromkeys(_SERVICES, f"https://{API}"))

    def subscriptions(self, request: Request) -> Response:
        return page_of(request, [self._subscription()], None)

    def tenants(self, request: Request) -> Response:
        return page_of(request, [{"id": f"/tenants/{TENANT}", "tenantId": TENANT, "displayName": "jupyter_azml"}], None)

    def subscription(self, request: Request) -> Response:
        self._check_subscription(request)
        return JSONResponse(self._subscription())

    def groups(self, request: Request) -> Response:
        self._check_subscription(request)
        return page_of(request, [self._group()], None)

    def group(self, request: Request) -> Response:
        self._check_group(request)
        return JSONResponse(self._group())

    def list(self, request: Request) -> Response:
        """Of a resource group, or of the whole subscription."""
        self._check_subscription(request)
        if "group" in request.path_params:
            self._check_group(request)
        return page_of(request, [self._arm()], None)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm())

    async def patch(self, request: Request) -> Response:
        """Tags and description; what else clients send has nothing here that it could change."""
        self._door.check(request)
        body = await json_of(request)
        description, tags = mapping(body.get("properties")).get("description"), body.get("tags")
        await run_in_threadpool(
            self._workspace.update,
            description=description if isinstance(description, str) else None,
            tags=texts(tags) if isinstance(tags, Mapping) else None,
        )
        return JSONResponse(self._arm())

    def keys(self, request: Request) -> Response:
        self._door.check(request)
        storage = self._behind("Microsoft.Storage/storageAccounts")
        return JSONResponse({"userStorageKey": self._key, "userStorageResourceId": storage})

    def resync(self, request: Request) -> Response:
        """The keys are the emulator's own, and are known everywhere at once."""
        self._door.check(request)
        return self._operations.begun(request, None, 202, "done", self._door.identity.name)

    def diagnose(self, request: Request) -> Response:
        """Nothing stands behind it that could have a fault."""
        self._door.check(request)
        return JSONResponse({"value": {f"{each}Results": [] for each in _DIAGNOSED}})

    def lacking(self, request: Request) -> Response:
        raise NotSupported(
            _("A local workspace has no networks, and makes no images."),
            _("Leave this step out here: a deployment takes the model itself."),
        )

    def unchangeable(self, request: Request) -> Response:
        raise NotSupported(
            _("The emulator serves one workspace, and neither makes nor removes any."),
            _("Do it beside the emulator: azml workspace create NAME"),
        )

    def assignments(self, request: Request) -> Response:
        self._door.check_workspace(request)
        scope = str(self._door.identity)
        found = self._workspace.roles.list().items
        return page_of(request, [assignment_to_arm(each, scope, _number(each.role)) for each in found], None)

    def roles(self, request: Request) -> Response:
        names = {each.role for each in self._workspace.roles.list().items}
        return page_of(
            request,
            [
                {"id": f"/providers/{_ROLES}/{_number(name)}", "name": _number(name), "properties": {"roleName": name}}
                for name in sorted(names)
            ],
            None,
        )

    def vault(self, request: Request) -> Response:
        if str(request.path_params["name"]).lower() != self._account:
            raise NotFound(
                _("There is no key vault named {name}.", name=request.path_params["name"]),
                _("Check the name; lists show what is there."),
            )
        return JSONResponse(
            {
                "id": self._behind("Microsoft.KeyVault/vaults"),
                "name": self._account,
                "location": "local",
                "properties": {"vaultUri": f"{vault_address(self._account)}/", "tenantId": TENANT},
            }
        )

    def _arm(self) -> dict[str, Any]:
        found = workspace_to_arm(self._workspace.info(), self._door.identity)
        found["properties"] |= {
            "storageAccount": self._behind("Microsoft.Storage/storageAccounts"),
            "keyVault": self._behind("Microsoft.KeyVault/vaults"),
            "tenantId": TENANT,
        }
        return found

    def _behind(self, kind: str) -> str:
        identity = self._door.identity
        group = f"/subscriptions/{identity.subscription}/resourceGroups/{identity.resource_group}"
        return f"{group}/providers/{kind}/{self._account}"

    def _subscription(self) -> dict[str, Any]:
        number = self._door.identity.subscription
        return {
            "id": f"/subscriptions/{number}",
            "subscriptionId": number,
            "tenantId": TENANT,
            "displayName": "jupyter_azml",
            "state": "Enabled",
        }

    def _group(self) -> dict[str, Any]:
        identity = self._door.identity
        return {
            "id": f"/subscriptions/{identity.subscription}/resourceGroups/{identity.resource_group}",
            "name": identity.resource_group,
            "type": "Microsoft.Resources/resourceGroups",
            "location": "local",
            "properties": {"provisioningState": "Succeeded"},
        }

    def _check_subscription(self, request: Request) -> None:
        asked = str(request.path_params["subscription"])
        if asked.lower() != self._door.identity.subscription.lower():
            raise NotFound(_("There is no subscription {name}.", name=asked), self._served())

    def _check_group(self, request: Request) -> None:
        self._check_subscription(request)
        asked = str(request.path_params["group"])
        if asked.lower() != self._door.identity.resource_group.lower():
            raise NotFound(_("There is no resource group named {name}.", name=asked), self._served())

    def _served(self) -> str:
        return _("This emulator serves {identity}", identity=self._door.identity)


def _number(role: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"role {role}"))
