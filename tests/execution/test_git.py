"""What is recorded of the repository."""

import subprocess

import pytest

from jupyter_azml.execution.git import git_facts, without_credentials


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    folder = tmp_path / "project"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "a.py").write_text("1")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "first")
    return folder


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_commit_branch_repository_and_whether_there_are_changes(repository):
    git(repository, "remote", "add", "origin", "https://ada:s3cret@example.com/churn.git?token=s3cret")
    facts = git_facts(repository / "notebooks")
    assert facts == {
        "commit": git(repository, "rev-parse", "HEAD"),
        "branch": "main",
        "repository": "https://example.com/churn.git",
        "dirty": "false",
    }
    (repository / "notebooks" / "new.py").write_text("2")
    assert git_facts(repository / "notebooks")["dirty"] == "true"


def test_changes_elsewhere_in_the_repository_do_not_count(repository):
    (repository / "other.py").write_text("2")
    assert git_facts(repository / "notebooks")["dirty"] == "false"


def test_a_commit_without_a_branch_and_a_branch_without_a_commit(repository, tmp_path):
    git(repository, "checkout", "-q", "--detach")
    assert "branch" not in git_facts(repository)
    git(tmp_path, "init", "-q", "-b", "fresh", "empty")
    assert git_facts(tmp_path / "empty") == {"branch": "fresh", "dirty": "false"}


def test_no_repository_and_no_git_tell_nothing(tmp_path, monkeypatch, repository):
    assert git_facts(tmp_path) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_facts(repository) == {}


def test_a_repository_that_names_programs_runs_none(repository, tmp_path):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    git(repository, "config", "core.fsmonitor", str(program))
    (repository / ".git" / "hooks" / "post-index-change").write_text(program.read_text())
    (repository / ".git" / "hooks" / "post-index-change").chmod(0o755)
    assert git_facts(repository)["branch"] == "main"
    assert not (tmp_path / "ran").exists()


def test_a_repository_that_takes_too_long_is_asked_for_little(repository, tmp_path, monkeypatch):
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(
        '#!/bin/sh\nfor word; do [ "$word" = status ] && exec /bin/sleep 30; done\nexec /usr/bin/git "$@"\n'
    )
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")
    monkeypatch.setattr("jupyter_azml.execution.git.PATIENCE", 0.3)
    assert set(git_facts(repository)) == {"commit", "branch"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://ghp_token@github.com/a/b.git", "https://github.com/a/b.git"),
        ("https://user:pass@host:8443/a.git#frag", "https://host:8443/a.git"),
        ("ssh://git:pass@host/a.git", "ssh://git@host/a.git"),
        ("git@github.com:a/b.git", "git@github.com:a/b.git"),
        ("../sibling.git", "../sibling.git"),
        ("https://[bad", ""),
    ],
)
def test_addresses_are_told_without_credentials(url, shown):
    assert without_credentials(url) == shown
