"""Kernels that are forked instead of started, where nobody could tell: the client of ``kernel_server.py``."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import LocalProvisioner

from .kernel_server import kill_group, with_room

PATIENCE = 5.0
"""Seconds in which the server has answered, or the kernel is started as ever."""
_LAUNCHER = ["-m", "ipykernel_launcher"]
_SCRIPT = Path(__file__).with_name("kernel_server.py")


class KernelServer:
    """The channel to one; a process that is forked from ours may use it as well."""

    def __init__(self, interpreter: list[str]) -> None:
        """``interpreter``: the command of a kernel up to its module. Raises OSError."""
        self._interpreter = interpreter
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [*interpreter, str(_SCRIPT), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=with_room(os.environ),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def fork(self, command: list[str], cwd: str, environment: dict[str, str]) -> "ForkedKernel | None":
        """None when it has to be started: it is another kind of kernel, or the server cannot or does not answer."""
        if command[: len(self._interpreter) + 2] != [*self._interpreter, *_LAUNCHER]:
            return None
        request = {"command": command, "cwd": cwd, "environment": environment}
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Nobody writes to its standard input, and as long as we are there it has no end.
        standard_input, stdin = os.pipe()
        try:
            with theirs, open(os.memfd_create("kernel"), "w+b") as file:
                file.write(json.dumps(request).encode())
                file.seek(0)
                sent = [theirs.fileno(), file.fileno(), standard_input, 1, 2]
                socket.send_fds(self._channel, [b"kernel"], sent, socket.MSG_DONTWAIT)
            ours.settimeout(PATIENCE)
            word, _space, number = ours.recv(32).decode().partition(" ")
        except OSError:
            word, number = "no", ""
        finally:
            os.close(standard_input)
        if word != "pid":
            # Closed, so that a server that answers late does not leave a second kernel.
            ours.close()
            os.close(stdin)
            return None
        return ForkedKernel(int(number), ours, stdin)


class ForkedKernel:
    """What jupyter_client asks of a ``subprocess.Popen``."""

    stdout = stderr = None

    def __init__(self, pid: int, connection: socket.socket, stdin: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "wb")
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("ipykernel", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> int | None:
        """A signal handler may look while we do: one of the two is told, and neither waits."""
        if self.returncode is None and select.select([self._connection], [], [], seconds)[0]:
            word, _space, number = self._received().partition(" ")
            if word == "exit":
                self.returncode = int(number)
            elif self.returncode is None:
                kill_group(self.pid)  # the server is gone, and the kernel has nobody
                self.returncode = -signal.SIGKILL
        return self.returncode

    def _received(self) -> str:
        with suppress(OSError):
            return self._connection.recv(32, socket.MSG_DONTWAIT).decode()
        return ""


class ForkingProvisioner(LocalProvisioner):
    """Of a kernel that is forked if that is possible, and started otherwise."""

    server: KernelServer

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        forked = self.server.fork(cmd, str(kwargs.get("cwd") or os.getcwd()), kwargs["env"])
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = forked
        self.pid = self.pgid = forked.pid
        return self.connection_info


_server: KernelServer | None = None


def serve_kernels(name: str) -> None:
    """From now on kernels like the one of this name are forked, here and in whatever is forked from here."""
    global _server
    command = KernelManager(kernel_name=name).format_kernel_cmd()
    if sys.platform == "linux" and hasattr(os, "pidfd_open") and _LAUNCHER[1] in command:
        _server = KernelServer(command[: command.index(_LAUNCHER[1]) - 1])


def provide(manager: KernelManager) -> None:
    """Before the kernel is started: lets it be forked, where somebody serves kernels."""
    spec = manager.kernel_spec
    if _server and spec is not None and "kernel_provisioner" not in spec.metadata:
        provisioner = ForkingProvisioner(kernel_id="", kernel_spec=spec, parent=manager)
        provisioner.server = _server
        manager.provisioner = provisioner
