"""Roles: which one allows an action, and who has which.

Names: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
"""

import re
from collections.abc import Mapping
from typing import Any

from ..entities import RoleAssignment
from .ids import last_name
from .shape import mapping, moment

_ACTION = re.compile(r"perform action '([^']+)'(?: over scope '([^']+)')?", re.IGNORECASE)
_ROLES = (
    (r"microsoft\.authorization/.*", "Role Based Access Control Administrator"),
    (r"microsoft\.keyvault/.*", "Key Vault Secrets Officer"),
    (r"microsoft\.storage/.*blobs/read", "Storage Blob Data Reader"),
    (r"microsoft\.storage/.*", "Storage Blob Data Contributor"),
    (r"microsoft\.insights/.*", "Monitoring Reader"),
    (r".*/connections/listsecrets/.*", "Azure Machine Learning Workspace Connection Secrets Reader"),
    (r".*/workspaces/(?:write|delete)", "Contributor"),
    (r".*/computes/(?!read).*", "AzureML Compute Operator"),
    (r".*/read", "Reader"),
)
"""The first that fits, beginning with the narrowest."""


def missing_role(message: str) -> tuple[str, str]:
    """The role that would do, and the scope, of a refusal in the service's own words; the scope may be empty."""
    found = _ACTION.search(message)
    if not found:
        return "AzureML Data Scientist", ""
    action, scope = found.group(1).lower(), found.group(2) or ""
    role = next((role for pattern, role in _ROLES if re.fullmatch(pattern, action)), "AzureML Data Scientist")
    return role, scope.removesuffix(".")


def assignment_from_arm(resource: Mapping[str, Any], names: Mapping[str, str], scope: str) -> RoleAssignment:
    """``names``: of the roles, by the last part of their id."""
    properties = mapping(resource.get("properties"))
    given = str(properties.get("scope") or "")
    role = last_name(str(properties.get("roleDefinitionId") or ""))
    return RoleAssignment(
        principal=str(properties.get("principalId") or ""),
        principal_type=str(properties.get("principalType") or ""),
        role=names.get(role, role),
        scope=given,
        is_inherited=given.lower() != scope.lower(),
        created=moment(properties.get("createdOn")),
    )


def assignment_to_arm(assignment: RoleAssignment, scope: str, number: str) -> dict[str, Any]:
    """``number``: the guid that stands for the role's name."""
    return {
        "id": f"{scope}/providers/Microsoft.Authorization/roleAssignments/{assignment.principal}",
        "name": assignment.principal,
        "type": "Microsoft.Authorization/roleAssignments",
        "properties": {
            "scope": scope,
            "principalId": assignment.principal,
            "principalType": assignment.principal_type,
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{number}",
        },
    }
