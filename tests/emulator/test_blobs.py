"""Microsoft's storage client, unmodified, over the folder of a datastore."""

import asyncio
import os
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
import requests
import uvicorn
from azure.core import MatchConditions
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.storage.blob import (
    BlobSasPermissions,
    BlobServiceClient,
    ContentSettings,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

from jupyter_azml.emulator.app import identity_of
from jupyter_azml.emulator.storage import StorageAccount
from jupyter_azml.emulator.tokens import Issuer

SECRET = "of a test"


@pytest.fixture
def account(workspace, tmp_path):
    issuer = Issuer(SECRET)
    return StorageAccount(workspace, identity_of(workspace), SECRET, issuer.accepts, tmp_path / "emulator")


@pytest.fixture
def address(account):
    """Of a server that takes every host for the account's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(account.application(), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def name(account, workspace):
    return account.container_of(workspace.datastores.get_default())


@pytest.fixture
def client(address, account, name):
    key = {"account_name": account.name, "account_key": account.key}
    service = BlobServiceClient(
        address, credential=key, max_single_put_size=64 * 1024, max_block_size=64 * 1024, retry_total=0
    )
    return service.get_container_client(name)


def test_what_is_uploaded_is_in_the_datastore_and_comes_back_whole_and_in_parts(client, workspace, tmp_path):
    small, large = b"a,b\n1,2\n", os.urandom(700_000)
    client.upload_blob("in/small.csv", small, content_settings=ContentSettings("text/csv"), metadata={"made": "here"})
    client.upload_blob("in/deep/large.bin", large, max_concurrency=4)
    assert workspace.datastores.open("workspaceblobstore", "in/small.csv").read() == small
    assert client.download_blob("in/deep/large.bin", max_concurrency=4).readall() == large
    assert client.download_blob("in/deep/large.bin", offset=1000, length=99).readall() == large[1000:1099]
    found = client.get_blob_client("in/small.csv").get_blob_properties()
    assert (found.size, found.content_settings.content_type, found.metadata) == (8, "text/csv", {"made": "here"})
    client.get_blob_client("in/small.csv").set_blob_metadata({"upload_status": "completed"})
    assert client.get_blob_client("in/small.csv").get_blob_properties().metadata == {"upload_status": "completed"}
    assert client.get_blob_client("nothing").exists() is False


def test_names_are_listed_flat_and_by_folder_a_page_at_a_time(client):
    names = [f"top/{folder}/{number}.txt" for folder in ("a", "b é") for number in range(5)] + ["top/%41#?&+.txt"]
    for each in names:
        client.upload_blob(each, b"x", metadata={"n": "1"})
    assert [blob.name for blob in client.list_blobs()] == sorted(names)
    assert [blob.name for blob in client.list_blobs("top/b")] == sorted(each for each in names if "b é" in each)
    pages = client.list_blobs("top/", results_per_page=4).by_page()
    assert [len(list(page)) for page in pages] == [4, 4, 3]
    assert {blob.name for blob in client.walk_blobs("top/")} == {"top/a/", "top/b é/", "top/%41#?&+.txt"}
    assert all(blob.metadata == {"n": "1"} for blob in client.list_blobs(include=["metadata"]))
    assert list(client.list_blobs("nowhere/")) == []


def test_blobs_are_deleted_copied_and_guarded_by_what_is_there(client):
    blob = client.upload_blob("a.txt", b"one")
    with pytest.raises(ResourceExistsError):
        client.upload_blob("a.txt", b"two")
    before = blob.get_blob_properties().etag
    client.upload_blob("a.txt", b"three", overwrite=True)
    with pytest.raises(ResourceModifiedError):
        blob.download_blob(etag=before, match_condition=MatchConditions.IfNotModified)
    copy = client.get_blob_client("b.txt")
    copy.start_copy_from_url(blob.url)
    assert copy.download_blob().readall() == b"three"
    blob.delete_blob()
    with pytest.raises(ResourceNotFoundError):
        blob.download_blob()
    with pytest.raises(ResourceNotFoundError):
        blob.delete_blob()


def test_an_upload_that_was_cut_leaves_nothing_and_its_blocks_can_be_used(client):
    blob = client.get_blob_client("cut.bin")
    blob.stage_block("AAAA", b"first ")
    assert blob.exists() is False
    committed, sent = blob.get_block_list("all")
    assert (committed, [block.id for block in sent]) == ([], ["AAAA"])
    blob.stage_block("AAAB", b"second")
    with pytest.raises(HttpResponseError, match="was not sent"):
        blob.commit_block_list(["AAAA", "AAAC"])
    blob.commit_block_list(["AAAA", "AAAB"])
    assert blob.download_blob().readall() == b"first second"


def test_signatures_let_in_what_they_say_for_as_long_as_they_say(address, account, name, client):
    client.upload_blob("a.txt", b"one")
    later, before = datetime.now(UTC) + timedelta(hours=1), datetime.now(UTC) - timedelta(hours=1)

    def with_signature(text):
        return BlobServiceClient(address, credential=text, retry_total=0).get_container_client(name)

    ours = with_signature(account.signature(name))
    ours.upload_blob("b.txt", b"two")
    assert [blob.name for blob in ours.list_blobs()] == ["a.txt", "b.txt"]
    facts = {"account_name": account.name, "account_key": account.key}
    container = generate_container_sas(container_name=name, permission="rl", expiry=later, **facts)
    assert with_signature(container).download_blob("a.txt").readall() == b"one"
    with pytest.raises(HttpResponseError, match="AuthorizationPermissionMismatch"):
        with_signature(container).upload_blob("c.txt", b"no")
    one = generate_blob_sas(
        container_name=name, blob_name="a.txt", permission=BlobSasPermissions(read=True), expiry=later, **facts
    )
    assert with_signature(one).download_blob("a.txt").readall() == b"one"
    with pytest.raises(ClientAuthenticationError):
        with_signature(one).download_blob("b.txt").readall()
    whole = generate_account_sas(**facts, resource_types="sco", permission="rl", expiry=later)
    assert len(list(with_signature(whole).list_blobs())) == 2
    expired = generate_container_sas(container_name=name, permission="rl", expiry=before, **facts)
    for bad in (expired, container[:-3] + "AAA", "sv=2021-12-02"):
        with pytest.raises(ClientAuthenticationError):
            with_signature(bad).download_blob("a.txt").readall()


def test_a_wrong_key_and_a_made_up_token_get_nothing_and_an_issued_one_does(address, account, name, client):
    client.upload_blob("a.txt", b"one")
    wrong = {"account_name": account.name, "account_key": "d3Jvbmc="}
    with pytest.raises(ClientAuthenticationError):
        BlobServiceClient(address, credential=wrong, retry_total=0).get_container_client(name).download_blob("a.txt")
    for token, status in ((Issuer(SECRET).issue("https://storage.azure.com"), 200), ("made.up.token", 403), ("", 401)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        assert requests.get(f"{address}/{name}/a.txt", headers=headers).status_code == status


@pytest.mark.parametrize("path", ["../out", "a/../../out", "a\\b", "dot.", "x" * 1025])
def test_names_that_no_folder_can_hold_are_refused(client, path, tmp_path):
    with pytest.raises(HttpResponseError):
        client.upload_blob(path, b"x")
    assert not list(tmp_path.rglob("out"))
