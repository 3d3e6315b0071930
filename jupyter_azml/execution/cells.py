"""The cells of a notebook, one after the other: nbclient's rules for messages, in a loop of our own."""

import time
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

from .cancellation import Cancellation
from .cell_run import CellRun
from .document import NotebookDocument
from .journal import CellJournal
from .kernel import Kernel, Message, started_kernel
from .masking import Mask
from .notebook import cell_title, cells_to_run
from .redaction import Injection
from .unseen import run_unseen


class CellClient(PapermillNotebookClient):
    nb_man: NotebookDocument

    def __init__(
        self,
        document: NotebookDocument,
        journal: CellJournal | None,
        cancellation: Cancellation,
        before: str = "",
        injection: Injection | None = None,
        python: Path | None = None,
        **options: Any,
    ) -> None:
        """``before`` is code that the kernel runs first, unseen; ``python`` runs the kernel in place of its own."""
        super().__init__(document, kernel_manager_class=AsyncKernelManager, **options)
        self._journal = journal
        self._cancellation = cancellation
        self._before = before
        self._injection = injection
        self._python = python
        mask = journal.mask if journal else Mask()
        self.mask = mask.also(injection.values) if injection else mask
        """Of what comes from the kernel."""
        self.number = 0
        """Of the cell that runs, or ran last, counted from 1 over the cells that run."""

    def execute(self, **kwargs: Any) -> Any:
        """Raises KernelDied, CellTimeoutError, CanceledError, PreparationError, and what starting a kernel raises."""
        self.reset_execution_trackers()
        with started_kernel(self.kernel_name, self._cancellation, self._python) as kernel:
            self.nb_man.save_when_due()
            kernel.wait_until_ready(self.startup_timeout, self._cancellation)
            self.log.info(f"Executing notebook with kernel: {self.kernel_name}")
            self.km, self.kc = kernel.manager, kernel.client
            self.nb.metadata["language_info"] = kernel.language
            if self._before:
                run_unseen(kernel, self._before, self._cancellation)
            try:
                self._execute_cells(kernel)
            finally:
                self.set_widgets_metadata()
        return self.nb

    def source_of(self, cell: Any) -> str:
        """What the kernel is sent for it."""
        return str(cell.source)

    def allows(self, cell: Any, ename: str = "") -> bool:
        """Whether the notebook goes on after an error of this name in the cell."""
        is_allowed = self.allow_errors or ename in self.allow_error_names
        return not self.force_raise_errors and (is_allowed or "raises-exception" in cell.metadata.get("tags", []))

    def process(self, message: Message, cell: Any, index: int) -> None:
        """Takes over what it says into the notebook."""
        self.process_message(message, cell, index)
        if self.nb_man.autosave_cell_every:
            self.nb_man.touch(index)

    def timeout_of(self, cell: Any) -> int | None:
        timeout: int | None = self._get_timeout(cell)
        return timeout

    def _execute_cells(self, kernel: Kernel) -> None:
        counted = cells_to_run(self.nb)
        for index, cell in enumerate(self.nb.cells):
            self._cancellation.check()
            self.nb_man.cell_start(cell, index)
            try:
                if number := counted.get(index):
                    self.number = number
                    self._execute(kernel, cell, index, len(counted))
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except BaseException:
                self.nb_man.cell_exception(cell, cell_index=index)
                raise
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)

    def _execute(self, kernel: Kernel, cell: Any, index: int, cells: int) -> None:
        cell["metadata"]["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        title, began, state = cell_title(cell.source), time.monotonic(), "failed"
        run = CellRun(self, kernel, cell, index, self._journal, self._cancellation)
        if self._journal:
            self._journal.cell_started(self.number, cells, title)
        self.nb_man.save_when_due()  # of what came before, while the kernel is at work
        try:
            reply = run.follow()
            if reply.get("status") == "error" and not self.allows(cell, reply.get("ename", "")):
                raise CellExecutionError.from_cell_and_msg(cell, reply)
            if self._injection and index == self._injection.cell:
                run_unseen(kernel, self._injection.source, self._cancellation)
            state = "completed"
        finally:
            if self._journal:
                self._journal.cell_ended(state, title, time.monotonic() - began)

    def _update_display_id(self, display_id: str, msg: Message) -> None:
        super()._update_display_id(display_id, msg)
        for index in self._display_id_map.get(display_id, ()):
            self.nb_man.touch(index)
