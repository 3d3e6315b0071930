"""``azml job create`` and ``azml job validate``: jobs from YAML files, as ``az ml`` has them."""

from pathlib import Path

import click

from ..actions.create_job import create_job, validate_job
from ..actions.follow_job import JobStream
from ..entities import JobSpec
from .pairs import Pairs
from .run import answer
from .session import Session, Verb, pass_session

_FILE = click.option(
    "-f", "--file", required=True, type=click.Path(path_type=Path), help="The job's YAML file, as in az ml."
)
_SET = click.option(
    "--set", "assignments", cls=Pairs, metavar="PATH=VALUE ...", help="Change a key of the file: inputs.lr=0.2 tags.a=b"
)


@click.command("create", cls=Verb)
@_FILE
@click.option("-n", "--name", help="What the job is named; one is made up when nobody says.")
@_SET
@click.option(
    "--save-as", type=click.Path(path_type=Path), help="Also write a YAML file from which it can be created again."
)
@click.option("--wait", is_flag=True, help="Return when the job has ended.")
@click.option("--stream", is_flag=True, help="Show output and metrics until the job has ended.")
@pass_session
def create(
    session: Session,
    file: Path,
    name: str | None,
    assignments: tuple[str, ...],
    save_as: Path | None,
    wait: bool,
    stream: bool,
) -> JobStream:
    """Create a job from a YAML file and return at once; the job goes on without this terminal."""
    job = create_job(session.workspace, file, assignments=assignments, name=name, save_as=save_as)
    return answer(session.workspace, job.name, wait=wait, stream=stream)


@click.command("validate", cls=Verb)
@_FILE
@_SET
@pass_session
def validate(session: Session, file: Path, assignments: tuple[str, ...]) -> JobSpec:
    """Check a job's YAML file without creating the job."""
    return validate_job(session.workspace, file, assignments=assignments)
