"""A model from a YAML file, from options, or from both."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..entities import Model
from ..errors import UsageError
from ..language import _
from ..schemas.model import read_model
from ..workspace import Workspace
from ..workspace.datastores import Progress
from .create_job import read_yaml


def create_model(
    workspace: Workspace, file: Path | None, given: Mapping[str, Any], *, progress: Progress | None = None
) -> Model:
    """``given`` wins over the file; a path in it begins from the working directory. Raises SpecInvalid, UsageError."""
    here = Path.cwd()
    if file is None:
        if not {"name", "path"} <= given.keys():
            raise UsageError(
                _("A model needs a name and the path of its files."), _("Give --name and --path, or a YAML file.")
            )
        model = read_model(dict(given), here / "model")
    else:
        file = file.expanduser().absolute()
        data = read_yaml(file)
        if path := given.get("path"):
            given = {**given, "path": read_model({"name": "-", "path": path}, here / "model").path}
        model = read_model({**data, **given}, file)
    if not model.path:
        raise UsageError(
            _("A model needs the path of its files."), _("Give --path; to change a version: azml model update")
        )
    return workspace.models.create_or_update(model, progress=progress)
