"""A look into data, by whatever name it has."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataNotFound, UsageError
from ..language import _
from ..workspace import Workspace

if TYPE_CHECKING:
    from ..entities import Preview, Profile

MOST_ROWS = 1000
_NAME = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:(?P<sign>[:@])(?P<version>[A-Za-z0-9._-]+))?")


def preview_data(workspace: Workspace, reference: str, *, rows: int = 50) -> "Preview":
    """``reference``: NAME, NAME:VERSION, NAME@LABEL, a path, or any address that the workspace resolves.

    Raises DataNotFound, DataUnreadable, StorageError.
    """
    from ..preview.look import preview_file, preview_folder, source_in

    if not 1 <= rows <= MOST_ROWS:
        raise UsageError(
            _("A preview has 1 to {most} rows, not {count}.", most=MOST_ROWS, count=rows),
            _("To read all of them: .to_pandas() in a notebook."),
        )
    address = address_of(workspace, reference)
    if workspace.data.stat(address).is_folder:
        return preview_folder(workspace.data, workspace.data.locate(address).uri, reference, rows)
    looked = preview_file(source_in(workspace.data, address, _told(workspace, reference, address)), rows)
    return looked.model_copy(update={"path": reference})


def profile_data(workspace: Workspace, reference: str) -> "Profile":
    """The same names. Raises NotSupported for what is no table."""
    from ..preview.look import profile_file, profile_folder, source_in

    address = address_of(workspace, reference)
    if workspace.data.stat(address).is_folder:
        return profile_folder(workspace.data, workspace.data.locate(address).uri, reference)
    measured = profile_file(source_in(workspace.data, address, _told(workspace, reference, address)))
    return measured.model_copy(update={"path": reference})


def address_of(workspace: Workspace, reference: str) -> str:
    """In words that every workspace resolves. A data asset goes before a file of the same name."""
    found = _NAME.fullmatch(reference)
    if not found:
        return str(Path(reference).expanduser()) if reference.startswith("~") else reference
    name, sign, version = found["name"], found["sign"], found["version"]
    try:
        asset = workspace.data.get(
            name, version if sign == ":" else None, label=version if sign == "@" and version != "latest" else None
        )
    except DataNotFound:
        if Path(reference).exists():
            return reference
        raise
    return f"azureml:{asset.name}:{asset.version}"


def _told(workspace: Workspace, reference: str, address: str) -> str:
    """A file's name ends as its content is, which an asset's need not."""
    uri = workspace.data.locate(address).uri
    return uri if address != reference or address.startswith("azureml:") else reference
