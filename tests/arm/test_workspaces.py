"""The workspace itself, on the wire."""

from jupyter_azml.arm import WorkspaceId
from jupyter_azml.arm.workspaces import workspace_from_arm, workspace_to_arm
from jupyter_azml.entities import WorkspaceInfo

ID = WorkspaceId("s", "g", "churn")


def test_what_stands_behind_a_workspace_is_read():
    resource = {
        "id": str(ID),
        "tags": {"team": "blue"},
        "properties": {
            "description": "Who leaves",
            "storageAccount": "/subscriptions/s/store",
            "keyVault": "/subscriptions/s/vault",
            "containerRegistry": None,
            "applicationInsights": "/subscriptions/s/insights",
        },
    }
    info = workspace_from_arm(resource)
    assert (info.description, info.tags) == ("Who leaves", {"team": "blue"})
    assert info.storage_account.endswith("store")
    assert info.key_vault.endswith("vault")
    assert info.container_registry == ""
    assert info.application_insights.endswith("insights")


def test_a_workspace_comes_back_as_it_was_sent():
    info = WorkspaceInfo(name="churn", kind="azure", location="s/g", description="Who leaves", tags={"a": "b"})
    assert workspace_from_arm(workspace_to_arm(info, ID)) == info


def test_a_workspace_without_properties_is_read():
    assert workspace_from_arm({"id": str(ID), "properties": None, "tags": None}).name == "churn"
