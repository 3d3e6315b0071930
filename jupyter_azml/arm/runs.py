"""Runs, as Azure's run history tells of a job: what the SDK streams, downloads and renames goes by them.

Source: azure-ai-ml 1.35.2, ``_restclient/runhistory/models``; the service publishes no description of it.
"""

from collections.abc import Mapping
from typing import Any

from ..entities import Job, JobStatus, Reason
from .ids import WorkspaceId
from .shape import mapping, texts

_REASON = "azml.reason"
_TYPED = {"custom_model": "CustomModel", "mlflow_model": "MLFlowModel", "triton_model": "TritonModel"}


def run_to_history(job: Job, workspace: WorkspaceId, experiment: str) -> dict[str, Any]:
    """``experiment``: its id."""
    return {
        "runId": job.name,
        "runUuid": job.name,
        "rootRunId": job.parent or job.name,
        "parentRunId": job.parent,
        "experimentId": experiment,
        "displayName": job.display_name,
        "name": job.display_name,
        "description": job.description,
        "status": job.status.value,
        "createdUtc": job.created.isoformat(),
        "lastModifiedUtc": (job.ended or job.started or job.created).isoformat(),
        "startTimeUtc": job.started.isoformat() if job.started else None,
        "endTimeUtc": job.ended.isoformat() if job.ended else None,
        "target": job.compute,
        "runType": "azureml.scriptrun" if job.parent is None else "azureml.StepRun",
        "tags": job.tags,
        "properties": {},
        "hidden": job.archived,
        "createdBy": {"userName": job.owner},
        "warnings": [{"source": "azml", "message": note.message} for note in job.notes] or None,
        "error": error_of(job),
        "outputs": {
            name: {"assetId": output_id(job.name, name), "type": _TYPED.get(output.type.value, output.type.value)}
            for name, output in job.outputs.items()
            if name not in ("default", "notebook") and not output.path.startswith("outputs/")
        },
        "services": {},
        "runNumber": 1,
        "_links": {"workspace": str(workspace)},
    }


def details_to_history(job: Job, workspace: WorkspaceId, logs: Mapping[str, str]) -> dict[str, Any]:
    """``logs``: their addresses, by name."""
    run = run_to_history(job, workspace, job.experiment)
    kept = ("runId", "target", "status", "startTimeUtc", "endTimeUtc", "warnings", "error", "properties", "services")
    return {**{key: run[key] for key in kept}, "logFiles": dict(logs), "inputDatasets": [], "outputDatasets": []}


def error_of(job: Job) -> dict[str, Any] | None:
    if job.status is not JobStatus.FAILED or job.reason is None:
        return None
    error = {"code": "UserError", "message": job.reason.message, "details": []}
    # Of what the service would only put into a sentence, our own client is told the parts.
    info = {"type": _REASON, "info": {"code": job.reason.code, "values": job.reason.values}}
    return {
        "error": {**error, "additionalInfo": [info]},
        "correlation": {},
        "environment": "local",
        "location": "local",
    }


def reason_from_history(details: Mapping[str, Any]) -> Reason | None:
    """Why a run failed; None where nobody says it."""
    error = mapping(mapping(details.get("error")).get("error"))
    for each in error.get("additionalInfo") or ():
        if mapping(each).get("type") == _REASON:
            info = mapping(mapping(each).get("info"))
            if told := reason_told(info.get("code"), info.get("values")):
                return told
    message = str(error.get("message") or "").strip()
    return Reason.of("Service", detail=message) if message else None


def reason_told(code: object, values: object) -> Reason | None:
    """None for parts that make no sentence: they come from outside."""
    try:
        found = Reason(code=str(code), values=dict(mapping(values)))
        # Without values a sentence is not filled in.
        return None if not found.message or (not found.values and "{" in found.message) else found
    except (ValueError, LookupError, TypeError):
        return None


def status_of(details: Mapping[str, Any]) -> JobStatus | None:
    """None for a word that we have not."""
    return next((status for status in JobStatus if status == details.get("status")), None)


def logs_from_history(details: Mapping[str, Any]) -> dict[str, str]:
    return texts(details.get("logFiles"))


def output_id(job: str, output: str) -> str:
    """By which run history names an output that nobody has registered."""
    return f"azureml://locations/local/workspaces/local/data/azureml_{job}_output_data_{output}/versions/1"


def output_of_id(asset: str) -> tuple[str, str] | None:
    """The job and the output that such an id means."""
    name = asset.partition("/data/azureml_")[2].partition("/versions/")[0]
    job, mark, output = name.partition("_output_data_")
    return (job, output) if mark else None
