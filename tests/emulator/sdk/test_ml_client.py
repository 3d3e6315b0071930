"""``get_workspace().ml_client()``: azure-ai-ml's client without any setting up."""

import os

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.connect import open_workspace
from jupyter_azml.errors import NotSupported
from jupyter_azml.magics.data_handle import WorkspaceHere

pytest.importorskip("azure.ai.ml")


def test_a_local_workspace_gives_a_client_of_its_emulator(emulator, monkeypatch):
    for name in emulator.variables:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AZML_HOME", str(emulator.home))
    workspace = open_workspace("local")
    with pytest.raises(NotSupported, match="emulator") as refused:
        workspace.ml_client()
    assert "get_workspace().ml_client()" in refused.value.hint
    ml = WorkspaceHere(workspace).ml_client()
    assert os.environ["HTTPS_PROXY"] == emulator.variables["HTTPS_PROXY"], "the one that runs is used"
    assert ml.workspaces.get(ml.workspace_name).name == "local"
    assert "workspaceblobstore" in [store.name for store in ml.datastores.list()]


def test_one_in_azure_gives_a_client_that_signs_in_as_ours_does_and_tells_nobody(azml, emulator):
    ml = WorkspaceHere(azml).ml_client()
    assert ml.datastores.get_default().name == "workspaceblobstore"
    assert ml._credential is azml._client.credential
    assert ml._operation_config.enable_telemetry is False
    assert isinstance(azml, AzureWorkspace)


def test_where_azures_sdk_is_not_installed_that_is_said(azml, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "azure.ai.ml", None)
    with pytest.raises(NotSupported, match="azure-ai-ml") as refused:
        azml.ml_client()
    assert "pip install azure-ai-ml" in refused.value.hint
