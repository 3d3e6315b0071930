"""From a specification to a job in Azure: what it needs is brought into the workspace first."""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..arm import WorkspaceId
from ..arm.references import full_reference
from ..arm.submission import CELL, submission_to_arm
from ..entities import (
    CellSpec,
    CommandSpec,
    DataInput,
    InteractiveSpec,
    JobSpec,
    LocalPath,
    NotebookSpec,
)
from ..entities.address import AssetName, read_address
from ..entities.secrecy import hidden_values
from ..errors import NotSupported, UsageError
from ..execution.cell.kernel import code_to_restore
from ..execution.cell.returned import FOLDER
from ..execution.git import git_facts
from ..execution.notebook import cell_title
from ..execution.remote import cell_notebook, runtime, script
from ..language import _
from ..workspace import ComputesOperations, EnvironmentsOperations
from .code import AzureCode, with_files
from .data import AzureData
from .settled_environment import settle_environment

_IMAGE = "mcr.microsoft.com/azureml/openmpi5.0-ubuntu24.04:latest"
_NOTEBOOK_PACKAGES = ("papermill>=2.6", "ipykernel", "mlflow-skinny", "azureml-mlflow")
_CELL_PACKAGES = ("cloudpickle", "pydantic>=2")
_PAYLOAD, _RUNTIME = "azml_job/payload.pickle", "azml_job/runtime.zip"


class Submission:
    def __init__(
        self,
        workspace: WorkspaceId,
        code: AzureCode,
        computes: ComputesOperations,
        environments: EnvironmentsOperations,
        data: AzureData,
    ) -> None:
        self._workspace = workspace
        self._code = code
        self._computes = computes
        self._environments = environments
        self._data = data

    def body(self, spec: JobSpec, name: str) -> dict[str, Any]:
        """What is to be sent. Raises what ``JobsOperations.submit`` says, and NotSupported."""
        _check(spec)
        if spec.compute.lower() not in ("serverless", "local"):
            self._computes.get(spec.compute)
        spec = self._with_data(_titled(spec))
        before = _before(spec, name) if isinstance(spec, CellSpec) else ""
        environment = self._environment(spec)  # small, and often what is wrong
        return submission_to_arm(
            spec,
            self._workspace,
            code_id=self._bring_code(spec),
            environment_id=environment,
            git=git_facts(Path(spec.code)) if spec.code else {},
            runner="" if isinstance(spec, CommandSpec) else script(),
            before=before,
        )

    def _bring_code(self, spec: JobSpec) -> str | None:
        if isinstance(spec, CellSpec):
            added: dict[str, Path | bytes] = {
                CELL: cell_notebook(spec.source, spec.kernel_name or "python3").encode(),
                _RUNTIME: runtime(),
            }
            if spec.payload:
                added[_PAYLOAD] = Path(spec.payload)
            with with_files(Path(spec.code) if spec.code else None, added) as files:
                return self._code.upload_files(files, "cell")
        if not spec.code:
            return None
        return self._code.upload(Path(spec.code), spec.notebook if isinstance(spec, NotebookSpec) else "")

    def _environment(self, spec: JobSpec) -> str:
        """Its id, or a name that the service knows."""
        asked = spec.environment
        if not asked and isinstance(spec, CommandSpec):
            raise UsageError(
                _("A job in Azure needs an environment."),
                _("Name one, such as environment: azureml:AzureML-sklearn-1.5@latest"),
            )
        found = settle_environment(self._environments, asked or _notebook_environment(isinstance(spec, CellSpec)))
        return full_reference(found, "environments", self._workspace)

    def _with_data(self, spec: JobSpec) -> JobSpec:
        """Data of this machine is uploaded; a label becomes the version that it means now."""
        if isinstance(spec, CommandSpec):
            inputs: Mapping[str, Any] = spec.inputs
        elif isinstance(spec, NotebookSpec):
            inputs = spec.inputs
        else:
            return spec
        brought = {
            name: self._bring(value) if isinstance(value, DataInput) else value for name, value in inputs.items()
        }
        return spec.model_copy(update={"inputs": brought})

    def _bring(self, value: DataInput) -> DataInput:
        """Raises DataNotFound, NotSupported, StorageError."""
        address = read_address(value.path) if not value.path.startswith("azureml://registries/") else None
        if isinstance(address, AssetName) and address.label:
            found = self._data.get(address.name, label=address.label)
            return value.model_copy(update={"path": f"azureml:{found.name}:{found.version}"})
        return self._data.bring(value) if isinstance(address, LocalPath) else value


def _notebook_environment(is_cell: bool) -> dict[str, Any]:
    """As a file says it: of this Python, with what runs a notebook there."""
    packages = [*_NOTEBOOK_PACKAGES, *(_CELL_PACKAGES if is_cell else ())]
    version = ".".join(platform.python_version_tuple()[:2])
    return {"image": _IMAGE, "conda_file": {"dependencies": [f"python={version}", "pip", {"pip": packages}]}}


def _check(spec: JobSpec) -> None:
    """Raises NotSupported for what Azure has no place for."""
    if isinstance(spec, InteractiveSpec):
        raise NotSupported(
            _("A run of an attached notebook is not submitted."),
            _("Begin it there: mlflow.start_run() after %azml attach. Or run the notebook: azml run NOTEBOOK.ipynb"),
        )
    if spec.secrets or spec.connections:
        raise NotSupported(
            _("Azure gives no secrets and connections to jobs by name."),
            _("Let the job read them itself: from the key vault, or by MLClient.connections, with its identity."),
        )
    if isinstance(spec, NotebookSpec) and hidden_values(spec.parameters, spec.secret_parameters):
        raise NotSupported(
            _("In Azure whoever may see a job sees its parameters, secret ones too."),
            _("Let the notebook read the value from the workspace's key vault instead."),
        )


def _titled(spec: JobSpec) -> JobSpec:
    """As it is called before people, where they have said nothing else."""
    if spec.display_name or isinstance(spec, CommandSpec | InteractiveSpec):
        return spec
    title = Path(spec.notebook).stem if isinstance(spec, NotebookSpec) else cell_title(spec.source)
    return spec.model_copy(update={"display_name": title})


def _before(spec: CellSpec, name: str) -> str:
    """What puts the cell's values back. Everything lies in the folder that the job starts in."""
    code = code_to_restore(
        _PAYLOAD if spec.payload else "",
        [each.name for each in spec.captured],
        spec.python,
        spec.packages,
        {"job": name, "folder": f"outputs/{FOLDER}", "names": list(spec.returns), "root": "."},
    )
    # Behind everything else: where jupyter_azml is installed, that one is taken.
    return f"__import__('sys').path.append({_RUNTIME!r}); {code}"
