"""``--prepare-only``: the notebook as it would be executed, with its parameters in place."""

from pathlib import Path
from typing import Any

from ..errors import NotebookInvalid
from ..language import _


def prepare_notebook(
    notebook: Path,
    output: Path,
    *,
    parameters: dict[str, Any],
    kernel_name: str | None = None,
    language: str | None = None,
    report_mode: bool = False,
) -> None:
    """Raises NotebookInvalid for what papermill cannot give parameters to."""
    from papermill.exceptions import PapermillException
    from papermill.execute import execute_notebook

    try:
        execute_notebook(
            str(notebook),
            str(output),
            parameters=parameters or None,
            kernel_name=kernel_name,
            language=language,
            report_mode=report_mode,
            prepare_only=True,
            progress_bar=False,
        )
    except (PapermillException, OSError, ValueError) as error:
        raise NotebookInvalid(
            _("{path} could not be prepared: {detail}", path=notebook, detail=error),
            _("Check its kernel and language, and where it is to be written."),
        ) from error
