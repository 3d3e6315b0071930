"""Whether a folder that is to be an MLTable is one."""

from pathlib import Path

from ..errors import DataNotFound
from ..language import _
from ..schemas.mltable import MOST_BYTES, check_table
from ..storage.files import translated
from ..storage.places import Reached


def check_mltable(reached: Reached, path: str) -> None:
    """Raises DataNotFound where the file MLTable is missing, SpecInvalid with every fault in it."""
    below = "/".join(filter(None, (reached.path, "MLTable")))
    try:
        with translated(reached.name, below), reached.store.open(below) as file:
            text = file.read(MOST_BYTES + 1)
    except DataNotFound as error:
        raise DataNotFound(
            _("There is no file MLTable in {path}.", path=path),
            _("An mltable is a folder with a YAML file of that name, which says what its tables are made of."),
        ) from error
    check_table(text, Path(path) / "MLTable")
