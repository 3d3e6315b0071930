"""Making, listing and removing workspaces."""

import json
import time

import pytest

from jupyter_azml import settings
from jupyter_azml.connect import Connections
from jupyter_azml.entities import Connection, JobStatus
from jupyter_azml.errors import Conflict, UsageError, WorkspaceNotFound
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.launch import ensure_agent
from jupyter_azml.local.locks import is_held
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job


@pytest.fixture
def connections():
    return Connections(remember=True)


def test_a_new_workspace_keeps_what_is_said_of_it(connections, azml_home):
    made = connections.create("churn", description="Who leaves", tags={"team": "blue"})
    assert (made.description, made.tags) == ("Who leaves", {"team": "blue"})
    assert made.created is not None
    assert made == connections.show("CHURN")
    assert connections.attach("churn").info() == made
    assert json.loads((azml_home / "workspaces/churn/workspace.json").read_text())["workspace_name"] == "churn"


def test_what_takes_the_place_of_azures_services_is_named_as_such(connections):
    info = connections.create("churn")
    assert "datastores, in place of a storage account" in info.storage_account
    assert "in place of a key vault" in info.key_vault
    assert info.container_registry.startswith("none")
    assert "agent.log" in info.application_insights


def test_there_are_no_two_of_one_name(connections):
    connections.create("churn")
    with pytest.raises(Conflict, match="churn"):
        connections.create("Churn")


@pytest.mark.parametrize("name", ["ab", "-abc", "a" * 34, "a b c", "../up", "été"])
def test_names_are_those_that_azure_takes(connections, name):
    with pytest.raises(UsageError):
        connections.create(name)


def test_a_list_shows_all_and_the_one_in_force_and_makes_none(connections, tmp_path):
    assert connections.list().items == ()
    assert not settings.workspaces_folder().exists()
    connections.create("churn")
    connections.create("digits")
    connections.attach(str(tmp_path / "elsewhere"))
    found = [(info.name, info.attached) for info in Connections().list().items]
    assert found == [("churn", False), ("digits", False), ("elsewhere", True)]


def test_the_azure_workspace_in_force_is_in_the_list(connections, monkeypatch, tmp_path):
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"subscription_id": "s", "resource_group": "g", "workspace_name": "far"}))
    monkeypatch.setenv("AZML_WORKSPACE", str(config))
    connections.create("churn")
    assert [(info.name, info.kind, info.attached) for info in connections.list().items] == [
        ("churn", "local", False),
        ("far", "azure", True),
    ]


def test_a_workspace_that_is_not_there_is_named_with_those_that_are(connections):
    connections.create("churn")
    for ask in (connections.show, connections.delete):
        with pytest.raises(WorkspaceNotFound, match="nobody") as caught:
            ask("nobody")
        assert "churn" in caught.value.hint


def test_a_deleted_workspace_is_gone_whole_and_no_longer_attached(connections, azml_home):
    connections.create("churn")
    attached = connections.attach("churn")
    attached.secrets.set("key", "value")
    attached.connections.create_or_update(Connection(name="db"), {"password": "x"})
    connections.delete("churn")
    assert list((azml_home / "workspaces").iterdir()) == []
    assert not settings.attachment_file().exists()
    assert connections.workspace().info().name == "local"


def test_secrets_leave_the_keyring_with_their_workspace(connections, monkeypatch):
    import keyring

    from tests.local.test_secrets import Remembering

    backend = Remembering()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    connections.create("churn")
    workspace = connections.attach("churn")
    workspace.secrets.set("key", "value")
    workspace.connections.create_or_update(Connection(name="db"), {"password": "x"})
    assert len(backend.held) == 2
    connections.delete("churn")
    assert backend.held == {}


def test_a_workspace_with_jobs_that_have_not_ended_stays(connections):
    connections.create("churn")
    with connections.attach("churn").jobs._db.write() as connection:
        insert_job(connection, make_job("busy", JobStatus.QUEUED))
    with pytest.raises(Conflict, match="1 job of the workspace churn has not ended"):
        connections.delete("churn")
    assert connections.show("churn").name == "churn"


def test_an_idle_agent_leaves_with_its_workspace(connections):
    connections.create("churn")
    paths = connections.attach("churn")._paths
    ensure_agent(paths)
    for _attempt in range(1500):
        if is_held(paths.agent_lock) and paths.agent_lock.read_text():
            break
        time.sleep(0.01)
    assert is_held(paths.agent_lock), paths.agent_log.read_text()
    connections.delete("churn")
    assert not paths.folder.exists()


def test_a_folder_with_files_of_the_users_own_is_not_removed(connections, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "train.py").write_text("1")
    (project / ".env").write_text("1")
    LocalWorkspace(project)
    with pytest.raises(Conflict, match=r"\.env, train\.py"):
        connections.delete(str(project))
    assert (project / "train.py").exists()
