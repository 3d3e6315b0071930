"""A kernel process, and the two sockets over which cells are sent and answers come.

The sockets are read without asyncio, which takes a third of the time of a small cell, and messages are unpacked without
what nobody here looks at (dates as objects, a memory of signatures against replays).
"""

import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.adapter import adapt
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import DELIM, Session
from jupyter_core.utils import run_sync

from .cancellation import Cancellation
from .forked_kernel import provide
from .output import MOST_MESSAGE, shortened
from .sockets import private_socket_prefix

Message = dict[str, Any]

MOST_AT_ONCE = 500
"""Messages that are read before somebody looks after the rest."""
_ASK_AGAIN = 0.03
_LOOK_FOR_END = 0.01
_CONNECT_AGAIN = 5
"""Milliseconds between two attempts to reach a kernel that is starting."""
_LOOK = 0.05


@contextmanager
def started_kernel(name: str, cancellation: Cancellation, python: Path | None = None) -> Iterator["Kernel"]:
    """A kernel whose process has started; it is shut down at the end. Raises NoSuchKernel, OSError, CanceledError."""
    with private_socket_prefix() as prefix:
        kernel = Kernel(name, prefix, python)
        try:
            cancellation.check()
            cancellation.watch(kernel.process_id, takes_sigint=not kernel.takes_messages)
            kernel.start()
            yield kernel
        finally:
            kernel.stop()
            cancellation.watch(lambda: None)


