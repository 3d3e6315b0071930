"""A job from a YAML file, and a YAML file from any job that was submitted."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..entities import CommandSpec, Job, JobSpec, NotebookSpec
from ..errors import SpecInvalid, UsageError
from ..execution.notebook import kernel_of, read_notebook
from ..execution.parameters import settle_parameters
from ..execution.substitution import check_references
from ..language import _
from ..schemas import assign, parse_yaml, read_job, write_job
from ..workspace import Workspace
from .environment_name import pinned
from .fingerprint import fingerprint_of


def create_job(
    workspace: Workspace,
    file: Path,
    *,
    assignments: Sequence[str] = (),
    name: str | None = None,
    save_as: Path | None = None,
) -> Job:
    """Raises SpecInvalid, NotSupported, and what submitting does."""
    return submit(workspace, load_job(file, assignments, name), save_as)


def validate_job(workspace: Workspace, file: Path, *, assignments: Sequence[str] = ()) -> JobSpec:
    """What would be submitted. Raises what creating it would, as far as that is known without submitting."""
    spec = load_job(file, assignments)
    workspace.computes.get(spec.compute)
    if isinstance(spec, CommandSpec):
        check_references(spec)
        places = {"code": spec.code, **{f"inputs.{name}": value.path for name, value in spec.data_inputs.items()}}
        missing = [
            f"{file}: {key}: {_('there is nothing at {path}', path=path)}"
            for key, path in places.items()
            if _is_missing(path)
        ]
        if missing:
            raise SpecInvalid("\n".join(missing), _("Check the paths; they begin from the file."))
    return spec


def load_job(file: Path, assignments: Sequence[str] = (), name: str | None = None) -> JobSpec:
    """Raises SpecInvalid, NotSupported, NotebookError."""
    file = file.expanduser().absolute()
    data = read_yaml(file)
    assign(data, assignments)
    if name:
        data["name"] = name
    # As in az ml, jobs of a file without an experiment_name are grouped by the working directory's name.
    spec = read_job(data, file, experiment=Path.cwd().name or "Default")
    return check_notebook(spec) if isinstance(spec, NotebookSpec) else spec


def read_yaml(file: Path) -> dict[str, Any]:
    """Raises SpecInvalid for what is no file that can be read, or holds no keys."""
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise SpecInvalid(_("There is no file {file}.", file=file), _("Check the path.")) from error
    except IsADirectoryError as error:
        raise SpecInvalid(_("{file} is a folder.", file=file), _("Name a YAML file inside it.")) from error
    except OSError as error:
        raise SpecInvalid(
            _("{file} cannot be read: {detail}.", file=file, detail=error.strerror), _("Check the file's permissions.")
        ) from error
    except UnicodeDecodeError as error:
        raise SpecInvalid(
            _("{file} is not text in UTF-8.", file=file), _("Save it as UTF-8, or name a YAML file.")
        ) from error
    return parse_yaml(text, file)


def check_notebook(spec: NotebookSpec, texts: Mapping[str, str] | None = None) -> NotebookSpec:
    """With the kernel that the notebook names, where no other was chosen, and parameters of the types it declares.

    ``texts``: parameters of which only a text is known. Raises NotebookError.
    """
    path = Path(spec.code) / spec.notebook
    notebook = read_notebook(path)
    settled = settle_parameters(notebook, path, spec.parameters, texts, spec.language)
    return spec.model_copy(update={"kernel_name": kernel_of(notebook, path, spec.kernel_name), "parameters": settled})


def submit(workspace: Workspace, spec: JobSpec, save_as: Path | None) -> Job:
    """Submits, and then writes the file from which the job can be created again."""
    if isinstance(spec.environment, str):
        spec = spec.model_copy(update={"environment": pinned(workspace, spec.environment)})
    if isinstance(spec, NotebookSpec) and not spec.fingerprint:
        spec = spec.model_copy(update={"fingerprint": fingerprint_of(spec)})
    if save_as is None:
        return workspace.jobs.submit(spec)
    save_as = save_as.expanduser().absolute()
    _check_can_write(save_as)
    job = workspace.jobs.submit(spec)
    beside = save_as.with_name(f".{save_as.name}.{os.getpid()}")
    beside.write_text(write_job(spec, save_as.parent), "utf-8")
    beside.replace(save_as)
    return job


def _check_can_write(file: Path) -> None:
    """Before anything is submitted."""
    if file.is_dir() or not file.parent.is_dir() or not os.access(file.parent, os.W_OK):
        raise UsageError(
            _("{file} cannot be written.", file=file), _("Give the path of a file in a folder that you can write.")
        )


def _is_missing(path: str | None) -> bool:
    return path is not None and os.path.isabs(path) and not os.path.exists(path)
