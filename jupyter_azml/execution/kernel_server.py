"""Forks IPython kernels from a process that has their imports behind it, which is most of what a start takes.

``python FLAGS …/kernel_server.py CHANNEL``, FLAGS as in the kernelspec. It is a script, and imports nothing but what a
kernel imports itself before it looks into the notebook's folder: no notebook must be able to tell that its kernel was
forked. For Linux; ``forked_kernel.py`` is the other side.

CHANNEL is a seqpacket socket. A message on it brings descriptors: a connection, a file with the request, and the
kernel's standard streams. On the connection go ``pid N`` and ``exit N``, or ``no``. The kernel is killed with its group
when the connection is closed at the other end: whoever asked for it is gone. The server leaves with its channel.
"""

import sys

if __name__ == "__main__":
    del sys.path[0]  # the folder of this file

import ctypes
import json
import os
import runpy  # noqa: F401 - python -m does
import select
import signal
import site
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

RUN_ID = "AZUREML_RUN_ID"
"""The variable by which all processes of a job are found."""
LONGEST_NAME = 255
MOST_DESCRIPTORS = 4096

_ACTS_AT_START = (
    "DEBUGPY", "DISPLAY", "GEVENT", "GLIBC_", "HOME", "IN_SPHINX_RUN", "IPYTHON", "JPY_INTERRUPT", "JUPYTER", "LANG",
    "LC_", "LD_", "MALLOC_", "PATHS_FROM_ECLIPSE", "PYCHARM", "PYDEV", "PYTHON", "PYZMQ", "TERM", "TORNADO",
    "TRAITLETS", "USER", "ZMQ", "_PYTHON",
)  # fmt: skip
"""Beginnings of names: what the loader, the interpreter and the imports of a kernel read, as a trace of them shows."""


def main() -> None:
    shown, before = ShownVariable(RUN_ID), dict(os.environ)
    # ipykernel reads it when it is imported: a kernel ends when this process does.
    os.environ["JPY_PARENT_PID"] = before["JPY_PARENT_PID"] = str(os.getpid())
    from ipykernel import kernelapp

    with suppress(ImportError):
        import ipykernel.debugger  # noqa: F401 - kernels import it before the notebook's folder is on their path
    changed = {name: value for name, value in os.environ.items() if before.get(name) != value}
    request = Server(socket.socket(fileno=int(sys.argv[1])), start_variables(before)).serve()
    _become(request, shown, {**request["environment"], "JPY_PARENT_PID": before["JPY_PARENT_PID"], **changed})
    kernelapp.launch_new_instance()


def start_variables(environment: "Mapping[str, str]") -> "dict[str, str]":
    """Those that have acted when a process has started: with others it is another process."""
    return {name: value for name, value in environment.items() if name.startswith(_ACTS_AT_START)}


def with_room(environment: "Mapping[str, str]") -> "dict[str, str]":
    """For a program whose forks belong to jobs: each writes its job's name over this one.

    It comes last, since what lies behind a shorter name is shown as well.
    """
    others = {name: value for name, value in environment.items() if name != RUN_ID}
    return {**others, RUN_ID: "-" * LONGEST_NAME}


class ShownVariable:
    """A variable in /proc/PID/environ, by which others find processes: it stays what it was when the program was
    started, in a fork as well, unless it is written over where it stands.
    """

    def __init__(self, name: str) -> None:
        """Before anybody has set it anew."""
        library = ctypes.CDLL(None)
        library.getenv.restype = ctypes.c_void_p
        self._place = library.getenv(name.encode())
        self._size = len(os.environb.get(name.encode(), b""))

    def show(self, value: str) -> None:
        if self._place:
            ctypes.memmove(self._place, value.encode()[: self._size].ljust(self._size, b"\0"), self._size)


class Installed:
    """Whether packages were installed or removed since: a new process would find others."""

    def __init__(self) -> None:
        self._places = [*site.getsitepackages(), site.getusersitepackages()]
        self._before = self._now()

    def has_changed(self) -> bool:
        return self._now() != self._before

    def _now(self) -> "list[int]":
        return [os.stat(place).st_mtime_ns if os.path.isdir(place) else 0 for place in self._places]


