"""What a notebook can be given, as its cell tagged ``parameters`` tells."""

from typing import Literal

from pydantic import JsonValue, computed_field

from .base import Entity
from .secrecy import looks_secret

ParameterType = Literal["int", "float", "bool", "str", "list", "dict", ""]


class Parameter(Entity):
    name: str
    type: ParameterType = ""
    """Empty when it takes anything: nothing tells the type, or its default is None."""
    default: str = ""
    """As it is written in the notebook."""
    value: JsonValue = None
    """The default as a value, where it is written out; None otherwise."""
    help: str = ""
    """The comment behind it."""

    @computed_field  # type: ignore[prop-decorator]  # mypy has no support for it yet
    @property
    def is_secret(self) -> bool:
        """Whether its name says that no record is to show its value."""
        return looks_secret(self.name)


class NotebookParameters(Entity):
    notebook: str
    """Its path."""
    has_cell: bool
    """Whether a cell is tagged ``parameters``; without one a notebook takes any name that its code reads."""
    parameters: tuple[Parameter, ...] = ()
