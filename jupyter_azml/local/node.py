"""A node of a compute: a process that admits jobs. Killing it is what losing a virtual machine is.

``python -m jupyter_azml.local.node FOLDER NODE LOCK``, started by the agent. It holds node.lock, which it was given,
for its whole life, and leaves when there has been no agent for a while and nothing to do.
"""

import json
import os
import signal
import socket
import sys
from pathlib import Path

from .. import settings
from ..entities import Job
from .locks import is_held
from .node_socket import listen, take_order
from .paths import WorkspacePaths
from .processes import identity
from .workers import Workers

LOOK_AROUND = 5.0
"""Seconds between two looks at whether there still is an agent."""


def main() -> None:
    workspace, name, lock = sys.argv[1:]
    os.set_inheritable(int(lock), False)
    paths = WorkspacePaths(Path(workspace))
    # A node that is told to leave leaves at once; the agent sees to the jobs that it had.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with listen(paths, name) as listener:
        os.pwrite(int(lock), identity(node=name).encode(), 0)
        serve(paths, name, listener)


def serve(paths: WorkspacePaths, name: str, listener: socket.socket) -> None:
    workers, alone = Workers(paths), 0.0
    listener.settimeout(LOOK_AROUND)
    while alone <= settings.agent_idle_seconds():
        try:
            connection, _address = listener.accept()
        except TimeoutError:
            workers.reap()
            alone = 0.0 if workers.has_any() or is_held(paths.agent_lock) else alone + LOOK_AROUND
            continue
        with connection:
            _admit(paths, name, workers, connection)


def _admit(paths: WorkspacePaths, name: str, workers: Workers, connection: socket.socket) -> None:
    try:
        order, lock = take_order(connection)
        job = Job.model_validate_json(paths.job(order["job"]).job.read_text("utf-8"))
        workers.start(job.model_copy(update={"attempt": order["attempt"]}), lock, node=name)
        lock.release()
        answer: dict[str, object] = {"admitted": True}
    except (OSError, ValueError, KeyError) as error:
        answer = {"admitted": False, "detail": f"{type(error).__name__}: {error}"}
    connection.sendall(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
