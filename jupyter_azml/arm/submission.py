"""A job as it is asked for: the body of ``PUT …/jobs/NAME``. Notebooks and cells are commands that run papermill."""

import shlex
from collections.abc import Mapping
from typing import Any

from ..entities import CellSpec, CommandSpec, JobSpec, NotebookSpec
from .command import command_to_arm, compute_id, output_to_arm
from .ids import WorkspaceId
from .inputs import inputs_to_arm
from .jobs import SPEC, git_to_arm
from .notebook import papermill_command, without_secrets
from .shape import duration

RUNNER = "AZML_PAPERMILL"
"""The variable with the text of the script that is papermill and tells of cells."""
CELL = "azml_job/cell.ipynb"
"""Where the cell of a job stands among its code. Folders that begin with a dot do not travel everywhere."""
_MOST_SPEC = 60_000
"""Characters; a property of a job holds no more than a few tens of thousands."""


def submission_to_arm(
    spec: JobSpec,
    workspace: WorkspaceId,
    *,
    code_id: str | None,
    environment_id: str,
    git: Mapping[str, str] | None = None,
    runner: str = "",
    before: str = "",
) -> dict[str, Any]:
    """``git``: facts of the folder; ``runner``: the script; ``before``: what a cell has its kernel run, unseen."""
    asked = _asked(spec, workspace, runner, before)
    properties: dict[str, Any] = {
        "jobType": "Command",
        "displayName": spec.display_name or None,
        "experimentName": spec.experiment,
        "description": spec.description or None,
        "computeId": compute_id(spec.compute, workspace),
        "codeId": code_id,
        "tags": dict(spec.tags),
        "isArchived": False,
        **asked,
        "properties": {**git_to_arm(git or {}), **asked["properties"]},
        "environmentId": environment_id,
    }
    return {"properties": {name: value for name, value in properties.items() if value is not None}}


def _asked(spec: JobSpec, workspace: WorkspaceId, runner: str, before: str) -> dict[str, Any]:
    if isinstance(spec, CommandSpec):
        return {**command_to_arm(spec, workspace), "properties": dict(spec.properties)}
    if not isinstance(spec, NotebookSpec | CellSpec):
        raise TypeError(spec)
    variables = {**spec.environment_variables, RUNNER: runner, **({"AZML_BEFORE": before} if before else {})}
    limits = {"jobLimitsType": "Command", "timeout": duration(round(spec.timeout))} if spec.timeout else None
    said = without_secrets(spec).model_dump_json(round_trip=True)
    return {
        "command": run_command(spec),
        "environmentVariables": variables,
        "inputs": inputs_to_arm(spec, workspace),
        "outputs": {name: output_to_arm(output) for name, output in spec.outputs.items()}
        if isinstance(spec, NotebookSpec)
        else {},
        "limits": limits,
        "properties": {SPEC: said} if len(said) < _MOST_SPEC else {SPEC: _short(spec)},
    }


def run_command(spec: NotebookSpec | CellSpec) -> str:
    """In bash: papermill, as often as was asked for."""
    lines = [f'papermill() {{ python -c "${RUNNER}" "$@"; }}', "mkdir -p outputs"]
    folder = ""
    if isinstance(spec, NotebookSpec):
        folder = spec.working_directory or spec.notebook.rpartition("/")[0]
        line = papermill_command(spec.model_copy(update={"working_directory": folder}))
        for name in spec.inputs:
            line += f" -r {shlex.quote(name)} '${{{{inputs.{name}}}}}'"
        for name in spec.outputs:
            line += f" -r {shlex.quote(name)} '${{{{outputs.{name}}}}}'"
    else:
        words = ["papermill", CELL, "outputs/cell.ipynb", "-k", spec.kernel_name or "python3"]
        words += ["--execution-timeout", str(spec.execution_timeout)] if spec.execution_timeout is not None else []
        line = shlex.join(words)
    if folder:
        # Wherever the notebook runs, ./outputs is what the service collects.
        place = shlex.quote(folder)
        lines.append(f'mkdir -p {place}; [ -e {place}/outputs ] || ln -s "$PWD/outputs" {place}/outputs')
    line += " --no-progress-bar --log-level WARNING"
    if spec.retries:
        tries = " ".join(map(str, range(1, spec.retries + 2)))
        # papermill ends an interrupt like any other failure: the shell itself has to say that it was canceled.
        lines.append("trap 'exit 130' INT; trap 'exit 143' TERM")
        lines.append(f"for attempt in {tries}; do AZML_ATTEMPT=$attempt {line} && exit 0; status=$?; done")
        line = "exit $status"
    return "\n".join([*lines, line])


def _short(spec: NotebookSpec | CellSpec) -> str:
    """Without what is long and can be read elsewhere: the parameters stand in the executed notebook."""
    changes: dict[str, Any] = (
        {"parameters": {}} if isinstance(spec, NotebookSpec) else {"source": spec.source[:1000], "captured": ()}
    )
    return without_secrets(spec.model_copy(update=changes)).model_dump_json(round_trip=True)
