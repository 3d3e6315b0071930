"""A folder of this machine as a store."""

import os

import pytest

from jupyter_azml.storage.folder import Folder
from tests.storage.suite import StoreSuite


class TestFolder(StoreSuite):
    @pytest.fixture
    def store(self, tmp_path):
        (tmp_path / "store").mkdir()
        return Folder(tmp_path / "store")

    def test_a_link_that_leads_out_is_not_followed(self, filled, tmp_path, make):
        os.symlink(tmp_path, tmp_path / "store" / "out")
        with pytest.raises(FileNotFoundError):
            filled.browse("out")
        with pytest.raises(FileNotFoundError):
            filled.upload(make(), "out/x.txt")

    def test_a_link_to_nothing_is_shown(self, filled, tmp_path):
        os.symlink(tmp_path / "nothing", tmp_path / "store" / "data" / "broken")
        assert "data/broken" in {file.path for file in filled.browse("data").items}

    def test_an_upload_that_fails_leaves_nothing(self, store, tmp_path, make):
        def fail(_done, _size):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.upload(make(), "x.txt", progress=fail)
        assert os.listdir(tmp_path / "store") == []
