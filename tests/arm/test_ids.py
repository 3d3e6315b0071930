"""ARM ids are compared as the service compares them."""

import pytest

from jupyter_azml.arm import WorkspaceId, last_name
from jupyter_azml.arm.ids import PROVIDER


def test_an_id_is_read_whatever_its_case():
    workspace = WorkspaceId.parse(
        f"/SUBSCRIPTIONS/s1/resourcegroups/RG/providers/{PROVIDER.lower()}/Workspaces/ws/jobs/j"
    )

    assert workspace == WorkspaceId("S1", "rg", "WS")
    assert len({workspace, WorkspaceId("s1", "rg", "ws")}) == 1


def test_an_id_says_what_it_reads():
    workspace = WorkspaceId("s1", "rg", "ws")

    assert WorkspaceId.parse(str(workspace)) == workspace
    assert WorkspaceId.parse(workspace.child("computes", "cpu")) == workspace


@pytest.mark.parametrize("text", ["", "ws1", "/subscriptions/s1/resourceGroups/rg", "/subscriptions//resourceGroups/x"])
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError, match="not the id of a workspace"):
        WorkspaceId.parse(text)


@pytest.mark.parametrize("reference", ["cpu", "azureml:cpu", WorkspaceId("s", "r", "w").child("computes", "cpu")])
def test_a_reference_ends_with_the_name(reference):
    assert last_name(reference) == "cpu"
