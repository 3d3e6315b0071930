"""What a notebook can be given, before anything is submitted."""

from pathlib import Path

from ..entities import NotebookParameters
from ..errors import NotebookInvalid
from ..execution.notebook import read_notebook
from ..execution.notebook_text import read_text
from ..execution.parameters import infer_parameters
from ..language import _


def notebook_parameters(path: Path, language: str | None = None) -> NotebookParameters:
    """Raises NotebookMissing, NotebookInvalid."""
    path = path.expanduser()
    return infer_parameters(read_notebook(path), path, language)


def unsaved_parameters(path: Path, text: str) -> NotebookParameters:
    """Of a notebook that a page shows and its file does not have yet. Raises NotebookInvalid."""
    try:
        notebook = read_text(text)
    except Exception as error:  # nbformat raises its own, jsonschema's, ValueError, KeyError and AttributeError
        raise NotebookInvalid(
            _("{path} is not a valid notebook: {detail}", path=path.name, detail=str(error).partition("\n")[0][:200]),
            _("Open it in JupyterLab and save it again, or restore it from version control."),
        ) from error
    return infer_parameters(notebook, path)
