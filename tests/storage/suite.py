"""What every store has to do. A test module names the store and inherits."""

import functools
import operator
import os
from pathlib import Path

import pytest

from jupyter_azml.errors import UsageError
from jupyter_azml.storage.content import BLOCK, block_hash, content_hash

NAMES = [
    "plain.txt",
    "été.txt",
    "naïve space.txt",
    "100%.txt",
    "a+b&c=d.txt",
    "#hash?.txt",
    "日本.txt",
    "🎉.txt",
    "q'uo\"te.txt",
]


class StoreSuite:
    @pytest.fixture
    def make(self, tmp_path):
        def make(content: bytes = b"hello", name: str = "source.bin") -> Path:
            path = tmp_path / "sources" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            return path

        return make

    @pytest.fixture
    def filled(self, store, make):
        for path in ("data/a.csv", "data/b.csv", "data/deep/c.csv", "models/m.pkl", "top.txt"):
            store.upload(make(path.encode()), path)
        return store

    def test_a_folder_is_browsed_one_level_at_a_time(self, filled):
        assert [(file.path, file.is_folder) for file in filled.browse("data").items] in (
            [("data/deep", True), ("data/a.csv", False), ("data/b.csv", False)],
            [("data/a.csv", False), ("data/b.csv", False), ("data/deep", True)],
        )
        assert {file.path for file in filled.browse().items} == {"data", "models", "top.txt"}
        assert filled.browse("data/").items == filled.browse("/data").items

    def test_pages_go_on_where_the_last_one_ended(self, store, make):
        for number in range(7):
            store.upload(make(), f"many/{number}.txt")
        pages, continuation = [], None
        while True:
            page = store.browse("many", limit=3, continuation=continuation)
            pages.append([file.path for file in page.items])
            continuation = page.continuation
            if not continuation:
                break
        assert [len(page) for page in pages] == [3, 3, 1]
        assert functools.reduce(operator.iadd, pages, []) == [f"many/{number}.txt" for number in range(7)]

    def test_what_is_not_there_is_said_to_be_not_there(self, filled):
        for call in (filled.browse, filled.open, filled.stat, filled.delete):
            with pytest.raises(FileNotFoundError):
                call("data/none")
        with pytest.raises(NotADirectoryError):
            filled.browse("top.txt")
        with pytest.raises(IsADirectoryError):
            filled.open("data")

    @pytest.mark.parametrize("path", ["../x", "data/../../x", "a\0b"])
    def test_no_path_leads_out(self, filled, path, make):
        with pytest.raises(FileNotFoundError):
            filled.open(path)
        with pytest.raises((UsageError, FileNotFoundError)):
            filled.upload(make(), path)

    @pytest.mark.parametrize(
        "path", ["", "a\\b", "dot.", "folder./x", "a//b", "new\nline", "x" * 1025, "\ud800.txt", "a/./b"]
    )
    def test_a_name_that_some_store_would_change_is_refused(self, store, make, path):
        with pytest.raises(UsageError) as error:
            store.upload(make(), path)
        assert error.value.hint

    @pytest.mark.parametrize("name", NAMES)
    def test_names_come_back_as_they_were_given(self, store, make, name, tmp_path):
        store.upload(make(name.encode()), f"names/{name}")
        assert [file.path for file in store.browse("names").items] == [f"names/{name}"]
        store.download(f"names/{name}", tmp_path / "back")
        assert (tmp_path / "back").read_bytes() == name.encode()

    def test_a_file_is_uploaded_hashed_and_downloaded_in_blocks(self, store, make, tmp_path):
        content = os.urandom(2 * BLOCK + 12_345)
        told = []
        found = store.upload(make(content), "big.bin", progress=lambda done, size: told.append((done, size)))
        pieces = [content[start : start + BLOCK] for start in range(0, len(content), BLOCK)]
        assert found == content_hash(map(block_hash, pieces))
        assert told[-1] == (len(content), len(content))
        assert told == sorted(told)
        store.download(
            "big.bin", tmp_path / "new folder" / "back.bin", progress=lambda done, size: told.append((done, size))
        )
        assert (tmp_path / "new folder" / "back.bin").read_bytes() == content
        assert os.listdir(tmp_path / "new folder") == ["back.bin"]
        assert store.stat("big.bin").size == len(content)

    def test_an_empty_file_is_a_file(self, store, make, tmp_path):
        store.upload(make(b""), "empty")
        store.download("empty", tmp_path / "back")
        assert (tmp_path / "back").read_bytes() == b""
        assert store.open("empty").read() == b""

    def test_nothing_is_overwritten_unless_that_is_said(self, filled, make):
        with pytest.raises(FileExistsError):
            filled.upload(make(b"new"), "top.txt")
        assert filled.open("top.txt").read() == b"top.txt"
        filled.upload(make(b"new"), "top.txt", overwrite=True)
        assert filled.open("top.txt").read() == b"new"
        with pytest.raises(IsADirectoryError):
            filled.upload(make(), "data", overwrite=True)

    def test_a_file_is_read_from_any_position(self, store, make):
        content = os.urandom(3_000_000)
        store.upload(make(content), "x.bin")
        with store.open("x.bin") as file:
            file.seek(-10, os.SEEK_END)
            assert file.read() == content[-10:]
            file.seek(1_234_567)
            assert file.read(100) == content[1_234_567:1_234_667]

    def test_all_files_below_a_folder_are_found(self, filled):
        assert [file.path for file in filled.walk("data")] == ["data/a.csv", "data/b.csv", "data/deep/c.csv"]
        assert len(list(filled.walk())) == 5

    def test_a_folder_is_deleted_with_what_is_in_it_and_the_root_never(self, filled):
        filled.delete("data")
        assert {file.path for file in filled.walk()} == {"models/m.pkl", "top.txt"}
        filled.delete("top.txt")
        for root in ("", "/"):
            with pytest.raises(UsageError, match="everything"):
                filled.delete(root)

    def test_files_and_folders_move_without_overwriting(self, filled):
        filled.move("data", "raw/2024")
        assert [file.path for file in filled.walk("raw")] == ["raw/2024/a.csv", "raw/2024/b.csv", "raw/2024/deep/c.csv"]
        assert filled.open("raw/2024/deep/c.csv").read() == b"data/deep/c.csv"
        with pytest.raises(FileNotFoundError):
            filled.browse("data")
        with pytest.raises(FileExistsError):
            filled.move("raw/2024/a.csv", "top.txt")
        assert filled.open("top.txt").read() == b"top.txt"
