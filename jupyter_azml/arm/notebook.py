"""A notebook job as Azure ML knows it: a command job that runs papermill, as in Microsoft's own sample
(azureml-examples, ``cli/jobs/basics/hello-notebook.yml``).
"""

import json
import shlex
from pathlib import PurePosixPath

from pydantic import JsonValue

from ..entities import CommandSpec, JobSpec, NotebookSpec
from ..entities.secrecy import hide


def papermill_command(spec: NotebookSpec) -> str:
    """The command line that runs the notebook and leaves its copy in ``outputs/``."""
    words = ["papermill", spec.notebook, f"outputs/{PurePosixPath(spec.notebook).name}"]
    for name, value in spec.parameters.items():
        words += _parameter(name, value)
    if spec.kernel_name:
        words += ["-k", spec.kernel_name]
    if spec.execution_timeout is not None:
        words += ["--execution-timeout", str(spec.execution_timeout)]
    if spec.start_timeout is not None:
        words += ["--start-timeout", str(spec.start_timeout)]
    if spec.working_directory:
        words += ["--cwd", spec.working_directory]
    if spec.language:
        words += ["--language", spec.language]
    if spec.report_mode:
        words += ["--report-mode"]
    return shlex.join(words)


def without_secrets(spec: JobSpec) -> JobSpec:
    """The spec as everybody who may read the workspace can see it: values whose names look secret are hidden."""
    hidden: dict[str, object] = {"environment_variables": hide(spec.environment_variables)}
    if isinstance(spec, NotebookSpec):
        hidden["parameters"] = hide(spec.parameters, spec.secret_parameters)
    elif isinstance(spec, CommandSpec):
        hidden |= {"inputs": hide(spec.inputs), "search_space": hide(spec.search_space)}
    return spec.model_copy(update=hidden)


def _parameter(name: str, value: JsonValue) -> list[str]:
    # papermill guesses the type of a -p value; -r keeps a text a text ("1.0", "True"), and -y takes any JSON.
    if isinstance(value, str):
        return ["-r", name, value]
    if isinstance(value, list | dict):
        return ["-y", json.dumps({name: value})]
    return ["-p", name, str(value)]
