"""A batch invocation as a job: a command, so that it waits, runs, streams and ends like any other."""

import shlex
from pathlib import Path

from ..entities import (
    BatchDeployment,
    BatchSettings,
    CommandSpec,
    DataInput,
    DataOutput,
    DataType,
    Model,
    ModelType,
    Resources,
)
from ..errors import UsageError
from ..language import _

ENDPOINT_TAG, DEPLOYMENT_TAG = "batch_endpoint", "batch_deployment"


def batch_spec(
    deployment: BatchDeployment,
    settings: BatchSettings,
    *,
    code: Path | None,
    model: Model,
    model_folder: Path,
    data: DataInput,
    output: DataOutput,
    name: str | None,
    experiment: str,
) -> CommandSpec:
    return CommandSpec(
        name=name,
        display_name=f"{deployment.endpoint_name}/{deployment.name}",
        experiment=experiment or deployment.endpoint_name,
        compute=deployment.compute,
        tags={ENDPOINT_TAG: deployment.endpoint_name, DEPLOYMENT_TAG: deployment.name},
        environment_variables=deployment.environment_variables,
        environment=deployment.environment,
        code=str(code) if code else None,
        command=_command(deployment, settings),
        inputs={
            "data": data,
            "model": DataInput(type=DataType(model.type.value), path=str(model_folder), mode="direct"),
        },
        outputs={"score": output},
        resources=Resources(instance_count=settings.instance_count),
    )


def check_can_score(deployment: BatchDeployment, model: Model) -> None:
    """Raises UsageError for a model that is of no use without a scoring script."""
    if deployment.code_configuration is None and model.type is not ModelType.MLFLOW:
        raise UsageError(
            _("The deployment {name} has no scoring script, and its model is no MLflow model.", name=deployment.name),
            _("Name one in its YAML file: code_configuration with code and scoring_script."),
        )


def _command(deployment: BatchDeployment, settings: BatchSettings) -> str:
    """``python -m jupyter_azml.execution.batch --help`` explains it."""
    words = ["python", "-P", "-m", "jupyter_azml.execution.batch"]
    options: dict[str, object] = {
        "mini-batch-size": settings.mini_batch_size,
        "workers": settings.instance_count * settings.max_concurrency_per_instance,
        "max-retries": settings.retry_settings.max_retries,
        "timeout": settings.retry_settings.timeout,
        "error-threshold": settings.error_threshold,
        "output-action": settings.output_action.value,
        "output-file-name": settings.output_file_name,
        "logging-level": settings.logging_level,
    }
    if deployment.code_configuration:
        options["scoring-script"] = deployment.code_configuration.scoring_script
    words += [f"--{name}={shlex.quote(str(value))}" for name, value in options.items()]
    # The command starts in the job's code; the rest of its folder is above.
    words += ["--scratch=../batch", "--events=../events.ndjson", "--progress=../progress.json"]
    words += ["--input=${{inputs.data}}", "--model=${{inputs.model}}", "--output=${{outputs.score}}"]
    return " ".join(words)
