"""``azml batch-endpoint …`` and ``azml batch-deployment …``."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ..actions.create_job import read_yaml
from ..actions.follow_job import JobStream
from ..actions.invoke_batch import invoke_batch
from ..entities import BatchDeployment, BatchEndpoint, Job, JobQuery, Page
from ..language import _
from ..schemas import assign
from ..schemas.batch import read_batch_deployment, read_batch_endpoint
from .confirmation import confirm_or_refuse
from .options import named, paged
from .pairs import Pairs
from .run import answer
from .session import Grammar, Session, pass_session

_FILE = click.option("-f", "--file", type=click.Path(path_type=Path), help="The YAML file, as in az ml.")
_SET = click.option("--set", "assignments", cls=Pairs, metavar="PATH=VALUE ...", help="Change a key of the file.")
_YES = click.option("-y", "--yes", is_flag=True, help="Do not ask.")
_ENDPOINT_TAG = "batch_endpoint"


@click.group(cls=Grammar)
def batch_endpoint() -> None:
    """Names that score whole data assets, as jobs."""


@click.group(cls=Grammar)
def batch_deployment() -> None:
    """The models behind a batch endpoint."""


def of_endpoint(function: Callable[..., Any]) -> Callable[..., Any]:
    """The deployment by its name, the endpoint by ``-e/--endpoint-name`` as in ``az ml``."""

    @wraps(function)
    def with_endpoint(*args: Any, endpoint_name: str, **kwargs: Any) -> Any:
        return function(*args, endpoint=endpoint_name, **kwargs)

    option = click.option("-e", "--endpoint-name", required=True, help="The endpoint that it belongs to.")
    return option(with_endpoint)


@batch_endpoint.command("create")
@_FILE
@_SET
@click.option("-n", "--name", help="Another name than the file's; without a file, the name.")
@pass_session
def create_batch_endpoint(
    session: Session, file: Path | None, assignments: tuple[str, ...], name: str | None
) -> BatchEndpoint:
    """Create an endpoint, or change the one of that name."""
    if not (file or name):
        raise click.UsageError(_("Which one? Give its name."))
    data, place = _read(file, assignments)
    return session.workspace.batch_endpoints.create_or_update(read_batch_endpoint(data, place, name=name))


@batch_endpoint.command("update")
@named
@click.option("--set-default", "default", help="The deployment that scores where none is named.")
@click.option("--description", help="What people should know of it.")
@pass_session
def update_batch_endpoint(session: Session, name: str, default: str | None, description: str | None) -> BatchEndpoint:
    """Change what scores by default, or the description."""
    endpoints = session.workspace.batch_endpoints
    given = {"default_deployment": default, "description": description}
    changes = {key: value for key, value in given.items() if value is not None}
    return endpoints.create_or_update(endpoints.get(name).model_copy(update=changes))


@batch_endpoint.command("list")
@paged
@pass_session
def list_batch_endpoints(session: Session, limit: int, continuation: str | None) -> Page[BatchEndpoint]:
    """The batch endpoints of the workspace."""
    return session.workspace.batch_endpoints.list(limit=limit, continuation=continuation)


@batch_endpoint.command("show")
@named
@pass_session
def show_batch_endpoint(session: Session, name: str) -> BatchEndpoint:
    """One batch endpoint and its default deployment."""
    return session.workspace.batch_endpoints.get(name)


@batch_endpoint.command("delete")
@named
@_YES
@pass_session
def delete_batch_endpoint(session: Session, name: str, yes: bool) -> None:
    """Delete an endpoint with its deployments; its jobs and their results stay."""
    found = session.workspace.batch_endpoints.get(name)
    confirm_or_refuse(_("Delete the batch endpoint {name} with its deployments?", name=found.name), yes)
    session.workspace.batch_endpoints.delete(found.name)


@batch_endpoint.command("invoke")
@named
@click.option("--input", "data", required=True, help="A file or folder, azureml:NAME:VERSION, azureml://… or a URL.")
@click.option("--input-type", type=click.Choice(["uri_file", "uri_folder"]), help="Default: what there is.")
@click.option("-d", "--deployment-name", "deployment", help="Default: the endpoint's default deployment.")
@click.option("--output-path", help="A folder for the predictions: azureml://datastores/NAME/paths/PATH.")
@click.option("--output-file-name", help="Default: the deployment's.")
@click.option("-b", "--mini-batch-size", type=click.IntRange(1), help="Files that run() is handed at once.")
@click.option("-c", "--instance-count", type=click.IntRange(1), help="Nodes of the compute.")
@click.option("--max-concurrency-per-instance", type=click.IntRange(1, 256), help="Processes on each of them.")
@click.option("-x", "--experiment-name", "experiment", default="", help="Under which the job is grouped.")
@click.option("--job-name", help="What the job is named; one is made up when nobody says.")
@click.option("--wait", is_flag=True, help="Return when the job has ended.")
@click.option("--stream", is_flag=True, help="Show output and metrics until the job has ended.")
@pass_session
def invoke_batch_endpoint(
    session: Session,
    /,
    name: str,
    data: str,
    input_type: str | None,
    deployment: str | None,
    output_path: str | None,
    experiment: str,
    job_name: str | None,
    wait: bool,
    stream: bool,
    **changes: Any,
) -> JobStream:
    """Score a file, or all files of a folder, as a job. Its output score has the predictions."""
    job = invoke_batch(
        session.workspace,
        name,
        data,
        kind=input_type,
        deployment=deployment,
        changes={key: value for key, value in changes.items() if value is not None},
        output_path=output_path,
        job_name=job_name,
        experiment=experiment,
    )
    return answer(session.workspace, job.name, wait=wait, stream=stream)


@batch_endpoint.command("list-jobs")
@named
@paged
@pass_session
def list_batch_jobs(session: Session, name: str, limit: int, continuation: str | None) -> Page[Job]:
    """The jobs of a batch endpoint, the newest first."""
    found = session.workspace.batch_endpoints.get(name)
    query = JobQuery(tags={_ENDPOINT_TAG: found.name})
    return session.workspace.jobs.list(query, limit=limit, continuation=continuation)


@batch_deployment.command("create")
@click.option("-f", "--file", type=click.Path(path_type=Path), required=True, help="The YAML file, as in az ml.")
@_SET
@click.option("-n", "--name", help="Another name than the file's.")
@click.option("-e", "--endpoint-name", "endpoint", help="Another endpoint than the file's.")
@click.option("--set-default", is_flag=True, help="Let it score where no deployment is named.")
@pass_session
def create_batch_deployment(
    session: Session,
    file: Path,
    assignments: tuple[str, ...],
    name: str | None,
    endpoint: str | None,
    set_default: bool,
) -> BatchDeployment:
    """Create a deployment, or change the one of that name. The code and the model are copied."""
    data, place = _read(file, assignments)
    endpoints = session.workspace.batch_endpoints
    made = endpoints.deployments.create_or_update(read_batch_deployment(data, place, name=name, endpoint=endpoint))
    if set_default:
        found = endpoints.get(made.endpoint_name)
        endpoints.create_or_update(found.model_copy(update={"default_deployment": made.name}))
    return made


@batch_deployment.command("list")
@of_endpoint
@paged
@pass_session
def list_batch_deployments(
    session: Session, endpoint: str, limit: int, continuation: str | None
) -> Page[BatchDeployment]:
    """The deployments of an endpoint."""
    return session.workspace.batch_endpoints.deployments.list(endpoint, limit=limit, continuation=continuation)


@batch_deployment.command("show")
@named
@of_endpoint
@pass_session
def show_batch_deployment(session: Session, name: str, endpoint: str) -> BatchDeployment:
    """Model, script and settings of one deployment."""
    return session.workspace.batch_endpoints.deployments.get(endpoint, name)


@batch_deployment.command("delete")
@named
@of_endpoint
@_YES
@pass_session
def delete_batch_deployment(session: Session, name: str, endpoint: str, yes: bool) -> None:
    """Delete a deployment; its jobs and their results stay."""
    found = session.workspace.batch_endpoints.deployments.get(endpoint, name)
    confirm_or_refuse(_("Delete the batch deployment {name}?", name=found.name), yes)
    session.workspace.batch_endpoints.deployments.delete(found.endpoint_name, found.name)


def _read(file: Path | None, assignments: tuple[str, ...]) -> tuple[dict[str, Any], Path]:
    """What the file says, and where its paths begin."""
    place = file.expanduser().absolute() if file else Path.cwd() / "-"
    data = read_yaml(place) if file else {}
    assign(data, assignments)
    return data, place
