"""A notebook job as Azure ML knows it: a command job that runs papermill, as in Microsoft's own sample
(azureml-examples, ``cli/jobs/basics/hello-notebook.yml``).
"""

import json
import re
import shlex
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import JsonValue

from ..entities import JobSpec, NotebookSpec

HIDDEN = "***"

Value = TypeVar("Value")

# "token" only at the end of a name: max_tokens and tokenizer are parameters that people tune.
_SECRET = re.compile(
    r"secret|passw|token$|credential|(api|access|account|private)_?key|connection_?string|(^|_)sas($|_)"
)


def papermill_command(spec: NotebookSpec) -> str:
    """The command line that runs the notebook and leaves its copy in ``outputs/``."""
    words = ["papermill", spec.notebook, f"outputs/{PurePosixPath(spec.notebook).name}"]
    for name, value in spec.parameters.items():
        words += _parameter(name, value)
    if spec.kernel_name:
        words += ["-k", spec.kernel_name]
    if spec.execution_timeout is not None:
        words += ["--execution-timeout", str(spec.execution_timeout)]
    return shlex.join(words)


def without_secrets(spec: JobSpec) -> JobSpec:
    """The spec as everybody who may read the workspace can see it: values whose names look secret are hidden."""
    hidden: dict[str, object] = {"environment_variables": hide_secrets(spec.environment_variables)}
    if isinstance(spec, NotebookSpec):
        hidden["parameters"] = hide_secrets(spec.parameters)
    else:
        hidden |= {"inputs": hide_secrets(spec.inputs), "search_space": hide_secrets(spec.search_space)}
    return spec.model_copy(update=hidden)


def hide_secrets(values: dict[str, Value]) -> dict[str, Value | str]:
    return {name: HIDDEN if _SECRET.search(name.lower()) else value for name, value in values.items()}


def _parameter(name: str, value: JsonValue) -> list[str]:
    # papermill guesses the type of a -p value; -r keeps a text a text ("1.0", "True"), and -y takes any JSON.
    if isinstance(value, str):
        return ["-r", name, value]
    if isinstance(value, list | dict):
        return ["-y", json.dumps({name: value})]
    return ["-p", name, str(value)]
