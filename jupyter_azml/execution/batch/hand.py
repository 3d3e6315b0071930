"""One worker process, as seen by whoever hands it mini-batches."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import Any

from .plan import MiniBatch, Plan

_INIT_PATIENCE = 600.0
"""Seconds for importing the script and for init(), which may load gigabytes."""


class InitFailedError(Exception):
    """The scoring script cannot be used at all; another attempt would end the same way."""


class WorkerLostError(Exception):
    """This mini-batch was not done; another attempt may."""

    def __init__(self, text: str, *, is_alive: bool = False) -> None:
        super().__init__(text)
        self.is_alive = is_alive


class Hand:
    """Speaks JSON lines over a socket, which ends when either side dies."""

    def __init__(self, plan: Plan) -> None:
        """Starts the process; it is not waited for."""
        self._is_ready = False
        ours, theirs = socket.socketpair()
        order = {
            "script": str(plan.scoring_script) if plan.scoring_script else None,
            "rows": plan.output_action == "append_row",
            "logging_level": plan.logging_level,
        }
        command = [sys.executable, "-P", "-m", f"{__package__}.worker", str(theirs.fileno()), json.dumps(order)]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                env={**os.environ, "AZUREML_MODEL_DIR": plan.model},
            )
        self._socket = ours
        self._reader = ours.makefile("rb")
        self._plan = plan

    def score(self, batch: MiniBatch, timeout: float) -> int:
        """How many of the files have no result. Raises WorkerLostError, InitFailedError."""
        if not self._is_ready:
            self._await_ready()
        try:
            request = {"files": batch.files, "part": str(self._plan.part(batch.number))}
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise WorkerLostError(self._how_it_ended()) from error
        answer = self._receive(timeout)
        if "error" in answer:
            raise WorkerLostError(answer["error"], is_alive=True)
        return int(answer["failed"])

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # whoever waits for an answer wakes up

    def _await_ready(self) -> None:
        try:
            answer = self._receive(_INIT_PATIENCE)
        except WorkerLostError as lost:
            raise WorkerLostError(f"while it started: {lost}") from lost
        if "error" in answer:
            raise InitFailedError(answer["error"])
        self._is_ready = True

    def _receive(self, timeout: float) -> dict[str, Any]:
        self._socket.settimeout(timeout)
        try:
            line = self._reader.readline()
        except TimeoutError as error:
            self.kill()
            raise WorkerLostError(f"no result within {timeout:g} s; the process was killed") from error
        except OSError:
            line = b""
        if not line.endswith(b"\n"):
            raise WorkerLostError(self._how_it_ended())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
            return "the process closed its socket and was killed"
        return f"the process was killed by signal {-code}" if code < 0 else f"the process ended with exit code {code}"
