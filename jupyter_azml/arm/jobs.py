"""Jobs. What ARM has no word for travels in the job's ``properties``, where anybody may keep text of their own."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from ..entities import CellSpec, CommandSpec, InteractiveSpec, Job, JobSpec, JobStatus, JobType, NotebookSpec
from ..entities.secrecy import hide
from .command import command_from_arm, command_to_arm
from .ids import PROVIDER, WorkspaceId, last_name
from .inputs import data_inputs_from_arm, data_type, inputs_to_arm, parameters_from_arm
from .notebook import papermill_command, without_secrets
from .shape import mapping, moment, texts

SPEC = "azml.spec"
"""The property that holds what was asked for; its presence makes a command job one of ours."""
EXTRAS = "azml.job"
"""The property that holds what else our entity knows. Only the emulator writes it."""
ARTIFACTS = "azureml://datastores/workspaceartifactstore/ExperimentRun/dcid."
"""Before a job's name: where the service keeps its logs and outputs."""

_GIT = {
    "repository": "mlflow.source.git.repoURL",
    "branch": "mlflow.source.git.branch",
    "commit": "mlflow.source.git.commit",
    "dirty": "azureml.git.dirty",
}
"""Properties by which the SDK says of which repository the code is."""
_EXTRA_FIELDS = {
    "type",
    "reason",
    "inputs",
    "outputs",
    "parent",
    "snapshot",
    "git",
    "progress",
    "metrics",
    "attempt",
    "notes",
}
# AutoML, Spark, Labeling and FineTuning jobs have no word of their own in JobType yet.
_TYPES = {"pipeline": JobType.PIPELINE, "sweep": JobType.SWEEP}
# The service has states that JobStatus lacks: Scheduled, and Unknown, which reads as not responding.
_STATUSES = {status.value: status for status in JobStatus} | {"Scheduled": JobStatus.NOT_STARTED}


