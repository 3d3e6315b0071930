"""Hashes of local files, which are read once."""

import os
import time

import pytest

from jupyter_azml.local import content_hashes
from jupyter_azml.local.content_hashes import content_of
from jupyter_azml.storage.content import BLOCK, block_hash, content_hash
from jupyter_azml.storage.files import files_below


@pytest.fixture
def db(workspace):
    return workspace.data._db


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "rows"
    folder.mkdir()
    (folder / "a").write_bytes(b"1")
    (folder / "b").write_bytes(b"2" * (BLOCK + 1))
    for file in folder.iterdir():
        os.utime(file, (1_000_000, 1_000_000))
    return folder


def test_a_file_alone_has_the_hash_of_its_blocks(db, folder):
    found = content_of(db, [(folder / "b", "")])
    assert found.hash == content_hash([block_hash(b"2" * BLOCK), block_hash(b"2")])
    assert found.size == BLOCK + 1


def test_a_folder_has_one_for_its_names_and_contents(db, folder, tmp_path):
    before = content_of(db, files_below(folder)).hash
    folder = folder.rename(tmp_path / "elsewhere")
    assert content_of(db, files_below(folder)).hash == before
    (folder / "a").rename(folder / "c")
    assert content_of(db, files_below(folder)).hash != before


def test_what_has_not_changed_is_not_read_again(db, folder, monkeypatch):
    monkeypatch.setattr(content_hashes, "_TOO_NEW", -time.time())
    before = content_of(db, files_below(folder))
    read, hash_file = [], content_hashes.hash_file
    monkeypatch.setattr(
        content_hashes, "hash_file", lambda file, *rest: (read.append(file.name), hash_file(file, *rest))[1]
    )
    assert content_of(db, files_below(folder)) == before
    assert read == []
    (folder / "a").write_bytes(b"3")
    os.utime(folder / "a", (1_000_000, 1_000_000))
    assert content_of(db, files_below(folder)).hash != before.hash
    assert read == ["a"]


def test_what_was_just_written_may_be_written_again_and_is_read(db, folder, monkeypatch):
    content_of(db, files_below(folder))
    read, hash_file = [], content_hashes.hash_file
    monkeypatch.setattr(
        content_hashes, "hash_file", lambda file, *rest: (read.append(file.name), hash_file(file, *rest))[1]
    )
    content_of(db, files_below(folder))
    assert read == ["a", "b"]
