"""Jobs, workspaces, secrets and connections on the command line."""

import io
import json
import sys

import pytest

from jupyter_azml.cli.main import run_line
from jupyter_azml.entities import JobStatus
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job

_S = JobStatus


@pytest.fixture
def azml(capfd):
    """Runs one line and returns exit code, stdout and stderr."""

    def run(*words):
        code = run_line([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


@pytest.fixture
def jobs(workspace):
    made = [
        make_job("first", _S.COMPLETED, tags={"team": "blue"}),
        make_job("second", _S.FAILED, experiment="digits"),
        make_job("third", _S.FAILED),
        make_job("busy", _S.RUNNING),
    ]
    with workspace.jobs._db.write() as connection:
        for job in made:
            insert_job(connection, job)
    return workspace.jobs


@pytest.fixture
def typed(monkeypatch):
    def set_input(text):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return set_input


def listed(azml, *words):
    code, out, err = azml("job", "list", *words, "-o", "json")
    assert code == 0, err
    return [job["name"] for job in json.loads(out)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["busy", "third", "second", "first"]),
        (("--status", "failed", "--status", "Completed"), ["third", "second", "first"]),
        (("--tag", "team=blue"), ["first"]),
        (("--experiment", "digits"), ["second"]),
        (("--text", "THI"), ["third"]),
        (("--sort", "name"), ["busy", "first", "second", "third"]),
        (("--sort", "name:desc", "--max-results", "1"), ["third"]),
        (("--created-after", "2026-11-21"), []),
        (("--created-before", "2026-11-21"), ["busy", "third", "second", "first"]),
        (("--archived-only",), []),
        (("--include-archived", "--parent-job-name", "sweep"), []),
    ],
)
def test_lists_take_the_filters(azml, jobs, words, found):
    assert listed(azml, *words) == found


def test_a_page_ends_with_a_token_that_a_shell_takes(azml, jobs):
    _code, _out, err = azml("job", "list", "--max-results", "2")
    token = err.split("--continuation ")[1].strip()
    assert token.replace("-", "").replace("_", "").isalnum()
    assert listed(azml, "--max-results", "2", "--continuation", token) == ["second", "first"]


def test_a_word_that_is_none_is_a_usage_error(azml, jobs):
    code, _out, err = azml("job", "list", "--sort", "size")
    assert (code, "created" in err) == (2, True)


def test_a_job_is_renamed_described_and_tagged_in_both_spellings(azml, jobs):
    words = ("--display-name", "baseline", "--tags", "cost=low", "--remove-tag", "team", "-o", "json")
    said = json.loads(azml("job", "update", "first", *words)[1])
    assert (said["display_name"], said["tags"]) == ("baseline", {"cost": "low"})
    azml("job", "update", "-n", "first", "--set", "description=of lesson 1", "tags.team=red")
    changed = jobs.get("first")
    assert (changed.description, changed.tags) == ("of lesson 1", {"cost": "low", "team": "red"})
    for words in ((), ("--set", "experiment_name=other")):
        code, _out, err = azml("job", "update", "first", *words)
        assert (code, "changed" in err) == (2, True)


def test_many_jobs_are_removed_only_when_it_was_said(azml, jobs, typed):
    typed("")
    code, _out, err = azml("job", "delete", "--status", "Failed")
    assert code == 2
    assert "Remove 2 jobs" in err
    assert "--yes" in err
    code, out, _err = azml("job", "delete", "--status", "Failed", "--yes")
    assert (code, out) == (0, "Removed: third, second\n")
    assert listed(azml) == ["busy", "first"]


def test_one_that_cannot_be_removed_stops_none_and_shows_in_the_exit_code(azml, jobs):
    code, out, _err = azml("job", "delete", "busy", "first", "nobody", "-y", "-o", "json")
    report = json.loads(out)
    assert (code, report["done"]) == (1, ["first"])
    assert [one["code"] for one in report["failed"]] == ["Conflict", "JobNotFound"]
    assert listed(azml) == ["busy", "third", "second"]


def test_one_that_was_named_fails_as_itself(azml, jobs):
    assert azml("job", "delete", "busy")[0] == 60
    assert azml("job", "delete", "nobody")[0] == 21
    assert azml("job", "archive", "nobody")[0] == 21
    assert azml("job", "delete", "first") == (0, "Removed: first\n", "")


def test_no_names_and_no_filters_change_nothing(azml, jobs):
    for verb in ("cancel", "archive", "restore", "delete"):
        code, _out, err = azml("job", verb)
        assert (code, "Which jobs?" in err) == (2, True)


