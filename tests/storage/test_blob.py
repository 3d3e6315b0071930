"""Blob storage, as Azurite answers for it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from azure.storage.blob import BlobClient, ContainerClient, ContainerSasPermissions, generate_container_sas

from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
from jupyter_azml.errors import StorageChanged, StorageError, StorageRefused, StorageUnreachable
from jupyter_azml.storage.blob import BlobStore
from jupyter_azml.storage.content import BLOCK
from jupyter_azml.storage.reach import reach_store
from tests.azurite.server import ACCOUNT, KEY
from tests.storage.suite import StoreSuite


class TestBlobStore(StoreSuite):
    @pytest.fixture
    def store(self, container):
        return BlobStore(container, "the datastore raw")

    def test_an_upload_goes_on_where_it_was_cut(self, store, make, monkeypatch):
        source = make(os.urandom(4 * BLOCK + 7))
        sent, stage = [], BlobClient.stage_block

        def cut(client, block_id, data, **kwargs):
            if len(sent) == 3:
                raise KeyboardInterrupt
            sent.append(block_id)
            return stage(client, block_id, data, **kwargs)

        monkeypatch.setattr(BlobClient, "stage_block", cut)
        with pytest.raises(KeyboardInterrupt):
            store.upload(source, "big.bin")
        with pytest.raises(FileNotFoundError):
            store.open("big.bin")
        first, sent = sent, []
        monkeypatch.setattr(BlobClient, "stage_block", lambda c, i, d, **k: (sent.append(i), stage(c, i, d, **k))[1])
        store.upload(source, "big.bin")
        assert (len(first), len(sent)) == (3, 2)
        assert not {*first} & {*sent}
        assert store.open("big.bin").read() == source.read_bytes()

    def test_a_download_goes_on_where_it_was_cut(self, store, make, tmp_path, monkeypatch):
        source = make(os.urandom(4 * BLOCK + 7))
        store.upload(source, "big.bin")
        fetched, download = [], BlobClient.download_blob

        def cut(client, **kwargs):
            if len(fetched) == 3:
                raise KeyboardInterrupt
            fetched.append(kwargs["offset"])
            return download(client, **kwargs)

        monkeypatch.setattr(BlobClient, "download_blob", cut)
        with pytest.raises(KeyboardInterrupt):
            store.download("big.bin", tmp_path / "back.bin")
        assert not (tmp_path / "back.bin").exists()
        first, fetched = fetched, []
        monkeypatch.setattr(
            BlobClient, "download_blob", lambda c, **k: (fetched.append(k["offset"]), download(c, **k))[1]
        )
        store.download("big.bin", tmp_path / "back.bin")
        assert (tmp_path / "back.bin").read_bytes() == source.read_bytes()
        assert sorted(first + fetched) == [n * BLOCK for n in range(5)]

    def test_a_blob_that_changes_while_it_is_read_is_noticed(self, store, make):
        store.upload(make(os.urandom(4_000_000)), "x.bin")
        with store.open("x.bin") as file:
            file.read(10)
            store.upload(make(b"other"), "x.bin", overwrite=True)
            file.seek(3_000_000)
            with pytest.raises(StorageChanged, match=r"x\.bin"):
                file.read(10)

    def test_a_source_that_changes_while_it_is_read_is_noticed(self, store, make):
        source = make(os.urandom(2 * BLOCK))

        def change(done, _size):
            with source.open("ab") as file:
                file.write(b"more")

        with pytest.raises(StorageChanged):
            store.upload(source, "x.bin", progress=change)
        with pytest.raises(FileNotFoundError):
            store.open("x.bin")

    def test_a_wrong_key_is_told_without_the_key(self, container):
        other = ContainerClient(
            container.url.rpartition("/")[0],
            container.container_name,
            credential={"account_name": ACCOUNT, "account_key": "d3Jvbmc="},
        )
        with pytest.raises(StorageRefused, match="the datastore raw") as error:
            BlobStore(other, "the datastore raw").browse()
        assert "d3Jvbmc" not in str(error.value)
        assert error.value.__suppress_context__

    def test_an_expired_signature_is_told_as_such(self, azurite, container):
        token = signature(container, timedelta(hours=-1))
        datastore = described(azurite, container, CredentialsType.SAS)
        with pytest.raises(StorageRefused, match="expired") as error:
            reach_store(datastore, {"sas_token": token}).browse()
        assert "sig=" not in str(error.value)

    def test_keys_and_signatures_reach_it(self, azurite, container, store, make):
        store.upload(make(), "a.txt")
        ways = {
            CredentialsType.SAS: {"sas_token": f"?{signature(container, timedelta(hours=1))}"},
            CredentialsType.ACCOUNT_KEY: {"account_key": KEY},
        }
        for kind, credentials in ways.items():
            assert reach_store(described(azurite, container, kind), credentials).open("a.txt").read() == b"hello"

    def test_a_container_that_is_not_there_is_named_as_the_fault(self, container):
        container.delete_container()
        with pytest.raises(StorageError, match="no container"):
            BlobStore(container, "the datastore raw").browse()

    def test_a_place_that_cannot_be_reached_is_told(self):
        nowhere = ContainerClient(
            f"http://127.0.0.1:9/{ACCOUNT}",
            "c",
            credential={"account_name": ACCOUNT, "account_key": KEY},
            retry_total=0,
        )
        with pytest.raises(StorageUnreachable):
            BlobStore(nowhere, "the datastore raw").browse()


def signature(container: ContainerClient, lasts: timedelta) -> str:
    now = datetime.now(UTC)
    return generate_container_sas(
        ACCOUNT,
        container.container_name,
        account_key=KEY,
        permission=ContainerSasPermissions(read=True, list=True),
        start=now - timedelta(hours=2),
        expiry=now + lasts,
    )


def described(azurite: str, container: ContainerClient, kind: CredentialsType) -> Datastore:
    return Datastore(
        name="raw",
        type=DatastoreType.AZURE_BLOB,
        endpoint=azurite,
        container_name=container.container_name,
        credentials=kind,
    )
