"""papermill's engine ``azml``: papermill's own client, with every cell and output journalled as it happens.

``papermill --engine azml a.ipynb b.ipynb`` works without a workspace; then there is no journal.
"""

import os
import re
import time
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.iorw import write_ipynb

from .cancellation import Cancellation
from .journal import CellJournal
from .notebook import cell_title, cells_to_run
from .sockets import private_socket_prefix

# IPython rules off a traceback with a line of 75 dashes, which says nothing in a log.
_RULE = re.compile(r"(?:\x1b\[[0-9;]*m)*-+(?:\x1b\[[0-9;]*m)*")

SHARE_FOR_SAVING = 0.03
"""Of the elapsed time; papermill saves twice per cell, which makes long notebooks quadratic."""


class AzmlEngine(NBClientEngine):
    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        progress_bar: bool | dict[str, Any] = True,
        cancellation: Cancellation | None = None,
        **kwargs: Any,
    ) -> Any:
        cancellation = cancellation or Cancellation()
        document = NotebookDocument(
            nb,
            cancellation,
            output_path=output_path,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
            progress_bar=progress_bar,
        )
        document.notebook_start()
        try:
            cls.execute_managed_notebook(
                document, kernel_name, log_output=log_output, cancellation=cancellation, **kwargs
            )
        finally:
            document.cleanup_pbar()
            document.notebook_complete()
        return document.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        journal: CellJournal | None = None,
        cancellation: Cancellation | None = None,
        **kwargs: Any,
    ) -> Any:
        client = JournallingClient(
            nb_man,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log_output=log_output,
            kernel_manager_class=AsyncKernelManager,
            stdout_file=kwargs.get("stdout_file"),
            stderr_file=kwargs.get("stderr_file"),
        )
        client.journal = journal
        client.cancellation = cancellation or Cancellation()
        with private_socket_prefix() as prefix:
            manager = client.create_kernel_manager()
            manager.transport, manager.ip = "ipc", prefix
            manager.connection_file = f"{prefix}.json"
            return client.execute()


class NotebookDocument(NotebookExecutionManager):
    """The notebook as it fills up: saved whole or not at all, within a budget of time, and always at the end."""

    def __init__(self, nb: Any, cancellation: Cancellation, **kwargs: Any) -> None:
        super().__init__(nb, **kwargs)
        self._cancellation = cancellation
        self._began = time.monotonic()
        self._saving = 0.0
        self._finished = False

    def notebook_complete(self, **kwargs: Any) -> None:
        # papermill's own would say "completed" of cells that never ran, after a cancel or a dead kernel.
        self.end_time = self.now()
        facts = self.nb.metadata.papermill
        facts["end_time"] = self.end_time.isoformat()
        facts["duration"] = (self.end_time - self.start_time).total_seconds()
        if self._cancellation.requested:
            self.nb.metadata["azml"] = {"status": "Canceled"}
        self.complete_pbar()
        self.cleanup_pbar()
        self._finished = True
        self.save()

    def save(self, **kwargs: Any) -> None:
        started = time.monotonic()
        over_budget = self._saving > SHARE_FOR_SAVING * (started - self._began)
        if self.output_path and (self._finished or not over_budget):
            save_whole(self.nb, self.output_path)
            self._saving += time.monotonic() - started
        self.last_save_time = self.now()


def save_whole(nb: Any, path: str) -> None:
    """Through papermill's own writers, which know remote stores; a local file appears by rename."""
    if "://" in path or path == "-":
        write_ipynb(nb, path)
        return
    beside = str(Path(path).with_name(f".{Path(path).name}.saving.ipynb"))
    write_ipynb(nb, beside)
    os.replace(beside, path)


class JournallingClient(PapermillNotebookClient):
    journal: CellJournal | None
    cancellation: Cancellation

    def papermill_execute_cells(self) -> None:
        self.cancellation.watch(self._kernel_process)
        counted = cells_to_run(self.nb)
        for index, cell in enumerate(self.nb.cells):
            self.cancellation.check()
            number = counted.get(index)
            title = cell_title(cell.source)
            if self.journal and number:
                self.journal.cell_started(number, len(counted), title)
            began, state = time.monotonic(), "failed"
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
                state = "completed"
            except CellExecutionError as error:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=error)
                break
            finally:
                self.nb_man.cell_complete(self.nb.cells[index], cell_index=index)
                if self.journal and number:
                    self.journal.cell_ended(state, title, time.monotonic() - began)

    def process_message(self, *args: Any, **kwargs: Any) -> Any:
        message = args[0] if args else kwargs["msg"]
        if self.journal:
            message["content"] = self.journal.mask.inside(message["content"])
        output = super().process_message(*args, **kwargs)
        if self.journal and message["msg_type"] == "stream":
            self.journal.output(message["content"]["name"], message["content"]["text"])
        elif self.journal and message["msg_type"] == "error":
            lines = [line for line in message["content"]["traceback"] if not _RULE.fullmatch(line)]
            self.journal.output("error", "\n".join(lines) + "\n")
        return output

    def _kernel_process(self) -> int | None:
        provisioner = getattr(self.km, "provisioner", None)
        process = getattr(provisioner, "process", None)
        return process.pid if process is not None and process.poll() is None else None
