"""``azml model …``."""

from pathlib import Path
from typing import Any

import click

from ..actions.compare_models import compare_models, find_model, named_model
from ..actions.create_model import create_model
from ..entities import Comparison, Model, ModelQuery, ModelType, Page
from ..errors import UsageError
from ..language import _
from .confirmation import confirm_or_refuse
from .model_options import changing, described, model_named, model_versions, of_version
from .options import paged
from .session import Grammar, Session, Verb, pass_session


@click.group(cls=Grammar)
def model() -> None:
    """Names and versions for models, and where each came from."""


@click.command("create", cls=Verb)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="The model's YAML file, as in az ml.")
@click.option("-n", "--name", help="Under which it is found.")
@click.option("-v", "--version", help="Default: counted up.")
@click.option(
    "-p",
    "--path",
    help="A file or folder of this machine, runs:/RUN/PATH, azureml://jobs/JOB/outputs/OUTPUT/paths/PATH or "
    "azureml://datastores/NAME/paths/PATH.",
)
@click.option(
    "-t", "--type", type=click.Choice([kind.value for kind in ModelType]), help="Default: what there is at the path."
)
@described
@click.option("--alias", help="Let this alias mean the new version.")
@pass_session
def create(session: Session, /, file: Path | None, alias: str | None, **given: Any) -> Model:
    """Register a model: its files are copied and get a name and a version."""
    wanted = {key: value for key, value in given.items() if value}
    created = create_model(session.workspace, file, wanted, progress=session.progress)
    return session.workspace.models.set_alias(created.name, alias, created.version) if alias else created


model.add_command(create)
model.add_command(create, "register")


@model.command("list")
@click.option("-n", "--name", help="The versions of this one.")
@click.option("-q", "--text", default="", help="With this text in the name, the description or a tag.")
@click.option("--tag", multiple=True, help="With this tag, as in team=blue; or with any value, as in team.")
@click.option("--stage", help="In this stage.")
@click.option("--type", type=click.Choice([kind.value for kind in ModelType]), help="Of this type.")
@click.option("--job", help="Registered from this job.")
@click.option("--archived-only", is_flag=True, help="Those that were archived.")
@click.option("--include-archived", is_flag=True, help="Those that were archived, too.")
@paged
@pass_session
def list_models(
    session: Session,
    /,
    tag: tuple[str, ...],
    type: str | None,
    archived_only: bool,
    include_archived: bool,
    limit: int,
    continuation: str | None,
    **asked: Any,
) -> Page[Model]:
    """The newest version of each model; or all of one."""
    tags = {name: value if equals else None for name, equals, value in (each.partition("=") for each in tag)}
    archived = "archived" if archived_only else "all" if include_archived else "active"
    query = ModelQuery.model_validate({**asked, "tags": tags, "type": type, "archived": archived})
    return session.workspace.models.list(query, limit=limit, continuation=continuation)


@model.command("show")
@model_named
@of_version
@pass_session
def show_model(session: Session, name: str, version: str | None, label: str | None) -> Model:
    """Where a version is, what it takes and gives, and the job that made it."""
    return _found(session, name, version, label)


@model.command("compare")
@click.argument("models", nargs=-1, required=True, shell_complete=model_versions)
@click.option("-n", "--name", help="Of this model: then versions alone are enough.")
@pass_session
def compare(session: Session, models: tuple[str, ...], name: str | None) -> Comparison:
    """Versions side by side: parameters, metrics, data, environment, files. As in: churn:1 churn:2"""
    return compare_models(session.workspace, [f"{name}:{each}" if name else each for each in models])


@model.command("download")
@model_named
@of_version
@click.option(
    "-p", "--download-path", type=click.Path(path_type=Path), default=Path(), help="Where to. Default: this folder."
)
@pass_session
def download_model(
    session: Session, name: str, version: str | None, label: str | None, download_path: Path
) -> dict[str, str]:
    """Bring a version's files here, into a folder of its name, as az ml does."""
    found = _found(session, name, version, label)
    target = (download_path.expanduser() / found.name).absolute()
    place = session.workspace.models.download(found.name, found.version, target, progress=session.progress)
    return {"model": f"{found.name}:{found.version}", "path": str(place)}


@model.command("update")
@model_named
@of_version
@described
@changing
@pass_session
def update_model(
    session: Session, /, name: str, version: str | None, label: str | None, removed: tuple[str, ...], **given: Any
) -> Model:
    """Change the description, the stage, tags or properties of a version; tags that are not named stay."""
    found = _found(session, name, version, label)
    changes = {key: value for key, value in given.items() if value is not None and value != {}}
    if not changes and not removed:
        raise UsageError(_("Nothing is to be changed."), _("Give --tags, --stage, --description or --properties."))
    tags = {key: value for key, value in found.tags.items() if key not in removed}
    merged = {
        "tags": {**tags, **changes.get("tags", {})},
        "properties": {**found.properties, **changes.get("properties", {})},
    }
    wanted = Model(name=found.name, version=found.version, **{**changes, **merged})
    return session.workspace.models.create_or_update(wanted)


@model.command("archive")
@model_named
@click.option("-v", "--version", help="Default: the model with all its versions.")
@pass_session
def archive_model(session: Session, name: str, version: str | None) -> None:
    """Take a version, or a whole model, out of lists; it can be used as before."""
    found = named_model(name) if version is None else None
    session.workspace.models.archive(found.name if found else name, version or (found and found.version))


@model.command("restore")
@model_named
@click.option("-v", "--version", help="Default: the model with all its versions.")
@pass_session
def restore_model(session: Session, name: str, version: str | None) -> None:
    """Bring an archived version, or a whole model, back into lists."""
    found = named_model(name) if version is None else None
    session.workspace.models.restore(found.name if found else name, version or (found and found.version))


@model.command("delete")
@model_named
@click.option("-v", "--version", help="Default: the model with all its versions.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete_model(session: Session, name: str, version: str | None, yes: bool) -> None:
    """Remove a version, or a whole model, and its files for good; not while a deployment serves it."""
    named = named_model(name) if version is None else None
    found = session.workspace.models.get(named.name if named else name, version or (named and named.version))
    version = version or (named.version if named else None)
    what = f"{found.name}:{version}" if version else found.name
    confirm_or_refuse(_("Delete the model {name} and its files for good?", name=what), yes)
    session.workspace.models.delete(found.name, version)


@model.group("alias", cls=Grammar)
def alias_group() -> None:
    """Names that mean one version: champion, candidate."""


@alias_group.command("set")
@click.argument("model", shell_complete=model_versions)
@click.argument("alias")
@click.argument("version", required=False)
@pass_session
def set_alias(session: Session, model: str, alias: str, version: str | None) -> Model:
    """Let an alias mean a version: set churn champion 3, or set churn:3 champion."""
    found = session.workspace.models.get(model, version) if version else find_model(session.workspace, model)
    return session.workspace.models.set_alias(found.name, alias, found.version)


@alias_group.command("delete")
@click.argument("model", shell_complete=model_versions)
@click.argument("alias")
@pass_session
def delete_alias(session: Session, model: str, alias: str) -> None:
    """Forget an alias; the version stays."""
    session.workspace.models.delete_alias(model, alias)


def _found(session: Session, name: str, version: str | None, label: str | None) -> Model:
    """``name`` may carry the version: churn:3, churn@champion."""
    if version or label:
        return session.workspace.models.get(name, version, label=label)
    return find_model(session.workspace, name) if named_model(name) else session.workspace.models.get(name)
