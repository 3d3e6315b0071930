"""Secret parameters of a notebook that papermill has prepared: the kernel is given them, the notebook is not."""

from collections.abc import Collection
from typing import Any, NamedTuple

from papermill.translators import translate_parameters
from papermill.utils import find_first_tagged_cell_index, nb_language

from ..entities.secrecy import hidden_values, hide


class Injection(NamedTuple):
    """What papermill has injected. The kernel runs the ``source`` after the redacted cell, unseen: what it remembers of
    its inputs, in ``In`` and in a database of its own, is then redacted as well.
    """

    cell: int
    """Its place among the cells."""
    source: str
    """What it said before it was redacted."""
    values: list[Any]
    """What must not be written down."""


def redact(notebook: Any, kernel_name: str, marked: Collection[str] = ()) -> Injection | None:
    """Redacts a notebook in place; ``marked`` are parameters to be hidden whatever they are called."""
    facts = notebook.metadata.get("papermill", {})
    parameters = facts.get("parameters") or {}
    values = hidden_values(parameters, marked)
    index = find_first_tagged_cell_index(notebook, "injected-parameters")
    if not values or index < 0:
        return None
    shown = hide(parameters, marked)
    cell = notebook.cells[index]
    injection = Injection(index, cell.source, values)
    facts["parameters"] = shown
    cell.source = translate_parameters(kernel_name, _language(notebook, kernel_name), shown)
    return injection


def _language(notebook: Any, kernel_name: str) -> str:
    try:
        return str(nb_language(notebook))
    except ValueError:  # papermill was told on its command line, and engines are not
        from jupyter_client.kernelspec import KernelSpecManager

        return str(KernelSpecManager().get_kernel_spec(kernel_name).language)