class Server:
    def __init__(self, channel: socket.socket, variables: "dict[str, str]") -> None:
        """``variables``: of which a kernel has the same, or it is not forked."""
        self._channel = channel
        self._variables = variables
        self._installed = Installed()
        self._kernels: dict[int, tuple[int, int]] = {}
        """Process and connection, by the descriptor that tells when the process has ended."""
        self._connections: dict[int, int] = {}
        """Process, by connection; without those that were closed."""
        self._poller = select.poll()
        self._poller.register(channel, select.POLLIN)

    def serve(self) -> "dict[str, Any]":
        """Returns the request in the kernel that was forked for it, and in no other process."""
        while True:
            # One at a time: what follows may close a descriptor, and open another of the same number.
            number, _event = self._poller.poll()[0]
            if number in self._kernels:
                self._tell_end(number)
            elif number in self._connections:
                kill_group(self._forget(number))
            elif request := self._take():
                return request

    def _take(self) -> "dict[str, Any] | None":
        _message, descriptors, _flags, _sender = socket.recv_fds(self._channel, 16, 5)
        if not descriptors:
            for process in self._connections.values():
                kill_group(process)
            sys.exit()
        connection, file, *streams = descriptors
        with open(file, "rb") as content:
            request: dict[str, Any] = json.load(content)
        if _is_closed(connection) or not self._can_fork(request):
            for number in streams:
                os.close(number)
            _tell(connection, "no")
            os.close(connection)
            return None
        process = os.fork()
        if process == 0:
            self._channel.detach()
            take_over(streams)
            return request
        for number in streams:
            os.close(number)
        self._follow(process, connection)
        return None

    def _can_fork(self, request: "dict[str, Any]") -> bool:
        is_alike = start_variables(request["environment"]) == self._variables
        return is_alike and os.path.isdir(request["cwd"]) and not self._installed.has_changed()

    def _follow(self, process: int, connection: int) -> None:
        end = os.pidfd_open(process)
        self._kernels[end] = process, connection
        self._connections[connection] = process
        self._poller.register(end, select.POLLIN)
        self._poller.register(connection, select.POLLIN)
        _tell(connection, f"pid {process}")

    def _tell_end(self, number: int) -> None:
        process, connection = self._kernels.pop(number)
        self._poller.unregister(number)
        os.close(number)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if connection in self._connections:
            _tell(connection, f"exit {code}")
            self._forget(connection)

    def _forget(self, connection: int) -> int:
        self._poller.unregister(connection)
        os.close(connection)
        return self._connections.pop(connection)


def take_over(streams: "list[int]") -> None:
    """Makes a fork a process of its own, with these as its standard streams and nothing else open."""
    os.setsid()
    for target, number in enumerate(streams):
        os.dup2(number, target)
    os.closerange(3, MOST_DESCRIPTORS)


def kill_group(process: int) -> None:
    """Or the process alone, before it has a group of its own."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            return kill(process, signal.SIGKILL)


def _is_closed(connection: int) -> bool:
    """A kernel that nobody waits for any more would take the sockets of the one that was started instead."""
    poller = select.poll()
    poller.register(connection, 0)
    return bool(poller.poll(0))


def _tell(connection: int, text: str) -> None:
    with suppress(OSError):  # nobody is there any more, which the poller says as well
        os.write(connection, text.encode())


def _become(request: "dict[str, Any]", shown: ShownVariable, environment: "dict[str, str]") -> None:
    """What ``python -m ipykernel_launcher`` finds at its start."""
    shown.show(environment.get(RUN_ID, ""))
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(request["cwd"])
    launcher = find_spec("ipykernel_launcher")
    arguments = request["command"]
    sys.orig_argv = arguments
    sys.argv = [str(launcher and launcher.origin), *arguments[arguments.index("ipykernel_launcher") + 1 :]]


if __name__ == "__main__":
    main()