class Kernel:
    def __init__(self, name: str, prefix: str, python: Path | None = None) -> None:
        """``prefix``: of the names of its sockets. ``python`` runs it, if that is what it is written in."""
        self.manager = AsyncKernelManager(kernel_name=name)
        spec = self.manager.kernel_spec  # raises NoSuchKernel
        self.takes_messages = spec is not None and spec.interrupt_mode == "message"
        """It is interrupted by a message; a signal might end it."""
        if spec is not None and spec.language.lower() == "python":
            # Not every kernel of another language can do it: Java's and .NET's libraries know TCP alone.
            self.manager.transport, self.manager.ip = "ipc", prefix
            if python:
                spec.argv = [str(python), *spec.argv[1:]]
            self.manager.connection_file = f"{prefix}.json"
        self.manager.context.reconnect_ivl = _CONNECT_AGAIN
        self.client: Any = None
        self.language: dict[str, Any] = {}
        """``language_info`` of a notebook."""

    def start(self) -> None:
        """Raises RuntimeError, OSError when there is no such program."""
        # As nbclient does: histories of several kernels would meet in one database.
        arguments = ["--HistoryManager.hist_file=:memory:"] if self.manager.ipykernel else []
        provide(self.manager)
        run_sync(self.manager.start_kernel)(extra_arguments=arguments)

    def wait_until_ready(self, timeout: float, cancellation: Cancellation) -> None:
        """Until it answers on both sockets. Raises RuntimeError, CanceledError."""
        self.client = self.manager.client()
        # A kernel drops what it cannot hand on; here all of it is taken while a notebook is being saved, say.
        self.client.context.rcvhwm = 0
        self.client.context.reconnect_ivl = _CONNECT_AGAIN
        self.client.allow_stdin = False
        self.client.start_channels(stdin=False, hb=False, control=False)
        self._session: Session = self.client.session
        self._shell: zmq.Socket[bytes] = zmq.Socket.shadow(self.client.shell_channel.socket.underlying)
        self._iopub: zmq.Socket[bytes] = zmq.Socket.shadow(self.client.iopub_channel.socket.underlying)
        self._poller = zmq.Poller()
        for each in (self._iopub, self._shell):
            self._poller.register(each, zmq.POLLIN)
        began = time.monotonic()
        asked, is_heard = 0.0, False
        while not (self.language and is_heard):
            now = time.monotonic()
            if now - asked > (_ASK_AGAIN if self.language else 1):
                # The first answer may come before the subscription has reached the kernel.
                self.client.kernel_info()
                asked = now
            for message in self.receive(_ASK_AGAIN):
                is_heard = is_heard or message["channel"] == "iopub"
                if message["msg_type"] == "kernel_info_reply":
                    self._introduce(message["content"])
            cancellation.check()
            cancellation.insist()
            if self.exit_code() is not None:
                raise RuntimeError(f"Kernel died before replying to kernel_info (exit code {self.exit_code()})")
            if now - began > timeout:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    def _introduce(self, info: dict[str, Any]) -> None:
        self.language = info.get("language_info") or {"name": ""}
        version = int(str(info.get("protocol_version") or 5).partition(".")[0])
        if version != 5:
            self._session.adapt_version = version

    def execute(self, source: str, *, stop_on_error: bool) -> str:
        """Sends code and returns the id by which answers name it."""
        return str(self.client.execute(source, store_history=True, stop_on_error=stop_on_error))

    def receive(self, seconds: float) -> Iterator[Message]:
        """What is there, or comes first within this time; each message says its ``channel``. May end early."""
        ready = dict(self._poller.poll(max(1, int(seconds * 1000))))
        for socket, channel in ((self._iopub, "iopub"), (self._shell, "shell")):
            for _count in range(MOST_AT_ONCE if socket in ready else 0):
                try:
                    frames = socket.recv_multipart(zmq.NOBLOCK, copy=False)
                except zmq.Again:
                    break
                yield _unpack(self._session, frames, channel)

    def interrupt(self) -> None:
        run_sync(self.manager.interrupt_kernel)()

    def exit_code(self) -> int | None:
        """None while it runs; below zero when a signal ended it."""
        provisioner = self.manager.provisioner
        if provisioner is None or not provisioner.has_process:
            return 0
        code: int | None = run_sync(provisioner.poll)()
        return code

    def process_id(self) -> int | None:
        provisioner = self.manager.provisioner
        process = getattr(provisioner, "process", None)
        return process.pid if process is not None and process.poll() is None else None

    def stop(self) -> None:
        """Asks it to end, so that it can clean up, and insists after a few seconds."""
        try:
            if self.manager.has_kernel and self.exit_code() is None:
                # shutdown_kernel does these three, but looks ten times a second whether it is done.
                self.interrupt()
                run_sync(self.manager.request_shutdown)()
                run_sync(self.manager.finish_shutdown)(pollinterval=_LOOK_FOR_END)
            elif self.manager.has_kernel:
                run_sync(self.manager.shutdown_kernel)(now=True)
        finally:
            run_sync(self.manager.cleanup_resources)()
            if self.client is not None:
                self.client.stop_channels()


def _unpack(session: Session, frames: list[zmq.Frame], channel: str) -> Message:
    """Raises ValueError when the signature is not the kernel's."""
    start = next(index for index, frame in enumerate(frames) if frame.bytes == DELIM) + 1
    signature, *parts = frames[start : start + 5]
    if session.auth is not None and not hmac.compare_digest(signature.bytes, session.sign([p.buffer for p in parts])):
        raise ValueError(f"Invalid Signature: {signature.bytes!r}")
    header, parent, metadata = (session.unpack(part.bytes) for part in parts[:3])
    kind = header["msg_type"]
    if len(parts[3]) < MOST_MESSAGE:
        content = session.unpack(parts[3].bytes)
    else:
        kind, content = shortened(kind, parts[3].buffer)
        header["msg_type"] = kind
    message: Message = {
        "channel": channel,
        "header": header,
        "msg_id": header["msg_id"],
        "msg_type": kind,
        "parent_header": parent,
        "metadata": metadata,
        "content": content,
        "buffers": [frame.buffer for frame in frames[start + 5 :]],
    }
    if not str(header.get("version", "")).startswith("5"):
        return adapt(message)
    return message


def sent_at(message: Message) -> str:
    """When the kernel sent it, as nbclient writes it into a notebook."""
    date = message["header"].get("date")
    try:
        when = datetime.fromisoformat(date)
    except (TypeError, ValueError):
        when = datetime.now(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