def job_to_arm(job: Job, workspace: WorkspaceId, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The job as the service would answer ``GET …/jobs/NAME``. Values that look secret are hidden.

    ``kept``: the properties that its client sent, whoever that was. What we have no word for is answered as it came.
    """
    spec = without_secrets(job.spec)
    # Through JSON text, since only there do infinity and NaN have a form that JSON readers accept.
    sent = json.loads(job.model_dump_json(round_trip=True))
    kept = kept or {}
    properties = {
        # Required of a command job by every client, though the job runs in the submitter's own environment.
        "environmentId": workspace.child("environments", "submitter") + "/versions/1",
        **_asked(spec, workspace),
        **kept,
        "environmentVariables": spec.environment_variables,
        "jobType": "Command",
        "displayName": job.display_name,
        "experimentName": job.experiment,
        "status": job.status.value,
        "description": job.description,
        "computeId": workspace.child("computes", job.compute),
        "outputs": _outputs(job, sent["outputs"], mapping(kept.get("outputs"))),
        "parameters": hide(sent["parameters"], spec.secret_parameters if isinstance(spec, NotebookSpec) else ()),
        "services": {**mapping(kept.get("services")), "Studio": _studio(job, workspace)},
        "isArchived": job.archived,
        "tags": job.tags,
        "properties": _properties(spec, sent, texts(kept.get("properties"))),
    }
    if job.snapshot and "codeId" not in kept:
        properties["codeId"] = workspace.child("codes", job.snapshot) + "/versions/1"
    return {
        "id": workspace.child("jobs", job.name),
        "name": job.name,
        "type": f"{PROVIDER}/workspaces/jobs",
        "properties": properties,
        "systemData": {
            "createdAt": sent["created"],
            "createdBy": job.owner,
            "createdByType": "User",
            "lastModifiedAt": sent["ended"] or sent["started"] or sent["created"],
            "lastModifiedByType": "User",
        },
    }


def job_from_arm(resource: Mapping[str, Any]) -> Job:
    """Any job of the workspace, whoever made it. One that is not ours has an empty spec."""
    properties = mapping(resource.get("properties"))
    fields = _standard_fields(resource, properties)
    try:
        return Job.model_validate({**fields, **_our_fields(texts(properties.get("properties")))})
    except ValidationError:
        # Our properties were written by another version of us, or by somebody else.
        return Job.model_validate(fields)


def git_to_arm(facts: Mapping[str, str]) -> dict[str, str]:
    said = {theirs: facts[ours] for ours, theirs in _GIT.items() if facts.get(ours)}
    return {name: value.capitalize() if name == _GIT["dirty"] else value for name, value in said.items()}


def tells_all(resource: Mapping[str, Any]) -> bool:
    """Whether it tells what ARM has no words for, too, as our emulator does of jobs that did not come through it."""
    return EXTRAS in texts(mapping(resource.get("properties")).get("properties"))


def _command(spec: JobSpec) -> str:
    match spec:
        case NotebookSpec():
            return papermill_command(spec)
        case CellSpec():
            return spec.source  # the service has no word for a cell, and whoever reads this wants to see it
        case InteractiveSpec():
            return f"jupyter notebook {spec.notebook}".rstrip()  # nor for what was never submitted
    return spec.command


def _asked(spec: JobSpec, workspace: WorkspaceId) -> dict[str, Any]:
    if isinstance(spec, CommandSpec):
        return command_to_arm(spec, workspace)
    return {
        "command": _command(spec),
        "environmentVariables": spec.environment_variables,
        "inputs": inputs_to_arm(spec, workspace),
    }


def _properties(spec: JobSpec, sent: dict[str, Any], kept: dict[str, str]) -> dict[str, str]:
    found = {**git_to_arm(sent["git"]), **kept, **(spec.properties if isinstance(spec, CommandSpec) else {})}
    if SPEC not in found:
        found[SPEC] = spec.model_dump_json(round_trip=True)
        found[EXTRAS] = json.dumps({name: sent[name] for name in sorted(_EXTRA_FIELDS)})
    # These two names are the service's; it has no other place for when a job ran.
    times = {"StartTimeUtc": sent["started"], "EndTimeUtc": sent["ended"]}
    return found | {name: value for name, value in times.items() if value}


def _outputs(job: Job, sent: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Those that were asked for, with where they are once that is known; and the service's own, which has all files."""
    found: dict[str, Any] = {name: dict(mapping(output)) for name, output in asked.items()}
    for name, output in sent.items():
        told = {**found.get(name, {}), "jobOutputType": output["type"], "uri": output["uri"] or None}
        found[name] = {"mode": "ReadWriteMount", **told}
    place = f"{ARTIFACTS}{job.name}"
    return found | {"default": {"jobOutputType": "uri_folder", "mode": "ReadWriteMount", "uri": place}}


def _studio(job: Job, workspace: WorkspaceId) -> dict[str, Any]:
    page = f"https://ml.azure.com/runs/{job.name}?wsid={workspace}"
    return {"jobServiceType": "Studio", "endpoint": page, "status": None, "errorMessage": None, "port": None}


def _standard_fields(resource: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    system = mapping(resource.get("systemData"))
    notes = texts(properties.get("properties"))
    name = str(resource.get("name") or last_name(str(resource.get("id", ""))))
    started = moment(notes.get("StartTimeUtc"))
    compute = properties.get("computeId")
    return {
        "name": name,
        "display_name": str(properties.get("displayName") or name),
        "experiment": str(properties.get("experimentName") or "Default"),
        "type": _TYPES.get(str(properties.get("jobType")).lower(), JobType.COMMAND),
        "spec": _foreign_spec(properties),
        "status": _status(properties.get("status")),
        "created": moment(system.get("createdAt")) or started or datetime.fromtimestamp(0, UTC),
        "started": started,
        "ended": moment(notes.get("EndTimeUtc")),
        "compute": last_name(compute) if isinstance(compute, str) and compute else "serverless",
        "archived": properties.get("isArchived") is True,
        "description": str(properties.get("description") or ""),
        "inputs": data_inputs_from_arm(properties),
        "parameters": parameters_from_arm(properties),
        "outputs": {key: _output_from_arm(mapping(value)) for key, value in mapping(properties.get("outputs")).items()},
        "tags": texts(properties.get("tags")),
        "git": {ours: _git_value(ours, notes[theirs]) for ours, theirs in _GIT.items() if notes.get(theirs)},
        "owner": str(system.get("createdBy") or ""),
    }


def _git_value(name: str, value: object) -> str:
    return str(value).lower() if name == "dirty" else str(value)


def _our_fields(notes: dict[str, str]) -> dict[str, Any]:
    if SPEC not in notes:
        return {}
    try:
        spec, extras = json.loads(notes[SPEC]), mapping(json.loads(notes.get(EXTRAS, "{}")))
    except ValueError:
        return {}
    kind = mapping(spec).get("type", JobType.NOTEBOOK)
    return {"type": kind, "spec": spec} | {key: extras[key] for key in _EXTRA_FIELDS & extras.keys()}


def _status(value: object) -> JobStatus:
    return _STATUSES.get(str(value), JobStatus.NOT_RESPONDING)


def _output_from_arm(output: Mapping[str, Any]) -> dict[str, Any]:
    # Where a foreign job keeps an output is known to the service only.
    return {"type": data_type(output.get("jobOutputType")), "path": "", "uri": str(output.get("uri") or "")}


def _foreign_spec(properties: Mapping[str, Any]) -> CommandSpec:
    """What can be told of a job that is not ours; one that is no command has what else is known of it."""
    try:
        return command_from_arm({"properties": properties}, None).model_copy(update={"properties": {}})
    except ValueError:
        return CommandSpec(
            command=str(properties.get("command") or ""),
            environment=str(properties.get("environmentId") or "") or None,
            environment_variables=texts(properties.get("environmentVariables")),
            inputs={**data_inputs_from_arm(properties)},
        )
