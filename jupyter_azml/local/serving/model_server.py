"""gunicorn's settings for one model server. It is read by the server's own Python, which may not have this package.

What differs between servers comes by the command line, but for the lock, whose number AZML_SERVER_LOCK tells.
"""

import ctypes
import mmap
import os
import signal
import sys
import threading
import time

MOST_FALSE_STARTS = 3
umask = 0o177
"""Of the socket: nobody else may connect."""
proc_name = "azml model server"
graceful_timeout = 30
errorlog = "-"
accesslog = None
loglevel = "info"
control_socket_disable = True
reuse_port = False
keepalive = 0

_false_starts = 0
"""In a row."""


def pre_fork(server, worker):  # type: ignore[no-untyped-def]
    worker.has_begun = mmap.mmap(-1, 1)  # shared with the worker


def post_fork(server, worker):  # type: ignore[no-untyped-def]
    """The lock says that the server lives, and its workers do not count."""
    number = os.environ.get("AZML_SERVER_LOCK")
    if number:
        os.close(int(number))
    # What the model itself writes is for its user alone.
    os.umask(0o077)
    _end_with_the_parent()


def post_worker_init(worker):  # type: ignore[no-untyped-def]
    """The model is loaded."""
    worker.has_begun[0] = 1


def child_exit(server, worker):  # type: ignore[no-untyped-def]
    """gunicorn starts workers again without a pause and without an end, those too that the system ends while they load
    a model that does not fit into memory. The whole server is ended then: its keeper makes pauses.
    """
    global _false_starts
    _false_starts = 0 if worker.has_begun[0] else _false_starts + 1
    if _false_starts >= MOST_FALSE_STARTS and server.LISTENERS:
        from gunicorn.errors import HaltServer

        raise HaltServer("the workers end while they load the model", 3)


def _end_with_the_parent():  # type: ignore[no-untyped-def]
    """A worker that outlives its server would keep the socket open, and requests would wait there for nobody."""
    if sys.platform == "linux":
        # PR_SET_PDEATHSIG: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        return
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.3)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
