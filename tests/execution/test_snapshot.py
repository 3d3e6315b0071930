"""What travels with a job."""

import os
import zipfile

import pytest

from jupyter_azml.errors import SnapshotTooLarge
from jupyter_azml.execution import snapshot
from jupyter_azml.execution.snapshot import list_snapshot, unpack_snapshot, write_snapshot


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "project"
    for name in ("train.ipynb", "lib/tool.py", "data/big.csv", "outputs/old.txt", ".git/config", "venv/pyvenv.cfg"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name)
    return made


def names(folder):
    return [file.name for file in list_snapshot(folder, "train.ipynb")]


def test_code_travels_and_outputs_environments_and_history_stay(folder):
    assert names(folder) == ["data/big.csv", "lib/tool.py", "train.ipynb"]


@pytest.mark.parametrize("file", [".amlignore", ".gitignore"])
def test_ignored_files_stay(folder, file):
    (folder / file).write_text("data/\n*.py\n!lib/tool.py\n")
    assert names(folder) == [file, "lib/tool.py", "train.ipynb"]


def test_amlignore_goes_before_gitignore(folder):
    (folder / ".gitignore").write_text("*\n")
    (folder / ".amlignore").write_text("data/\n")
    assert "lib/tool.py" in names(folder)


def test_the_notebook_travels_even_from_an_ignored_place(folder):
    (folder / ".amlignore").write_text("*\n")
    assert names(folder) == ["train.ipynb"]


def test_equal_folders_make_equal_snapshots_whatever_their_times(folder, tmp_path):
    first = write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store")
    os.utime(folder / "train.ipynb", (1, 1))
    assert write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store") == first
    (folder / "lib" / "tool.py").write_text("other")
    assert write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store") != first


def test_what_was_packed_comes_out_with_its_mode(folder, tmp_path):
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    digest = write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store")
    unpack_snapshot(tmp_path / "store" / f"{digest}.zip", tmp_path / "out")
    assert os.access(tmp_path / "out" / "run.sh", os.X_OK)
    assert (tmp_path / "out" / "lib" / "tool.py").read_text() == "lib/tool.py"


def test_links_are_followed_and_circles_end(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "table.csv").write_text("1")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "circle").symlink_to(folder)
    (folder / "broken").symlink_to(tmp_path / "nothing")
    assert names(folder) == ["data/big.csv", "lib/tool.py", "linked/table.csv", "train.ipynb"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_BYTES", 12)])
def test_too_large_a_folder_is_refused_with_the_way_out(folder, monkeypatch, limit, value):
    monkeypatch.setattr(snapshot, limit, value)
    with pytest.raises(SnapshotTooLarge) as caught:
        names(folder)
    assert ".amlignore" in caught.value.hint


def test_an_archive_cannot_write_outside_its_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../../escaped.txt", "x")
    unpack_snapshot(tmp_path / "evil.zip", tmp_path / "deep" / "out")
    assert not (tmp_path / "escaped.txt").exists()
    assert not (tmp_path / "deep" / "escaped.txt").exists()
