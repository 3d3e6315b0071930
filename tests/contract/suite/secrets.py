"""Secrets and connections: what is listed, and what never is."""

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import Connection, JobStatus
from jupyter_azml.errors import ConnectionNotFound, SecretNotFound, UsageError

READS = """
import json, os
from pathlib import Path
known = json.loads(os.environ["AZML_CONNECTION_MY_DB"])["credentials"]["password"]
Path("outputs/lengths.txt").write_text(f"{len(os.environ['MY_KEY'])} {len(known)} {'OTHER' in os.environ}")
print("the key is", os.environ["MY_KEY"], "and the password", known)
"""

VALUE = "hunter2-é\nsecond line"


class Secrets:
    def test_a_secret_is_listed_by_name_and_never_by_value(self, rig):
        rig.workspace.secrets.set("db-password", VALUE)
        rig.workspace.secrets.set("Api-Key", VALUE)
        page = rig.workspace.secrets.list()
        assert [secret.name for secret in page.items] == ["Api-Key", "db-password"]
        assert "hunter2" not in repr(page) + page.model_dump_json()

    def test_lists_come_in_pages(self, rig):
        for name in "edcab":
            rig.workspace.secrets.set(f"key-{name}", VALUE)
        found, token = [], None
        while True:
            page = rig.workspace.secrets.list(limit=2, continuation=token)
            found += [secret.name[-1] for secret in page.items]
            if (token := page.continuation) is None:
                break
        assert found == list("abcde")

    def test_setting_again_changes_the_value_and_adds_no_name(self, rig):
        rig.workspace.secrets.set("key", "one")
        rig.workspace.secrets.set("KEY", "two")
        assert [secret.name for secret in rig.workspace.secrets.list().items] == ["KEY"]

    def test_a_deleted_secret_is_gone(self, rig):
        rig.workspace.secrets.set("key", VALUE)
        rig.workspace.secrets.delete("KEY")
        assert rig.workspace.secrets.list().items == ()
        with pytest.raises(SecretNotFound, match="key"):
            rig.workspace.secrets.delete("key")

    @pytest.mark.parametrize("name", ["", "a_b", "../up", "a b", "1st", "x" * 128, "é"])
    def test_names_are_those_that_a_key_vault_takes(self, rig, name):
        with pytest.raises(UsageError):
            rig.workspace.secrets.set(name, VALUE)

    @pytest.mark.parametrize("value", ["", "a\0b", "hunter2" * 5000])
    def test_a_value_that_no_variable_can_hold_is_refused_without_quoting_it(self, rig, value):
        with pytest.raises(UsageError) as caught:
            rig.workspace.secrets.set("key", value)
        assert "hunter2" not in str(caught.value)

    def test_a_job_that_names_an_unknown_secret_is_refused(self, rig, write_notebook, spec_of):
        rig.workspace.secrets.set("known", VALUE)
        with pytest.raises(SecretNotFound, match="There are: known"):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), secrets=("unknown",)))
        assert rig.workspace.jobs.list().items == ()


class Connections:
    def test_a_connection_keeps_what_it_was_made_with_but_its_credentials(self, rig):
        given = Connection(name="Feed", type="python_feed", target="https://example.com", tags={"a": "b"})
        made = rig.workspace.connections.create_or_update(given, {"pat": VALUE, "extra": "x"})
        assert made == rig.workspace.connections.get("feed")
        assert (made.type, made.target, made.tags) == (given.type, given.target, given.tags)
        assert made.credentials == ("extra", "pat")
        assert rig.workspace.connections.list().items == (made,)
        assert "hunter2" not in repr(made) + made.model_dump_json()

    def test_changing_one_keeps_when_it_was_made(self, rig):
        made = rig.workspace.connections.create_or_update(Connection(name="feed"), {"pat": "1"})
        changed = rig.workspace.connections.create_or_update(Connection(name="feed", target="t"), {})
        assert (changed.created, changed.target, changed.credentials) == (made.created, "t", ())

    def test_a_deleted_connection_is_gone(self, rig):
        rig.workspace.connections.create_or_update(Connection(name="feed"), {"pat": "1"})
        rig.workspace.connections.delete("FEED")
        for gone in (rig.workspace.connections.get, rig.workspace.connections.delete):
            with pytest.raises(ConnectionNotFound, match="feed"):
                gone("feed")

    @pytest.mark.parametrize("name", ["", "a", "../up", "a b", "x" * 34])
    def test_names_are_those_that_azure_takes(self, rig, name):
        with pytest.raises(UsageError):
            rig.workspace.connections.create_or_update(Connection(name=name), {})

    def test_a_job_that_names_an_unknown_connection_is_refused(self, rig, write_notebook, spec_of):
        with pytest.raises(ConnectionNotFound, match="unknown"):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), connections=("unknown",)))


class RunningWithSecrets:
    def test_a_job_reads_what_it_names_and_prints_none_of_it(self, rig, write_notebook, spec_of, azml_home):
        rig.workspace.secrets.set("my-key", "correct-horse")
        rig.workspace.secrets.set("other", "not-for-it")
        rig.workspace.connections.create_or_update(Connection(name="my-db"), {"password": "battery-staple"})
        spec = spec_of(write_notebook(READS), secrets=("my-key",), connections=("my-db",))
        ended = JobStream(rig.workspace, rig.workspace.jobs.submit(spec).name).wait()
        assert ended.status is JobStatus.COMPLETED, ended.reason
        with rig.workspace.jobs.open(ended.name, "outputs/lengths.txt") as file:
            assert file.read() == b"13 14 False"
        told = [path for path in azml_home.rglob("*") if path.is_file() and path.suffix != ".value"]
        for value in (b"correct-horse", b"battery-staple"):
            assert not [path for path in told if value in path.read_bytes()]

    def test_a_job_that_fails_tells_none_of_it_either(self, rig, write_notebook, spec_of, azml_home):
        rig.workspace.secrets.set("my-key", "correct-horse")
        spec = spec_of(write_notebook("import os; raise ValueError(os.environ['MY_KEY'])"), secrets=("my-key",))
        ended = JobStream(rig.workspace, rig.workspace.jobs.submit(spec).name).wait()
        assert ended.status is JobStatus.FAILED
        assert "correct-horse" not in ended.model_dump_json()
        told = [path for path in azml_home.rglob("*") if path.is_file() and path.suffix != ".value"]
        assert not [path for path in told if b"correct-horse" in path.read_bytes()]
