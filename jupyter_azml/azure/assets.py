"""What a deployment needs in the workspace before it can be asked for: its model, code and environment."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..entities import (
    BatchDeployment,
    Model,
    ModelType,
    OnlineDeployment,
    model_reference,
)
from ..entities.endpoint_name import check_deployment_name
from ..execution.scoring_script import check_batch_script, check_script
from ..schemas.served_model import check_is_name
from ..workspace import EnvironmentsOperations, ModelsOperations
from .settled_environment import settle_environment

Deployment = TypeVar("Deployment", OnlineDeployment, BatchDeployment)
UploadCode = Callable[[Path, str], str]
"""Of a folder, and the file in it that must not be left out: the id under which the workspace has it."""


class Assets:
    def __init__(self, models: ModelsOperations, environments: EnvironmentsOperations, upload: UploadCode) -> None:
        self._models = models
        self._environments = environments
        self._upload = upload

    def settled(self, deployment: Deployment) -> Deployment:
        """With references in place of folders and of what is written out.

        Raises UsageError, ModelNotFound, EnvironmentNotFound, DataNotFound.
        """
        check_deployment_name(deployment.name)
        return deployment.model_copy(
            update={
                "model": self._model(deployment),
                "code_configuration": self._code(deployment),
                "environment": settle_environment(self._environments, deployment.environment)
                if deployment.environment
                else "",
            }
        )

    def _model(self, deployment: OnlineDeployment | BatchDeployment) -> str:
        """A path is registered first, as the SDK does it."""
        asked = deployment.model
        if not asked or asked.startswith("azureml://registries/"):
            return asked
        named = asked if model_reference(asked) else f"azureml:{asked}"
        path = Path(asked).expanduser()
        if model_reference(named) and (named == asked or not path.exists()):
            found = self._models.find(named)
        else:
            if not path.exists():
                check_is_name(asked)
            kind = ModelType.MLFLOW if (path / "MLmodel").is_file() else ModelType.CUSTOM
            name = f"{deployment.endpoint_name}-{deployment.name}"
            found = self._models.create_or_update(Model(name=name, path=str(path.absolute()), type=kind))
        return f"azureml:{found.name}:{found.version}"

    def _code(self, deployment: OnlineDeployment | BatchDeployment) -> object:
        code = deployment.code_configuration
        if code is None or code.code.startswith(("/subscriptions/", "azureml:")):
            return code
        if isinstance(deployment, BatchDeployment):
            check_batch_script(code)
        else:
            check_script(code)
        return code.model_copy(update={"code": self._upload(Path(code.code), code.scoring_script)})
