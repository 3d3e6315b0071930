"""A data asset from a YAML file, from options, or from both."""

from pathlib import Path
from typing import Any

from ..entities import DataAsset
from ..errors import UsageError
from ..language import _
from ..schemas import read_data_asset
from ..workspace import Workspace
from .create_job import read_yaml


def create_data(workspace: Workspace, file: Path | None, given: dict[str, Any]) -> DataAsset:
    """``given`` wins over the file; a path in it begins from the working directory. Raises SpecInvalid, UsageError."""
    given = {**given}
    here = Path.cwd()
    if path := given.get("path"):
        # Without a type it is what is there; an address on the web is a file.
        place = here / Path(path).expanduser()
        given["path"] = str(place) if place.exists() else path
        if file is None:
            is_file = place.is_file() or path.lower().startswith(("http://", "https://"))
            given = {"type": "uri_file" if is_file else "uri_folder", **given}
    if file is None:
        if not {"name", "path"} <= given.keys():
            raise UsageError(_("A data asset needs a name and a path."), _("Give --name and --path, or a YAML file."))
        return workspace.data.create(read_data_asset(given, here / "data"))
    file = file.expanduser().absolute()
    return workspace.data.create(read_data_asset({**read_yaml(file), **given}, file))
