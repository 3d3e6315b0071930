"""Datastores, and the files in them."""

import pytest

from jupyter_azml.entities import DataAsset
from jupyter_azml.errors import Conflict, DataNotFound, DatastoreNotFound, StorageError, UsageError

_SPOILED = {"account_key": "d3Jvbmc=", "sas_token": "sv=2024-11-04&sr=c&sp=rl&se=2099-01-01&sig=d3Jvbmc%3D"}


class Datastores:
    @pytest.fixture
    def raw(self, rig, tmp_path):
        folder = tmp_path / "raw"
        folder.mkdir()
        (folder / "a.csv").write_text("x\n1\n")
        return rig.make_datastore("Raw", folder, description="as it came")

    def test_a_workspace_has_one_of_its_own_that_is_the_default(self, rig):
        (own,) = _own_ones(rig)
        assert own == rig.workspace.datastores.get_default()
        assert (own.name, own.is_default) == ("workspaceblobstore", True)
        with pytest.raises(Conflict):
            rig.workspace.datastores.delete(own.name)

    def test_another_one_can_be_named_found_made_the_default_and_forgotten(self, rig, raw):
        stores = rig.workspace.datastores
        assert [store.name for store in _own_ones(rig)] == ["workspaceblobstore", "Raw"]
        assert stores.get("raw") == raw
        assert raw.created
        assert stores.set_default("RAW").is_default
        assert stores.get_default().name == "Raw"
        assert [store.is_default for store in _own_ones(rig)] == [False, True]
        stores.delete("raw")
        assert stores.get_default().name == "workspaceblobstore"
        with pytest.raises(DatastoreNotFound) as error:
            stores.get("workspaceblobstor")
        assert "workspaceblobstore" in error.value.hint

    def test_names_are_told_a_page_at_a_time(self, rig, raw):
        first = rig.workspace.datastores.list(limit=1)
        second = rig.workspace.datastores.list(limit=1, continuation=first.continuation)
        assert [store.name for store in (*first.items, *second.items)] == ["workspaceblobstore", "Raw"]
        assert "Raw" not in [store.name for store in _rest(stores=rig.workspace.datastores, page=second)]

    @pytest.mark.parametrize("name", ["", "a", "a b", "../x", "a-b", "x" * 256])
    def test_a_name_that_azure_would_not_take_is_refused(self, rig, raw, name):
        with pytest.raises(UsageError):
            rig.workspace.datastores.create_or_update(raw.model_copy(update={"name": name}), {})

    def test_a_place_that_does_not_answer_is_not_kept(self, rig, raw, tmp_path):
        gone = raw.model_copy(update={"name": "gone", "path": str(tmp_path / "nothing")})
        with pytest.raises((DataNotFound, StorageError)):
            rig.workspace.datastores.create_or_update(gone, {})
        with pytest.raises(DatastoreNotFound):
            rig.workspace.datastores.get("gone")

    def test_one_that_data_assets_lie_in_is_not_forgotten(self, rig, raw):
        stores = rig.workspace.datastores
        rig.workspace.data.create(DataAsset(name="rows", type="uri_file", path="azureml://datastores/raw/paths/a.csv"))
        with pytest.raises(Conflict, match="rows"):
            stores.delete("Raw")

    def test_files_go_in_and_out(self, rig, raw, tmp_path):
        stores = rig.workspace.datastores
        told = []
        folder = tmp_path / "project"
        (folder / "deep").mkdir(parents=True)
        (folder / "one.txt").write_text("one")
        (folder / "deep" / "two.txt").write_text("two!")
        assert stores.upload("raw", folder, "project", progress=lambda *count: told.append(count)) == 2
        assert told[-1] == (7, 7)
        assert [file.path for file in stores.browse("raw", "project").items] == ["project/deep", "project/one.txt"]
        with pytest.raises(Conflict):
            stores.upload("raw", folder, "project")
        assert stores.upload("raw", folder / "one.txt", "") == 1
        assert stores.open("raw", "one.txt").read() == b"one"
        assert stores.download("raw", "project", tmp_path / "back") == 2
        assert (tmp_path / "back" / "deep" / "two.txt").read_text() == "two!"
        (tmp_path / "into").mkdir()
        assert stores.download("raw", "project/one.txt", tmp_path / "into") == 1
        assert (tmp_path / "into" / "one.txt").read_text() == "one"
        stores.move("raw", "project", "kept")
        stores.remove("raw", "kept/deep")
        assert [file.path for file in stores.browse("raw", "kept").items] == ["kept/one.txt"]

    def test_a_path_that_leads_nowhere_says_where_to_look(self, rig, raw):
        stores = rig.workspace.datastores
        for call in (stores.browse, stores.open, stores.remove):
            with pytest.raises(DataNotFound, match="raw") as error:
                call("raw", "none/../../x")
            assert "azml datastore browse" in error.value.hint


def _own_ones(rig):
    """Without those that every workspace of Azure's has besides, and that hold no data of anybody's."""
    of_azure = {"workspaceartifactstore", "workspacefilestore", "workspaceworkingdirectory"}
    return [store for store in rig.workspace.datastores.list().items if store.name not in of_azure]


def _rest(stores, page):
    found = []
    while page.continuation is not None:
        page = stores.list(limit=1, continuation=page.continuation)
        found += page.items
    return found


class BlobDatastores:
    """With ``blob_datastore``: one that is not kept yet, and its credentials."""

    def test_a_container_is_a_datastore_whose_credentials_are_never_shown(self, rig, blob_datastore, tmp_path):
        datastore, credentials = blob_datastore
        stores = rig.workspace.datastores
        kept = stores.create_or_update(datastore, credentials)
        assert kept.credentials is datastore.credentials
        assert not any(secret in kept.model_dump_json() for secret in credentials.values())
        (tmp_path / "x.bin").write_bytes(b"x" * 10)
        stores.upload(kept.name, tmp_path / "x.bin", "deep/x.bin")
        assert [file.path for file in stores.browse(kept.name, "deep").items] == ["deep/x.bin"]
        if credentials:
            wrong = {name: _SPOILED[name] for name in credentials}
            with pytest.raises(StorageError):
                stores.create_or_update(datastore.model_copy(update={"name": "other"}), wrong)
        stores.delete(kept.name)
