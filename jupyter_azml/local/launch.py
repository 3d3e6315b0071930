"""Starting the agent: by whichever client finds none, so that it is nobody's child."""

import subprocess
import time

from .. import settings
from ..errors import AgentOfOtherVersion
from ..language import _
from .files import read_json
from .locks import FileLock, is_held
from .paths import WorkspacePaths
from .processes import signal_process
from .submitter import interpreter, recorded_environment

PATIENCE = 3.0
"""Seconds between two attempts of one process to start an agent: the first may be about to take the lock."""

_last_attempt: dict[str, float] = {}


def ensure_agent(paths: WorkspacePaths) -> None:
    """Starts an agent unless one holds the lock. Two at once do no harm: the second leaves.

    Call it after the request is written: an agent that is leaving looks once more after it gave up the lock.
    """
    if is_held(paths.agent_lock):
        return
    key, now = str(paths.folder), time.monotonic()
    if now - _last_attempt.get(key, -PATIENCE) < PATIENCE:
        return
    _last_attempt[key] = now
    command = [interpreter(), "-P", "-m", "jupyter_azml.local.agent", str(paths.folder)]
    with paths.agent_log.open("ab") as log:
        # The shell leaves at once, so that the agent is nobody's child: no terminal, kernel or server takes it along.
        subprocess.run(
            ["/bin/sh", "-c", '"$@" &', "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=recorded_environment(),
            start_new_session=True,
            check=True,
        )


def check_agent(paths: WorkspacePaths) -> None:
    """An agent of another version is asked to leave; it does when it has nothing to do.

    Raises AgentOfOtherVersion while it has.
    """
    known = read_json(paths.agent_lock) or {}
    ours = settings.version()
    if known.get("version") in (None, ours) or not is_held(paths.agent_lock):
        return
    signal_process(paths.agent_lock)
    lock = FileLock.take(paths.agent_lock, patience=3.0)
    if lock is None:
        raise AgentOfOtherVersion(
            _(
                "The workspace is served by jupyter_azml {theirs}, and this is {ours}.",
                theirs=known["version"],
                ours=ours,
            ),
            _("Wait until its jobs have ended and try again, or use the environment that started them."),
        )
    lock.release()
