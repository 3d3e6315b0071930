"""A job's YAML file, of whichever type."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..entities import CellSpec, CommandSpec, InteractiveSpec, JobSpec
from ..errors import NotSupported
from ..language import _
from .command import SHAPE as COMMAND
from .command import command_data, command_fields
from .common import REFERENCE
from .notebook import SHAPE as NOTEBOOK
from .notebook import notebook_data, notebook_fields
from .shape import Place, word
from .text import dump_yaml

_LATER = ("sweep", "pipeline", "automl", "spark", "parallel", "import", "data_transfer", "finetuning", "distillation")


def read_job(data: dict[str, Any], file: Path, *, experiment: str = "Default") -> JobSpec:
    """``file`` is absolute, and what relative paths begin from; ``experiment`` is meant where the file names none.

    Raises SpecInvalid with every fault, NotSupported for a type of job that comes later.
    """
    # ``az ml`` takes a file without a type for a command.
    kind = data.get("type") or ("notebook" if "notebook" in data else "command")
    kind = kind.lower() if isinstance(kind, str) else kind
    if kind in _LATER:
        raise NotSupported(
            _("{file} describes a job of type {type}, which cannot be created yet.", file=file, type=kind),
            _("There are: command, notebook."),
        )
    place = Place(file)
    word("command", "notebook")(kind, place.at("type"))
    place.check(REFERENCE)
    is_command = kind == "command"
    found = (COMMAND if is_command else NOTEBOOK)(data, place)
    place.check(REFERENCE)
    fields = (command_fields if is_command else notebook_fields)(found, file.parent)
    try:
        return _SPEC.validate_python({"experiment": experiment, **fields, "type": kind})
    except ValidationError as error:
        for fault in error.errors():
            place.at(".".join(map(str, fault["loc"][1:]))).fault(fault["msg"])
        place.check(REFERENCE)
        raise


def write_job(spec: JobSpec, folder: Path) -> str:
    """YAML that ``read_job`` takes back from a file in that folder, to an equal specification.

    Raises NotSupported for a cell, and for a run that nobody submitted.
    """
    if isinstance(spec, InteractiveSpec):
        raise NotSupported(
            _("A run of an attached notebook was not submitted, and has no YAML file."),
            _("Save the notebook and run that: azml run NOTEBOOK.ipynb --save-as job.yml"),
        )
    if isinstance(spec, CellSpec):
        raise NotSupported(
            _("A cell that runs as a job has no YAML file: its values come from the notebook."),
            _("Save the notebook and run that: azml run NOTEBOOK.ipynb --save-as job.yml"),
        )
    data = command_data(spec, folder) if isinstance(spec, CommandSpec) else notebook_data(spec, folder)
    return dump_yaml({name: value for name, value in data.items() if value not in (None, "", [], {}, 0)})


_SPEC: TypeAdapter[JobSpec] = TypeAdapter(JobSpec)
