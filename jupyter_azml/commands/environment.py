"""``azml environment …``."""

import re
from pathlib import Path
from typing import Any

import click

from ..actions.create_environment import capture_environment, create_environment
from ..entities import Environment, Page
from ..language import _
from .confirmation import confirm_or_refuse
from .options import environment_named, named, paged, tagged
from .pairs import Words
from .session import Grammar, Session, pass_session

_PATH = click.Path(path_type=Path)


@click.group(cls=Grammar)
def environment() -> None:
    """What a job's Python finds: packages by name and version."""


@environment.command("create")
@click.option("-f", "--file", type=_PATH, help="The environment's YAML file, as in az ml.")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="Under which it is found; it can also stand alone.")
@click.option("-v", "--version", help="Default: that of the same content, or counted up.")
@click.option(
    "-p", "--packages", cls=Words, metavar="PACKAGE ...", help="As pip names them: --packages xgboost pandas==2.*"
)
@click.option("-r", "--requirements", type=_PATH, help="A requirements file of pip.")
@click.option("-c", "--conda-file", type=_PATH, help="A conda file, of which PyPI has the packages.")
@click.option("-i", "--image", help="An image; it is kept on record.")
@click.option("-b", "--build-context", "build", type=_PATH, help="A folder with a Dockerfile, which is kept on record.")
@click.option("-d", "--description", help="What people should know of it.")
@tagged
@pass_session
def create(session: Session, /, file: Path | None, **given: Any) -> Environment:
    """Name an environment. The same content is the same version; what is new is counted up. It is built when needed."""
    alternative = given.pop("name_option")
    given["name"] = given["name"] or alternative
    given["packages"] = [each for word in given["packages"] for each in _packages_in(word)]
    return _noted(session, create_environment(session.workspace, file, given))


@environment.command("list")
@click.option("-n", "--name", help="The versions of this one.")
@click.option("--curated", is_flag=True, help="Those that Azure keeps up.")
@click.option("--include-archived", is_flag=True, help="Archived ones, too.")
@click.option("--archived-only", is_flag=True, help="Only archived ones.")
@paged
@pass_session
def list_environments(
    session: Session,
    name: str | None,
    curated: bool,
    include_archived: bool,
    archived_only: bool,
    limit: int,
    continuation: str | None,
) -> Page[Environment]:
    """The newest version of each environment."""
    archived = True if archived_only else None if include_archived else False
    environments = session.workspace.environments
    return environments.list(name, archived=archived, curated=curated, limit=limit, continuation=continuation)


@environment.command("show")
@environment_named
@click.option("-v", "--version", help="Default: the newest one.")
@click.option("-l", "--label", type=click.Choice(["latest"]), help="Taken for az ml's sake; it is the default.")
@pass_session
def show(session: Session, name: str, version: str | None, label: str | None) -> Environment:
    """What it is made of, whether it is built, and then the version of each package."""
    return session.workspace.environments.get(*_with_version(name, version))


@environment.command("build")
@environment_named
@click.option("-v", "--version", help="Default: the newest one.")
@pass_session
def build(session: Session, name: str, version: str | None) -> Environment:
    """Build it ahead of the first job; what was built once is used again."""
    found = session.workspace.environments.build(*_with_version(name, version), listener=session.tell)
    return _noted(session, found)


@environment.command("capture")
@named
@click.option("--all", "everything", is_flag=True, help="All that is installed, not only what is in use.")
@pass_session
def capture(session: Session, name: str, everything: bool) -> Environment:
    """Make one of the packages that this notebook imported, with their versions; in a terminal, of those installed."""
    modules = session.modules() if session.modules else None
    found, left_out = capture_environment(session.workspace, name, modules=modules, everything=everything)
    if left_out:
        session.notes.append(
            _("Left out, since they come from a folder or an address: {names}", names=", ".join(left_out))
        )
    return found


@environment.command("archive")
@environment_named
@click.option("-v", "--version", help="Default: all versions.")
@pass_session
def archive(session: Session, name: str, version: str | None) -> None:
    """Take it out of lists; jobs can still name a version."""
    session.workspace.environments.archive(*_with_version(name, version))


@environment.command("restore")
@environment_named
@click.option("-v", "--version", help="Default: all versions.")
@pass_session
def restore(session: Session, name: str, version: str | None) -> None:
    """Bring it back into lists."""
    session.workspace.environments.restore(*_with_version(name, version))


@environment.command("prune")
@click.option(
    "--unused",
    "days",
    type=click.FloatRange(0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="How long no job has used it.",
)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def prune(session: Session, days: float, yes: bool) -> str:
    """Free the disk of what was built and that no job has used for so long; it is built again when one asks."""
    confirm_or_refuse(_("Remove what was built and not used for {days} days?", days=f"{days:g}"), yes)
    count, size = session.workspace.environments.prune(days)
    return _("Builds removed: {count} ({size} MB).", count=count, size=f"{size / 1024**2:.1f}")


def _with_version(name: str, version: str | None) -> tuple[str, str | None]:
    """``NAME:VERSION`` and ``NAME@latest`` say it, too, as in a job's file."""
    plain, _colon, after = name.removeprefix("azureml:").removesuffix("@latest").partition(":")
    return plain, version or after or None


def _packages_in(word: str) -> list[str]:
    """Of a word with blanks: what is no comparison and no marker begins another package."""
    return [word] if set(word) & set(";@") else re.split(r"\s+(?=[A-Za-z])", word.strip())


def _noted(session: Session, found: Environment) -> Environment:
    session.notes += [note.message for note in found.notes]
    return found
