"""Copies of blobs on this machine."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyter_azml.errors import StorageChanged, StorageError, UsageError
from jupyter_azml.storage.blob import BlobStore
from jupyter_azml.storage.cache import Cache
from jupyter_azml.storage.content import BLOCK


@pytest.fixture
def store(container):
    return BlobStore(container, "the datastore raw")


@pytest.fixture
def put(container):
    def put(**files: bytes) -> None:
        for name, content in files.items():
            container.upload_blob(name.replace("__", "/"), content, overwrite=True)

    return put


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 10**9)


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_was_used_longest_ago_goes_first_and_what_a_job_has_stays(store, put, tmp_path):
    cache = Cache(tmp_path / "cache", 25)
    put(a=b"a" * 10, b=b"b" * 10, c=b"c" * 10)
    mine = cache.link(store, "a", tmp_path / "job")
    for name in ("a", "b"):
        os.utime(cache.fetch(store, name).parent, (1, 1))
    os.utime(cache.fetch(store, "a").parent)
    cache.fetch(store, "c")
    assert files_in(tmp_path / "cache") == ["a", "c"]
    cache.fetch(store, "b")
    os.utime(cache.fetch(store, "c").parent)
    assert "a" not in files_in(tmp_path / "cache")
    assert mine.read_bytes() == b"a" * 10


def test_a_copy_that_was_written_to_is_fetched_again(store, put, cache, tmp_path):
    put(rows__a=b"1\n")
    place = cache.fetch(store, "rows") / "a"
    assert not place.stat().st_mode & 0o222
    place.chmod(0o600)
    place.write_bytes(b"2\n")
    assert (cache.link(store, "rows", tmp_path / "job") / "a").read_bytes() == b"1\n"


def test_what_may_be_written_to_is_nobody_elses(store, put, cache, tmp_path):
    put(rows__a=b"1\n")
    (cache.link(store, "rows", tmp_path / "job", writable=True) / "a").write_bytes(b"2\n")
    assert (cache.fetch(store, "rows") / "a").read_bytes() == b"1\n"


def test_a_file_that_changes_after_it_was_listed_is_never_taken_for_it(store, put, tmp_path):
    put(a=b"1" * 10)
    known = store.stat("a")
    put(a=b"2" * 10)
    with pytest.raises(StorageChanged, match="a was changed"):
        store.download("a", tmp_path / "a", known=known)
    assert not (tmp_path / "a").exists()


def test_one_that_was_cut_goes_on(store, put, cache):
    content = os.urandom(3 * BLOCK)
    put(big=content)

    def cut(done, _size):
        if done > BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.fetch(store, "big", progress=cut)
    told = []
    assert cache.fetch(store, "big", progress=lambda *count: told.append(count)).read_bytes() == content
    assert told[-1] == (3 * BLOCK, 3 * BLOCK)


def test_two_that_want_the_same_at_once_fetch_it_once(store, put, cache, monkeypatch):
    put(a=b"1" * 10)
    both, fetched, download = threading.Barrier(2, timeout=20), [], store.download
    monkeypatch.setattr(cache, "_check_room", lambda _size: both.wait())
    monkeypatch.setattr(
        store, "download", lambda path, *rest, **more: (fetched.append(path), download(path, *rest, **more))
    )
    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda _n: cache.fetch(store, "a"), range(2)))
    assert [place.read_bytes() for place in places] == [b"1" * 10] * 2
    assert fetched == ["a"]


def test_names_that_no_folder_can_hold_are_named(store, put, cache):
    put(rows__a=b"1", rows__a__b=b"2")
    with pytest.raises(UsageError, match="rows/a"):
        cache.fetch(store, "rows")
    put(other__x=b"1", other____y=b"2")
    with pytest.raises(UsageError, match="other//y"):
        cache.fetch(store, "other")


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(store, put, cache, monkeypatch, tmp_path):
    put(a=b"1" * 10)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: _Usage())
    with pytest.raises(StorageError, match="10 bytes"):
        cache.fetch(store, "a")
    assert files_in(tmp_path) == []


class _Usage:
    free = 5


def test_a_folder_without_files_is_one(store, put, cache):
    put(a=b"1")
    with pytest.raises(FileNotFoundError):
        cache.fetch(store, "none")
    assert files_in(cache.fetch(store, "")) == ["a"]
