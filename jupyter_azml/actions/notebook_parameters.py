"""What a notebook can be given, before anything is submitted."""

from pathlib import Path

from ..entities import NotebookParameters
from ..execution.notebook import read_notebook
from ..execution.parameters import infer_parameters


def notebook_parameters(path: Path, language: str | None = None) -> NotebookParameters:
    """Raises NotebookMissing, NotebookInvalid."""
    path = path.expanduser()
    return infer_parameters(read_notebook(path), path, language)
