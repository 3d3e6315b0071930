"""papermill's engine ``azml``: its cost grows with the cells, not with their square, and nothing that ran is lost.

``papermill --engine azml a.ipynb b.ipynb`` works without a workspace; then there is no journal.
"""

from collections.abc import Collection
from typing import Any

from papermill.engines import NBClientEngine
from papermill.log import logger

from .cancellation import CanceledError, Cancellation, canceled_by_signals
from .cells import CellClient
from .document import NotebookDocument
from .ending import ending_of
from .journal import CellJournal
from .redaction import redact


class AzmlEngine(NBClientEngine):
    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, cancellation: Cancellation | None = None, **options: Any
    ) -> Any:
        """Without a cancellation it is signals that end it: the notebook is saved first, and says so."""
        if cancellation:
            return _execute(nb, kernel_name, cancellation, **options)
        with canceled_by_signals() as by_signals:
            return _execute(nb, kernel_name, by_signals, **options)


def _execute(
    nb: Any,
    kernel_name: str,
    cancellation: Cancellation,
    *,
    output_path: str | None = None,
    progress_bar: bool | dict[str, Any] = True,
    log_output: bool = False,
    autosave_cell_every: int = 30,
    journal: CellJournal | None = None,
    secret_parameters: Collection[str] = (),
    execution_timeout: int | None = None,
    start_timeout: int = 60,
    input_path: str | None = None,
    **options: Any,
) -> Any:
    injection = redact(nb, kernel_name, secret_parameters)
    document = NotebookDocument(
        nb,
        output_path,
        journal.unsaved if journal else None,
        progress_bar=progress_bar,
        log_output=log_output,
        autosave_cell_every=autosave_cell_every,
    )
    document.notebook_start()
    options |= {"timeout": execution_timeout or options.get("timeout"), "startup_timeout": start_timeout}
    client = CellClient(
        document,
        journal,
        cancellation,
        injection=injection,
        kernel_name=kernel_name,
        log=logger,
        log_output=log_output,
        **options,
    )
    ending = None
    try:
        client.execute()
        if document.has_failed and cancellation.requested:
            ending = ending_of(CanceledError(), cancellation)
    except BaseException as error:
        ending = ending_of(error, cancellation, cell=client.number, kernel=kernel_name, timeout=client.timeout)
        raise
    finally:
        document.notebook_complete(ending)
    return document.nb
