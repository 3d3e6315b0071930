"""Where the values of secrets are, where they are not, and what a job sees of them."""

import json
import os
import stat
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from jupyter_azml.entities import Connection, NotebookSpec
from jupyter_azml.errors import ConnectionNotFound, SecretNotFound, UsageError, WorkspaceError
from jupyter_azml.local import LocalWorkspace, secret_store
from jupyter_azml.local.connections import check_named
from jupyter_azml.local.secrets import environment_of, values_of

VALUE = "hunter2-very-secret"


class Remembering(KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self):
        super().__init__()
        self.held = {}

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def get_password(self, service, username):
        return self.held.get((service, username))

    def delete_password(self, service, username):
        if self.held.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(username)


class Refusing(Remembering):
    def set_password(self, service, username, password):
        raise RuntimeError(f"cannot keep {password}")


class Silent(Remembering):
    """One that waits for somebody to unlock it."""

    def set_password(self, service, username, password):
        threading.Event().wait(30)


@pytest.fixture(params=["keyring", "files"])
def backend(request, monkeypatch):
    found = Remembering() if request.param == "keyring" else fail.Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    return found


def spec(**fields):
    return NotebookSpec(notebook="a.ipynb", code="/", **fields)


def bytes_below(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".value")


def test_a_job_finds_what_it_names_and_nothing_else(backend, workspace):
    workspace.secrets.set("My-Key", VALUE)
    workspace.secrets.set("other", "not-for-it")
    workspace.connections.create_or_update(
        Connection(name="my-db", type="snowflake", target="db.example.com"), {"username": "ada", "password": VALUE}
    )
    found = environment_of(workspace._paths, None, spec(secrets=("my-key",), connections=("MY-DB",)))
    assert set(found) == {"MY_KEY", "AZML_CONNECTION_MY_DB"}
    assert found["MY_KEY"] == VALUE
    assert json.loads(found["AZML_CONNECTION_MY_DB"]) == {
        "type": "snowflake",
        "target": "db.example.com",
        "credentials": {"username": "ada", "password": VALUE},
    }
    assert environment_of(workspace._paths, None, spec()) == {}


def test_values_are_in_no_file_that_others_read(backend, workspace, azml_home):
    workspace.secrets.set("key", VALUE)
    workspace.connections.create_or_update(Connection(name="db"), {"password": VALUE})
    assert VALUE.encode() not in bytes_below(azml_home)
    values = list(azml_home.rglob("*.value"))
    assert len(values) == (2 if isinstance(backend, fail.Keyring) else 0)
    for path in values:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_another_process_finds_the_same_store(backend, workspace, azml_home):
    workspace.secrets.set("key", VALUE)
    again = LocalWorkspace(azml_home / "workspaces" / "local")
    assert environment_of(again._paths, None, spec(secrets=("key",))) == {"KEY": VALUE}


def test_a_deleted_value_is_kept_nowhere(backend, workspace, azml_home):
    workspace.secrets.set("key", VALUE)
    workspace.secrets.delete("key")
    assert VALUE not in repr(getattr(backend, "held", ""))
    assert not list(azml_home.rglob("*.value"))
    with pytest.raises(SecretNotFound, match="key"):
        environment_of(workspace._paths, None, spec(secrets=("key",)))


def test_a_umask_that_lets_everybody_read_changes_nothing(monkeypatch, workspace):
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    before = os.umask(0)
    try:
        workspace.secrets.set("key", VALUE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(workspace._paths.secret("secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", [Refusing, Silent])
def test_a_keyring_that_refuses_or_hangs_is_not_used(monkeypatch, workspace, kind):
    monkeypatch.setattr(secret_store, "_patience", lambda: 0.2)
    backend = kind()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    workspace.secrets.set("key", VALUE)
    assert "0600" in workspace.info().key_vault


def test_a_keyring_that_was_chosen_and_hangs_later_says_so_without_the_value(monkeypatch, workspace):
    chosen = Remembering()
    monkeypatch.setattr(keyring, "get_keyring", lambda: chosen)
    workspace.secrets.set("key", VALUE)
    assert "keyring" in workspace.info().key_vault
    chosen.set_password = Refusing().set_password
    with pytest.raises(WorkspaceError) as caught:
        workspace.secrets.set("key", VALUE)
    assert VALUE not in str(caught.value)
    assert "RuntimeError" in str(caught.value)


@pytest.mark.parametrize("name", ["path", "azureml-run-id", "mlflow-tracking-uri", "home", "ld-preload", "pythonpath"])
def test_a_secret_does_not_take_the_place_of_what_a_job_goes_by(workspace, name):
    workspace.secrets.set(name, VALUE)
    with pytest.raises(UsageError, match="would take the place"):
        check_named(workspace.secrets._db, spec(secrets=(name,)))


def test_two_that_give_the_same_variable_are_refused(workspace):
    workspace.secrets.set("my-key", VALUE)
    for name in ("a-b", "a_b"):
        workspace.connections.create_or_update(Connection(name=name), {})
    check_named(workspace.secrets._db, spec(secrets=("my-key", "MY-KEY"), connections=("a-b",)))
    for fields in (
        {"secrets": ("my-key",), "environment_variables": {"MY_KEY": "1"}},
        {"connections": ("a-b", "a_b")},
    ):
        with pytest.raises(UsageError, match="both give the variable"):
            check_named(workspace.secrets._db, spec(**fields))


def test_what_a_job_prints_is_masked_by_these(workspace):
    workspace.secrets.set("short", "abc")
    workspace.secrets.set("key", "first line of it\nsecond line of it")
    workspace.connections.create_or_update(Connection(name="db"), {"password": VALUE})
    found = values_of(environment_of(workspace._paths, None, spec(secrets=("short", "key"), connections=("db",))))
    assert {VALUE, "first line of it", "second line of it"} <= set(found)
    assert "abc" not in found
    assert list(found) == sorted(found, key=len, reverse=True)


def test_a_value_that_was_lost_is_named(workspace):
    workspace.connections.create_or_update(Connection(name="db"), {"password": VALUE})
    workspace._paths.secret("connection-db").unlink()
    with pytest.raises(ConnectionNotFound, match="db"):
        environment_of(workspace._paths, workspace.secrets._db, spec(connections=("db",)))
