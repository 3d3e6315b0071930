"""Ignore files mean what they mean to git; git itself is asked."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_azml.execution import snapshot
from jupyter_azml.execution.snapshot import list_snapshot

TREE = (
    *("a.py", "b.txt", "x y.txt", "#odd", "!odd", "keep/a.py", "keep/deep/b.txt", "src/a.py", "src/lib/b.py"),
    *("src/lib/data/c.csv", "data/c.csv", "data/keep.txt", "data/sub/d.csv", "build/out.o", "a-b.txt", "été.txt"),
)

FILES = {
    "plain": {".gitignore": "*.py\ndata/\n"},
    "only what is listed": {".gitignore": "/*\n!/src/\n"},
    "only one kind of file": {".gitignore": "*\n!*/\n!*.py\n"},
    "all of a folder but one file": {".gitignore": "data/*\n!data/keep.txt\n"},
    "two stars": {".gitignore": "data/**\n!data/keep.txt\n**/lib/**/c.csv\nkeep/**/b.txt\n"},
    "what lies below an ignored folder cannot be brought back": {".gitignore": "data/\n!data/keep.txt\n"},
    "signs": {".gitignore": "\\#odd\n\\!odd\nx\\ y.txt\n# no.py\n\n[ab]-b.tx?\n\xe9*\n"},
    "sets": {".gitignore": "[!a].txt\n[[:alpha:]].py\n[a\n[]a]*\n"},
    "a file in a folder below": {".gitignore": "*.py\n", "src/.gitignore": "!a.py\n/lib/data\n"},
    "anchored": {".gitignore": "/a.py\nlib/data\nsrc/lib\n"},
    "ends of lines": {".gitignore": "a.py  \r\nb.txt\t\r\nsrc\r\n"},
    "a lone backslash": {".gitignore": "a.py\\\nb.txt\n"},
}


def make_repository(folder, files):
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    for name, text in files.items():
        (folder / name).write_text(text)
    subprocess.run(["git", "init", "-q", folder], check=True)


def as_git_sees(folder, below="."):
    command = ["git", "ls-files", "-z", "--others", "--exclude-standard", "--", "."]
    clean = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": "/usr/bin:/bin"}
    said = subprocess.run(command, cwd=folder / below, env=clean, check=True, capture_output=True).stdout
    return sorted(name for name in said.decode().split("\0") if name)


@pytest.mark.parametrize("files", FILES.values(), ids=list(FILES))
def test_the_same_files_stay_behind_as_in_git(tmp_path, files):
    make_repository(tmp_path, files)
    assert [file.name for file in list_snapshot(tmp_path, "")] == as_git_sees(tmp_path)


def test_a_folder_below_the_root_obeys_the_files_above_it(tmp_path):
    make_repository(tmp_path, {".gitignore": "*.csv\n/src/lib/b.py\n", "src/.gitignore": "lib/x\n!c.csv\n"})
    (tmp_path / ".git" / "info" / "exclude").write_text("keep.txt\n")
    assert [file.name for file in list_snapshot(tmp_path / "src", "")] == as_git_sees(tmp_path, "src")
    assert [file.name for file in list_snapshot(tmp_path / "data", "")] == as_git_sees(tmp_path, "data") == []


def test_files_above_the_git_root_say_nothing(tmp_path):
    (tmp_path / ".gitignore").write_text("*\n")
    make_repository(tmp_path / "project", {})
    assert len(list_snapshot(tmp_path / "project", "")) == len(TREE)


PIECES = st.sampled_from(
    ["a", "b", "*", "**", "?", "/", ".py", "src", "lib", "data", "keep", "!", "[ab]", "c.csv", "\\"]
)


@given(lines=st.lists(st.lists(PIECES, min_size=1, max_size=5).map("".join), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_patterns_mean_what_they_mean_to_git(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("any")
    make_repository(folder, {".gitignore": "\n".join(lines) + "\n"})
    assert [file.name for file in list_snapshot(folder, "")] == as_git_sees(folder)


def test_ignored_folders_are_not_walked(tmp_path, monkeypatch):
    make_repository(tmp_path, {".gitignore": "data/\n**/lib/**\n"})
    walked, scandir = [], snapshot.os.scandir
    monkeypatch.setattr(snapshot.os, "scandir", lambda path: walked.append(str(path)) or scandir(path))
    list_snapshot(tmp_path, "")
    assert str(tmp_path / "src") in walked
    assert not [path for path in walked if "data" in path.removeprefix(str(tmp_path))]
