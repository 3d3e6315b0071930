"""Files, folders and patterns become notebooks."""

import pytest

from jupyter_azml.actions.find_notebooks import find_notebooks
from jupyter_azml.errors import NotebookMissing, UsageError


@pytest.fixture
def project(tmp_path, monkeypatch):
    names = (
        "b.ipynb",
        "a.ipynb",
        "deep/er/c.ipynb",
        "deep/d.ipynb",
        "deep/.ipynb_checkpoints/d-checkpoint.ipynb",
        ".hidden/e.ipynb",
        ".f.ipynb",
        "env/pyvenv.cfg",
        "env/lib/g.ipynb",
        "node_modules/h.ipynb",
        "notes.txt",
        "odd [1].ipynb",
    )
    folder = tmp_path / "project"
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(folder)
    return folder


def shown(*words, **options):
    return [found.shown for found in find_notebooks(words, **options)]


ALL = ["a.ipynb", "b.ipynb", "odd [1].ipynb", "deep/d.ipynb", "deep/er/c.ipynb"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["."], ALL),
        (["deep"], ["deep/d.ipynb", "deep/er/c.ipynb"]),
        (["b.ipynb", "a.ipynb"], ["b.ipynb", "a.ipynb"]),
        (["a.ipynb", ".", "./a.ipynb", "deep/../a.ipynb"], ["a.ipynb", *ALL[1:]]),
        (["*.ipynb"], ["a.ipynb", "b.ipynb", "odd [1].ipynb"]),
        (["**/*.ipynb"], ["a.ipynb", "b.ipynb", "deep/d.ipynb", "deep/er/c.ipynb", "odd [1].ipynb"]),
        (["deep/**"], ["deep/d.ipynb", "deep/er/c.ipynb"]),
        (["[ab].ipynb"], ["a.ipynb", "b.ipynb"]),
        (["odd [1].ipynb"], ["odd [1].ipynb"]),
        ([".f.ipynb"], [".f.ipynb"]),
        (["nope.ipynb"], ["nope.ipynb"]),
    ],
    ids=" ".join,
)
def test_each_notebook_is_found_once_and_in_a_stable_order(project, words, found):
    assert shown(*words) == found


def test_what_was_written_before_is_not_run(project):
    assert shown(".", leave_out=project / "deep") == ["a.ipynb", "b.ipynb", "odd [1].ipynb"]


@pytest.mark.parametrize("words", [["*.py"], ["node_modules/x*"], ["empty"], ["a.ipynb", "z*.ipynb"]])
def test_a_word_without_notebooks_is_an_error_with_a_hint(project, words):
    (project / "empty").mkdir()
    with pytest.raises(NotebookMissing) as caught:
        find_notebooks(words)
    assert words[-1] in caught.value.message
    assert "**/*.ipynb" in caught.value.hint


def test_no_word_is_an_error_too():
    with pytest.raises(UsageError, match="Which notebook"):
        find_notebooks([])


def test_papermills_second_path_is_explained(project):
    with pytest.raises(NotebookMissing) as caught:
        find_notebooks(["a.ipynb", "out.ipynb"])
    assert "--output-notebook out.ipynb" in caught.value.hint


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        (["."], ["a.ipynb", "b.ipynb", "odd [1].ipynb", "deep/d.ipynb", "deep/er/c.ipynb"]),
        (["deep"], ["d.ipynb", "er/c.ipynb"]),
        (["deep/er/c.ipynb"], ["c.ipynb"]),
        (["deep/d.ipynb", "deep/er/c.ipynb"], ["d.ipynb", "er/c.ipynb"]),
        (["deep/**/*.ipynb", "a.ipynb"], ["deep/d.ipynb", "deep/er/c.ipynb", "a.ipynb"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_copies_keep_their_folders_and_never_meet(project, words, targets):
    assert [str(found.target) for found in find_notebooks(words)] == targets
