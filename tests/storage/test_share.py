"""Azure Files, as far as the emulator answers as the service does: Azurite has no service for shares."""

import os
import sys

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.fileshare import ShareClient

from jupyter_azml.emulator.blobs import create_shares
from jupyter_azml.emulator.blobs.authorization import Authorization
from jupyter_azml.emulator.blobs.containers import Container
from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
from jupyter_azml.errors import NotSupported, StorageChanged, UsageError
from jupyter_azml.storage.content import BLOCK
from jupyter_azml.storage.folder import Folder
from jupyter_azml.storage.reach import reach_store
from jupyter_azml.storage.share import ShareStore
from tests.azurite.server import KEY
from tests.fakes.loopback import Stage, served
from tests.storage.suite import NAMES, StoreSuite


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def share(stage, tmp_path):
    container = Container("share", Folder(tmp_path / "share"), tmp_path / "state")
    (tmp_path / "share").mkdir()
    authorization = Authorization("account", [KEY], lambda token: False, service="file")
    shares = create_shares("account", authorization, {"share": container}.get, lambda: ["share"])
    stage.app = shares
    credential = {"account_name": "account", "account_key": KEY}
    return ShareClient(stage.url, "share", credential=credential, retry_total=0)


class TestShareStore(StoreSuite):
    @pytest.fixture
    def store(self, share):
        return ShareStore(share, "the datastore raw")

    @pytest.mark.parametrize("name", [name for name in NAMES if not {*'"?'} & {*name}])
    def test_names_come_back_as_they_were_given(self, store, make, name, tmp_path):
        super().test_names_come_back_as_they_were_given(store, make, name, tmp_path)

    def test_a_name_that_the_service_has_not_is_refused(self, store, make):
        with pytest.raises(UsageError, match=r"a\?b"):
            store.upload(make(), "a?b.txt")

    def test_a_large_file_goes_and_comes_in_pieces(self, store, make, tmp_path):
        source = make(os.urandom(2 * BLOCK + 7))
        store.upload(source, "deep/big.bin")
        store.download("deep/big.bin", tmp_path / "back.bin")
        assert (tmp_path / "back.bin").read_bytes() == source.read_bytes()

    def test_a_file_that_changes_while_it_is_read_is_noticed(self, store, make):
        store.upload(make(os.urandom(4_000_000)), "x.bin")
        with store.open("x.bin") as file:
            file.read(10)
            store.upload(make(os.urandom(4_000_000)), "x.bin", overwrite=True)
            file.seek(3_000_000)
            with pytest.raises(StorageChanged, match=r"x\.bin"):
                file.read(10)

    def test_an_upload_that_fails_leaves_nothing(self, store, make):
        def fail(_done, _size):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.upload(make(), "x.txt", progress=fail)
        assert list(store.walk()) == []


def test_ranges_come_in_any_order_make_a_file_no_longer_and_change_one_that_is_there(share):
    client = share.get_file_client("x.bin")
    client.create_file(6)
    client.upload_range(b"def", offset=3, length=3)
    assert list(share.list_directories_and_files()) == [], "no list shows half a file"
    assert client.get_file_properties().size == 6
    with pytest.raises(ResourceExistsError, match="SharingViolation"):
        client.download_file()
    client.upload_range(b"abc", offset=0, length=3)
    assert client.download_file().readall() == b"abcdef"
    client.upload_range(b"XX", offset=2, length=2)
    client.set_file_metadata({"k": "v"})
    assert (client.download_file().readall(), client.get_file_properties().metadata) == (b"abXXef", {"k": "v"})
    with pytest.raises(HttpResponseError, match="InvalidRange"):
        client.upload_range(b"YY", offset=5, length=2)
    with pytest.raises(ResourceNotFoundError):
        share.get_file_client("no/parent.bin").create_file(1)
    for wrong in ("bytes=0-4", "bytes=nonsense"):

        def spoil(request, wrong=wrong):
            request.http_request.headers["x-ms-range"] = wrong

        with pytest.raises(HttpResponseError, match="InvalidHeaderValue"):
            client.upload_range(b"Y", offset=0, length=1, raw_request_hook=spoil)


def described():
    kind = {"type": DatastoreType.AZURE_FILE, "credentials": CredentialsType.ACCOUNT_KEY}
    return Datastore(name="raw", account_name="account", container_name="share", **kind)


def test_its_address_is_that_of_the_file_service():
    assert reach_store(described(), {"account_key": KEY}).address == "https://account.file.core.windows.net/share"


def test_without_its_library_the_way_to_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "azure.storage.fileshare", None)
    monkeypatch.delitem(sys.modules, "jupyter_azml.storage.share")
    with pytest.raises(NotSupported, match=r"pip install .jupyter_azml\[files\]"):
        reach_store(described(), {"account_key": KEY})