def test_jobs_are_archived_and_restored_by_filter(azml, jobs):
    assert azml("job", "archive", "--status", "Failed")[:2] == (0, "Archived: third, second\n")
    assert listed(azml, "--archived") == ["third", "second"]
    assert listed(azml, "--all") == ["busy", "third", "second", "first"]
    assert azml("job", "restore", "--experiment", "digits")[:2] == (0, "Restored: second\n")
    code, out, err = azml("job", "archive", "--status", "Canceled")
    assert (code, out, err) == (0, "", "No job is meant.\n")


def test_a_download_says_what_came_and_where(azml, jobs, tmp_path, workspace):
    folder = workspace.jobs._paths.job("first").outputs
    folder.mkdir(parents=True)
    (folder / "model.pkl").write_bytes(b"x" * 2048)
    code, out, _err = azml("job", "download", "first", "--download-path", tmp_path)
    assert (code, out) == (0, f"1 file, 2.0 KB, in {tmp_path}/first\n")
    assert azml("job", "download", "-n", "first", "-p", tmp_path)[2] == "1 file was there already.\n"


def test_a_preview_shows_what_would_travel_largest_first(azml, write_notebook):
    notebook = write_notebook("1")
    for number in range(12):
        (notebook.parent / f"part{number}.txt").write_text("x" * (number + 1))
    code, out, _err = azml("job", "preview", notebook)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("13 files, ")
    assert lines[1].split() == [str(notebook.stat().st_size), "B", "train.ipynb"]
    assert lines[-1].startswith("and 3 smaller ones")


def test_a_secret_is_read_from_where_nobody_looks_over_the_shoulder(azml, typed, tmp_path, monkeypatch, workspace):
    stored = workspace._paths.secret("secret-key")
    typed("hunter2\n")
    code, out, err = azml("secret", "set", "key")
    assert (code, "hunter2" in out + err, stored.read_text()) == (0, False, "hunter2")
    (tmp_path / "value.txt").write_text("from a file\r\n")
    assert azml("secret", "set", "key", "--file", tmp_path / "value.txt")[0] == 0
    assert stored.read_text() == "from a file"
    monkeypatch.setenv("MY_TOKEN", "from a variable")
    assert azml("secret", "set", "key", "--from-env", "MY_TOKEN")[0] == 0
    assert stored.read_text() == "from a variable"
    assert azml("secret", "set", "key", "--from-env", "NOT_SET")[0] == 2
    assert azml("secret", "set", "key", "--value", "x")[0] == 2
    assert [secret["name"] for secret in json.loads(azml("secret", "list", "-o", "json")[1])] == ["key"]
    assert azml("secret", "delete", "key")[0] == 0
    assert azml("secret", "delete", "key")[0] == 27


def test_a_connection_is_made_from_the_yaml_of_az_ml(azml, tmp_path):
    file = tmp_path / "connection.yml"
    file.write_text(
        "name: feed\ntype: python_feed\ntarget: https://example.com\ncredentials:\n  type: pat\n  pat: hunter2\n"
    )
    code, out, err = azml("connection", "create", "-f", file)
    assert (code, err) == (0, "")
    assert "pat" in out
    for words in (("list",), ("show", "feed"), ("list", "-o", "json"), ("show", "feed", "-o", "yaml")):
        code, out, err = azml("connection", *words)
        assert (code, "feed" in out, "hunter2" in out + err) == (0, True, False)
    assert azml("connection", "delete", "feed")[0] == 0
    assert azml("connection", "show", "feed")[0] == 26


def test_workspaces_are_made_listed_and_removed(azml, typed):
    code, out, _err = azml("workspace", "create", "churn", "--description", "Who leaves", "--tags", "a=b", "c=d")
    assert (code, out.splitlines()[0].split(" at ")[0]) == (0, "Workspace churn (local)")
    assert "a = b, c = d" in out
    rows = json.loads(azml("workspace", "list", "-o", "json")[1])
    assert [(row["name"], row["attached"]) for row in rows] == [("churn", False)]
    assert azml("workspace", "create", "churn")[0] == 60
    assert azml("workspace", "show", "nobody")[0] == 23
    typed("")
    assert azml("workspace", "delete", "churn")[0] == 2
    assert azml("workspace", "delete", "churn", "--yes")[0] == 0
    assert json.loads(azml("workspace", "list", "-o", "json")[1]) == []
