"""What travels with a job."""

import os
import zipfile

import pytest

from jupyter_azml.errors import SnapshotTooLarge, SnapshotUnreadable
from jupyter_azml.execution import snapshot
from jupyter_azml.execution.snapshot import list_snapshot, snapshot_files, unpack_snapshot, write_snapshot


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


def test_an_amlignore_above_or_below_counts_as_a_gitignore_does(folder):
    (folder / ".git").rename(folder.parent / ".git")
    (folder.parent / ".amlignore").write_text("*.csv\n")
    (folder / ".gitignore").write_text("*\n")
    (folder / "lib" / ".amlignore").write_text("/tool.py\n")
    assert names(folder) == [".gitignore", "lib/.amlignore", "train.ipynb"]


def test_a_folder_may_have_an_amlignore_where_gitignore_is_obeyed(folder):
    (folder / ".gitignore").write_text("*.csv\n")
    (folder / "lib" / ".gitignore").write_text("*\n")
    (folder / "lib" / ".amlignore").write_text("other\n")
    assert names(folder) == [".gitignore", "lib/.amlignore", "lib/.gitignore", "lib/tool.py", "train.ipynb"]


def test_a_workspace_in_the_folder_stays(folder):
    (folder / "ws" / "jobs").mkdir(parents=True)
    (folder / "ws" / "workspace.db").write_text("")
    assert names(folder) == ["data/big.csv", "lib/tool.py", "train.ipynb"]


def test_a_command_needs_no_notebook(folder):
    (folder / ".amlignore").write_text("*.ipynb\n")
    assert [file.name for file in list_snapshot(folder, "")] == [".amlignore", "data/big.csv", "lib/tool.py"]


def test_a_folder_that_is_not_there_or_a_notebook_that_went_is_named(folder):
    with pytest.raises(SnapshotUnreadable, match="nowhere"):
        list_snapshot(folder / "nowhere", "")
    with pytest.raises(SnapshotUnreadable, match=r"gone\.ipynb"):
        list_snapshot(folder, "gone.ipynb")


def test_neither_umask_nor_order_changes_a_snapshot_but_what_can_be_executed_does(folder, tmp_path):
    files = list_snapshot(folder, "train.ipynb")
    first = write_snapshot(files, tmp_path / "store")
    (folder / "lib" / "tool.py").chmod(0o600)
    assert write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store") == first
    (folder / "lib" / "tool.py").chmod(0o700)
    assert write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store") != first


def test_a_snapshot_that_is_there_is_not_written_again(folder, tmp_path, monkeypatch):
    files = list_snapshot(folder, "train.ipynb")
    digest = write_snapshot(files, tmp_path / "store")
    monkeypatch.setattr(snapshot.zipfile, "ZipFile", None)
    assert write_snapshot(files, tmp_path / "store") == digest
    assert os.listdir(tmp_path / "store") == [f"{digest}.zip"]


def test_a_file_that_went_since_stays_out(folder, tmp_path):
    files = list_snapshot(folder, "train.ipynb")
    (folder / "lib" / "tool.py").unlink()
    digest = write_snapshot(files, tmp_path / "store")
    found = [file.path for file in snapshot_files(tmp_path / "store" / f"{digest}.zip")]
    assert found == ["data/big.csv", "train.ipynb"]


class Watched:
    """A file that something happens to while it is read."""

    def __init__(self, file, happens):
        self._file, self._happens = file, happens

    def read(self, size):
        read = self._file.read(size)
        self._happens()
        return read

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._file.close()

    def fileno(self):
        return self._file.fileno()


@pytest.fixture
def while_reading(folder, monkeypatch):
    path, opened = folder / "data" / "big.csv", snapshot.Path.open

    def happen(what):
        def open_watched(self, *words, **more):
            file = opened(self, *words, **more)
            return Watched(file, lambda: what(path)) if self == path and words == ("rb",) else file

        monkeypatch.setattr(snapshot.Path, "open", open_watched)

    return happen


def test_of_a_log_that_grows_what_was_there_travels(folder, tmp_path, while_reading):
    def grow(path):
        with open(path, "a") as file:
            file.write("one more line\n" * 1000)

    while_reading(grow)
    digest = write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store")
    unpack_snapshot(tmp_path / "store" / f"{digest}.zip", tmp_path / "out")
    assert (tmp_path / "out" / "data" / "big.csv").read_text().startswith("data/big.csv")


def test_a_file_that_is_written_anew_all_the_time_is_named(folder, tmp_path, while_reading):
    times = iter(range(1, 100))
    while_reading(lambda path: os.utime(path, (next(times), next(times))))
    with pytest.raises(SnapshotUnreadable, match=r"big.csv is being written"):
        write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store")
    assert os.listdir(tmp_path / "store") == []


def test_a_file_that_is_written_anew_once_travels_as_it_is_then(folder, tmp_path, while_reading):
    changes = iter([lambda path: path.write_text("short")])
    while_reading(lambda path: next(changes, lambda _path: None)(path))
    digest = write_snapshot(list_snapshot(folder, "train.ipynb"), tmp_path / "store")
    unpack_snapshot(tmp_path / "store" / f"{digest}.zip", tmp_path / "out")
    assert (tmp_path / "out" / "data" / "big.csv").read_text() == "short"


def test_a_name_that_no_archive_can_hold_is_told(folder):
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("1")
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    with pytest.raises(SnapshotUnreadable, match=r"caf.*not UTF-8"):
        names(folder)


def test_pipes_and_links_to_themselves_are_passed_over(folder):
    os.mkfifo(folder / "pipe")
    (folder / "self").symlink_to(folder / "self")
    assert names(folder) == ["data/big.csv", "lib/tool.py", "train.ipynb"]


def test_a_damaged_archive_is_told(tmp_path):
    (tmp_path / "x.zip").write_text("no zip")
    for path in (tmp_path / "x.zip", tmp_path / "gone.zip"):
        with pytest.raises(SnapshotUnreadable):
            snapshot_files(path)


def test_too_large_a_folder_names_what_is_largest_in_it(folder, monkeypatch):
    monkeypatch.setattr(snapshot, "MOST_BYTES", 3 * 1024**2)
    (folder / "data" / "big.csv").write_bytes(b"x" * 4 * 1024**2)
    with pytest.raises(SnapshotTooLarge, match=r"data/ \(4 MB, 1\)"):
        names(folder)


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
