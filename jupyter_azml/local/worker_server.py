"""Forks workers from a process that has the imports of a notebook's job behind it. For Linux.

``python -P -m jupyter_azml.local.worker_server FOLDER CHANNEL``, started by the agent; CHANNEL is a seqpacket socket.
A message on it is an order, as JSON, with the lock of its job. The server leaves with its channel; the workers stay.
"""

import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from ..execution.kernel_server import RUN_ID, Installed, ShownVariable
from .paths import WorkspacePaths
from .worker import import_notebooks, log_to, take_order
from .workers import COMMAND

_KERNEL = "python3"


def main() -> None:
    paths, channel = WorkspacePaths(Path(sys.argv[1])), socket.socket(fileno=int(sys.argv[2]))
    channel.set_inheritable(False)
    shown, installed = ShownVariable(RUN_ID), Installed()
    from ..execution.forked_kernel import serve_kernels

    serve_kernels(_KERNEL)  # whose imports go on beside ours
    import_notebooks()
    # Nobody waits for workers: their locks tell.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, locks, _flags, _sender = socket.recv_fds(channel, 4096, 1)
        if not locks:
            return
        is_stale = installed.has_changed()
        if os.fork() == 0:
            channel.close()
            _work(paths, json.loads(order), locks[0], shown, is_stale)
        os.close(locks[0])
        if is_stale:
            return  # the next one finds what is installed now


def _work(paths: WorkspacePaths, order: dict[str, Any], lock: int, shown: ShownVariable, is_stale: bool) -> None:
    """A process of its own, which ends here."""
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        shown.show(order["job"])
        folder = paths.job(order["job"])
        log_to(folder)
        os.chdir(folder.folder)
        if is_stale:
            os.environ[RUN_ID] = order["job"]
            os.set_inheritable(lock, True)
            command = [sys.executable, *COMMAND, str(paths.folder), json.dumps(order), str(lock)]
            os.execv(command[0], command)  # noqa: S606 - no shell has a part in it
        take_order(paths, order, lock)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # All is written: taking the imports down again would take as long as a small notebook.
        os._exit(code)


if __name__ == "__main__":
    main()
