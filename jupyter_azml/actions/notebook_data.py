"""Data that a notebook is to read, as somebody names it on a command line."""

import os
from collections.abc import Iterable

from ..entities import DataInput, DataType, LocalPath, read_address
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace


def data_inputs(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> dict[str, DataInput]:
    """By name; each a file or a folder, as what is there. Raises UsageError, and what ``DataOperations.stat`` does."""
    found = {}
    for name, path in pairs:
        if not name.isidentifier():
            raise UsageError(
                _("{name} cannot be the name of an input.", name=name),
                _("The notebook finds it in a variable: use letters, digits and _, beginning with a letter."),
            )
        if isinstance(address := read_address(path), LocalPath):
            path = os.path.abspath(os.path.expanduser(address.path))
        kind = DataType.URI_FOLDER if workspace.data.stat(path).is_folder else DataType.URI_FILE
        found[name] = DataInput(path=path, type=kind)
    return found
