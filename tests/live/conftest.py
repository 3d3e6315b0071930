"""A real Azure ML workspace, for whoever has one: ``AZML_LIVE=1 AZML_LIVE_CONFIG=config.json make test-live``."""

import json
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.errors import AzmlError
from tests.contract.rig import AzureRig

PREFIX = "azml-live-"
"""Of all that is made. What an earlier run left is removed at the next one's beginning and end."""
WANTED = os.environ.get("AZML_LIVE", "")


def pytest_collection_modifyitems(items):
    skip = pytest.mark.skip(reason="AZML_LIVE=1 tries it on a real workspace: see docs/azure.md")
    costs = pytest.mark.skip(reason="it costs something: AZML_LIVE=jobs")
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        if not WANTED:
            item.add_marker(skip)
        elif "costs" in item.keywords and WANTED != "jobs":
            item.add_marker(costs)


@pytest.fixture(scope="session")
def live():
    config = json.loads(Path(os.environ.get("AZML_LIVE_CONFIG", "config.json")).read_text("utf-8"))
    workspace = AzureWorkspace(config["subscription_id"], config["resource_group"], config["workspace_name"])
    workspace.check()
    clean_up(workspace)
    yield workspace
    clean_up(workspace)


@pytest.fixture
def rig(live):
    return AzureRig(live, live.jobs.submit)


@pytest.fixture
def name():
    return f"{PREFIX}{uuid4().hex[:6]}"


def clean_up(workspace: AzureWorkspace) -> None:
    """Deletions are begun and not waited for: Azure takes minutes for some."""
    for group in (workspace.endpoints, workspace.batch_endpoints, workspace.computes, workspace.connections):
        for each in group.list(limit=500).items:
            if each.name.startswith(PREFIX):
                with suppress(AzmlError):
                    group.delete(each.name)
    for archived in (workspace.models, workspace.data, workspace.environments):
        for each in archived.list(limit=500).items:
            if each.name.startswith(PREFIX):
                with suppress(AzmlError):
                    archived.archive(each.name)
    with suppress(AzmlError):  # few have the key vault's role
        for secret in workspace.secrets.list(limit=500).items:
            if secret.name.startswith(PREFIX):
                workspace.secrets.delete(secret.name)
