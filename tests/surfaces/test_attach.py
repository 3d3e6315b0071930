"""What ``%azml attach`` does to the notebook's own mlflow."""

import os

import mlflow
import pytest

from jupyter_azml.azure import AzureWorkspace, tracking
from jupyter_azml.magics.line import connections
from jupyter_azml.tracking.address import tracking_uri


@pytest.fixture
def attached(shell, azml_home, monkeypatch):
    """A shell that was attached to a local workspace, and the address that mlflow has there."""
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI", "MLFLOW_DISABLE_TELEMETRY"):
        monkeypatch.delenv(name, raising=False)
    mlflow.set_tracking_uri(None)
    shell.run_cell("%azml attach first").raise_error()
    yield tracking_uri(azml_home / "workspaces" / "first")
    connections.workspace().tracking.leave()


def test_mlflow_follows_from_one_local_workspace_to_the_next(shell, attached, azml_home):
    assert mlflow.get_tracking_uri() == attached
    shell.run_cell("%azml attach second").raise_error()
    assert mlflow.get_tracking_uri() == tracking_uri(azml_home / "workspaces" / "second")


def test_attaching_elsewhere_while_a_run_is_open_changes_nothing(shell, attached):
    with mlflow.start_run():
        result = shell.run_cell("%azml attach second")
        assert type(result.error_in_exec).__name__ == "Conflict"
        assert "mlflow.end_run()" in str(result.error_in_exec)
        assert mlflow.get_tracking_uri() == attached
        assert connections.workspace().info().name == "first"


def test_in_azure_without_its_plugin_mlflow_stays_where_it_was_and_this_is_said(shell, attached, monkeypatch, capsys):
    monkeypatch.setattr(AzureWorkspace, "check", AzureWorkspace.info)
    monkeypatch.setattr(tracking, "find_spec", lambda name: None)
    shell.run_cell("%azml attach -s s -g g -w inazure").raise_error()
    assert connections.workspace().info().kind == "azure"
    assert "azureml-mlflow is missing" in capsys.readouterr().out
    assert mlflow.get_tracking_uri() != attached
    assert "MLFLOW_TRACKING_URI" not in os.environ


def test_a_job_that_attaches_is_tracked_where_it_runs(shell, azml_home, monkeypatch):
    monkeypatch.setenv("AZUREML_RUN_ID", "job")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "azml:///elsewhere")
    shell.run_cell("%azml attach first").raise_error()
    assert os.environ["MLFLOW_TRACKING_URI"] == "azml:///elsewhere"
