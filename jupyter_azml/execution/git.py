"""What git knows of a folder, so that a job can be traced to the code that it ran."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

PATIENCE = 5.0
"""Seconds for one question; a vast repository is asked no further."""

# Asking must run no program that the repository names, write no index and wait for no password.
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.pager=cat")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_OF_ANOTHER_REPOSITORY = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE"}


def git_facts(folder: Path) -> dict[str, str]:
    """``commit``, ``branch``, ``repository`` and ``dirty`` ("true" or "false"), as far as they are known.

    ``dirty`` looks at the folder alone, files that git does not know included. Nothing where there is no git or
    no repository.
    """
    facts = _state(folder) if (said := _ask(folder, *_STATUS)) is None else _read_status(said)
    if facts and (repository := _repository(folder)):
        facts["repository"] = repository
    return facts


def without_credentials(url: str) -> str:
    """A remote's address as anybody may read it; "" when it cannot be told what in it is secret."""
    if "://" not in url:
        return url
    try:
        parts = urlsplit(url)
        user, host = parts.username or "", parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    # The name that ssh signs in with is part of the address; over http it may be a token.
    keeps_user = user and parts.scheme.endswith("ssh")
    return urlunsplit((parts.scheme, f"{user}@{host}" if keeps_user else host, parts.path, "", ""))


_STATUS = ("status", "--porcelain=v2", "--branch", "-z", "--ignore-submodules=dirty", "--", ".")


def _read_status(said: str) -> dict[str, str]:
    lines = said.split("\0")
    head = dict(re.findall(r"^# branch\.(oid|head) (.*)$", "\n".join(lines), re.MULTILINE))
    if not head:
        return {}
    facts = {"commit": head.get("oid", ""), "branch": head.get("head", "")}
    facts = {key: value for key, value in facts.items() if value and not value.startswith("(")}
    return {**facts, "dirty": "true" if any(line and not line.startswith("#") for line in lines) else "false"}


def _state(folder: Path) -> dict[str, str]:
    """Where looking at every file took too long, or failed."""
    asked = {"commit": ("rev-parse", "--verify", "HEAD"), "branch": ("symbolic-ref", "--short", "-q", "HEAD")}
    said = {key: (_ask(folder, *words) or "").strip() for key, words in asked.items()}
    return {key: value for key, value in said.items() if value}


def _repository(folder: Path) -> str:
    # As Azure's own client asks; it says the name that it was to look up when there is no such remote.
    url = (_ask(folder, "ls-remote", "--get-url") or "").strip()
    return "" if url == "origin" else without_credentials(url)


def _ask(folder: Path, *words: str) -> str | None:
    environment = {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER_REPOSITORY}
    try:
        answer = subprocess.run(
            ["git", *_SAFE, *words],  # noqa: S607 - the one that the user has
            cwd=folder,
            env=environment | _QUIET,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else None
