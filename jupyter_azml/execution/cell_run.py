"""One cell in its kernel, from the request to the last message that belongs to it."""

import re
import time
from typing import Any, NoReturn, Protocol

from nbclient.exceptions import CellTimeoutError, DeadKernelError

from ..language import _
from .cancellation import Cancellation
from .journal import CellJournal
from .kernel import Kernel, Message, sent_at
from .masking import Mask
from .output import CellOutput, Text

LOOK = 0.2
"""Seconds between two looks at what no message tells: a kernel that died, a time that is over, a save that is due."""
GRACE = 5.0
"""Seconds in which a cell whose time is over may say where it was."""

# IPython rules off a traceback with a line of 75 dashes, which says nothing in a log.
_RULE = re.compile(r"(?:\x1b\[[0-9;]*m)*-+(?:\x1b\[[0-9;]*m)*")


class KernelDied(DeadKernelError):
    def __init__(self, exit_code: int) -> None:
        """``exit_code``: below zero when a signal ended it."""
        super().__init__(f"Kernel died with exit code {exit_code}")
        self.exit_code = exit_code


class Notebook(Protocol):
    """What a cell is part of."""

    nb_man: Any
    iopub_timeout: int
    log: Any
    mask: Mask

    def source_of(self, cell: Any) -> str: ...
    def allows(self, cell: Any) -> bool: ...
    def timeout_of(self, cell: Any) -> int | None: ...
    def process(self, message: Message, cell: Any, index: int) -> None: ...


class CellRun:
    def __init__(
        self,
        notebook: Notebook,
        kernel: Kernel,
        cell: Any,
        index: int,
        journal: CellJournal | None,
        cancellation: Cancellation,
    ) -> None:
        """Sends it."""
        self._notebook = notebook
        self._kernel = kernel
        self._cell = cell
        self._index = index
        self._journal = journal
        self._cancellation = cancellation
        self._output = CellOutput(journal)
        self._reply: dict[str, Any] | None = None
        self._is_idle = self._is_interrupted = False
        self._timeout = notebook.timeout_of(cell)
        self._began = self._heard = self._looked = time.monotonic()
        self._over = 0.0
        """Since when its time is over."""
        self._spoken: Message = {}
        self._asked = kernel.execute(notebook.source_of(cell), stop_on_error=not notebook.allows(cell))

    def follow(self) -> dict[str, Any]:
        """Until it has ended on both channels, and what it replied. Raises KernelDied, CellTimeoutError."""
        while self._reply is None or not self._is_idle:
            for message in self._kernel.receive(min(LOOK, self._notebook.nb_man.seconds_to_save())):
                self._heed(message)
            self._output.tell()
            now = time.monotonic()
            if now - self._looked > LOOK:
                self._looked = now
                self._look_after(now)
        self._put(self._output.rest())
        self._output.tell(at_once=True)
        if self._over:
            self._fail_for_time()
        return self._reply

    def _heed(self, message: Message) -> None:
        kind, is_ours = message["msg_type"], message["parent_header"].get("msg_id") == self._asked
        message["content"] = self._notebook.mask.inside(message["content"])
        content, timings = message["content"], self._cell["metadata"]["execution"]
        if not is_ours:
            if kind == "stream":
                # Of a cell that has ended, or of the kernel itself: the notebook has no place for it.
                self._output.note(content["name"], content["text"])
            return
        self._heard = time.monotonic()
        if message["channel"] == "shell":
            timings["shell.execute_reply"] = sent_at(message)
            self._reply = content
        elif kind == "status":
            self._is_idle = content["execution_state"] == "idle"
            timings["iopub.status." + content["execution_state"]] = sent_at(message)
            if not self._is_idle:
                self._cancellation.interrupt_again()
        elif kind == "execute_input":
            timings["iopub.execute_input"] = sent_at(message)
            self._cell["execution_count"] = content["execution_count"]
        elif kind == "stream":
            self._spoken = message
            self._put(self._output.take(content["name"], content["text"]))
        else:
            self._put(self._output.pause())
            self._notebook.process(message, self._cell, self._index)
            if kind == "error":
                lines = [line for line in content["traceback"] if not _RULE.fullmatch(line)]
                self._output.note("error", "\n".join(lines) + "\n")

    def _put(self, pieces: list[Text]) -> None:
        for stream, text in pieces:
            message = {**self._spoken, "content": {"name": stream, "text": text}}
            self._notebook.process(message, self._cell, self._index)

    def _look_after(self, now: float) -> None:
        self._notebook.nb_man.save_when_due()
        self._cancellation.insist()
        if self._cancellation.requested and self._kernel.takes_messages and not self._is_interrupted:
            self._is_interrupted = True
            self._kernel.interrupt()
        if (code := self._kernel.exit_code()) is not None:
            for message in self._kernel.receive(LOOK):
                self._heed(message)  # its last words
            self._put(self._output.rest())
            self._output.tell(at_once=True)
            raise KernelDied(code)
        if self._reply is None:
            self._mind_the_time(now)
        elif now - self._heard > self._notebook.iopub_timeout:
            # papermill fails here; the cell has run, and what is missing is a kernel's message that it is idle.
            self._output.note("stderr", _("[The kernel has lost messages of this cell.]") + "\n")
            self._is_idle = True

    def _mind_the_time(self, now: float) -> None:
        if self._over:
            if now - self._over > GRACE:
                self._fail_for_time()
        elif self._timeout is not None and now - self._began > self._timeout:
            self._over = now
            self._kernel.interrupt()

    def _fail_for_time(self) -> NoReturn:
        self._output.tell(at_once=True)
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", self._timeout or 0, self._cell)
