"""``azml compute …``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..actions.settle_compute import settle_compute
from ..entities import Compute, ComputeSize, ComputeType, Node, Page, Usage
from ..errors import UsageError
from ..language import _
from ..schemas.compute import compute_data
from .compute_options import attachable, compute_named, compute_of, creatable, scalable
from .confirmation import confirm
from .options import paged
from .session import Grammar, Session, pass_session

Function = TypeVar("Function", bound=Callable[..., Any])

TYPES = ("amlcompute", "computeinstance", "kubernetes", "virtualmachine", "databricks")
_MADE, _ATTACHED = TYPES[:2], TYPES[2:]


def _typed(types: tuple[str, ...], text: str) -> Callable[[Function], Function]:
    return click.option("-t", "--type", type=click.Choice(types, case_sensitive=False), help=text)


_NO_WAIT = click.option("--no-wait", is_flag=True, help="Return at once; the state says how far it is.")
_YES = click.option("-y", "--yes", is_flag=True, help="Do not ask.")


@click.group(cls=Grammar)
def compute() -> None:
    """Where jobs run."""


@compute.command("list")
@_typed(("local", *TYPES), "Only those of this type.")
@paged
@pass_session
def list_computes(session: Session, type: str | None, limit: int, continuation: str | None) -> Page[Compute]:
    """The compute targets of the workspace."""
    kind = ComputeType(type) if type else None
    return session.workspace.computes.list(type=kind, limit=limit, continuation=continuation)


@compute.command("show")
@compute_named
@pass_session
def show_compute(session: Session, name: str) -> Compute:
    """State and nodes of one compute target."""
    return session.workspace.computes.get(name)


@compute.command("create")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@_typed(_MADE, "amlcompute: a cluster. computeinstance: one machine that is started and stopped.")
@creatable
@_NO_WAIT
@pass_session
def create_compute(
    session: Session, /, name: str | None, name_option: str | None, file: Path | None, no_wait: bool, **options: Any
) -> Compute:
    """Make a cluster or an instance, or change the one of that name."""
    wanted = compute_of(name or name_option, options, file=file)
    return _settled(session, session.workspace.computes.create_or_update(wanted), no_wait)


@compute.command("update")
@compute_named
@scalable
@_NO_WAIT
@pass_session
def update_compute(session: Session, /, name: str, no_wait: bool, **options: Any) -> Compute:
    """Change how a compute scales, its description or its tags."""
    before = session.workspace.computes.get(name)
    wanted = compute_of(None, options, start=compute_data(before))
    notes = (*before.notes, *(note for note in wanted.notes if note not in before.notes))
    wanted = wanted.model_copy(update={"notes": notes})
    return _settled(session, session.workspace.computes.create_or_update(wanted), no_wait)


@compute.command("delete")
@compute_named
@_YES
@_NO_WAIT
@pass_session
def delete_compute(session: Session, name: str, yes: bool, no_wait: bool) -> None:
    """Remove a compute; its nodes end. Refused while jobs run or wait there."""
    found = session.workspace.computes.get(name)
    confirm(_("Delete {name}?", name=found.name), yes)
    session.workspace.computes.delete(found.name)


@compute.command("start")
@compute_named
@_NO_WAIT
@pass_session
def start_compute(session: Session, name: str, no_wait: bool) -> Compute:
    """Start an instance."""
    return _settled(session, session.workspace.computes.start(name), no_wait)


@compute.command("stop")
@compute_named
@_NO_WAIT
@pass_session
def stop_compute(session: Session, name: str, no_wait: bool) -> Compute:
    """Stop an instance; a job that runs there fails, as in Azure."""
    return _settled(session, session.workspace.computes.stop(name), no_wait)


@compute.command("restart")
@compute_named
@_NO_WAIT
@pass_session
def restart_compute(session: Session, name: str, no_wait: bool) -> Compute:
    """Stop an instance and start it again."""
    return _settled(session, session.workspace.computes.restart(name), no_wait)


@compute.command("list-nodes")
@compute_named
@pass_session
def list_nodes(session: Session, name: str) -> Page[Node]:
    """The nodes that a compute has now, and the job of each."""
    return session.workspace.computes.nodes(name)


@compute.command("list-sizes")
@pass_session
def list_sizes(session: Session) -> Page[ComputeSize]:
    """What --size may be: cores, memory, GPUs."""
    return session.workspace.computes.sizes()


@compute.command("list-usage")
@pass_session
def list_usage(session: Session) -> Page[Usage]:
    """Quotas in cores, and how much of each is taken."""
    return session.workspace.computes.usage()


@compute.command("attach")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@_typed(_ATTACHED, "What is attached.")
@attachable
@_NO_WAIT
@pass_session
def attach_compute(
    session: Session, /, name: str | None, name_option: str | None, file: Path | None, no_wait: bool, **options: Any
) -> Compute:
    """Keep a record of a Kubernetes cluster, a virtual machine or Databricks."""
    return session.workspace.computes.create_or_update(compute_of(name or name_option, options, file=file))


@compute.command("detach")
@compute_named
@_YES
@_NO_WAIT
@pass_session
def detach_compute(session: Session, name: str, yes: bool, no_wait: bool) -> None:
    """Remove the record of an attached target; the target itself stays."""
    found = session.workspace.computes.get(name)
    if not found.type.is_attached:
        raise UsageError(
            _("{name} is not attached, it belongs to the workspace.", name=found.name),
            _("Remove it with: azml compute delete {name}", name=found.name),
        )
    confirm(_("Detach {name}?", name=found.name), yes)
    session.workspace.computes.delete(found.name)


def _settled(session: Session, compute: Compute, no_wait: bool) -> Compute:
    if no_wait:
        return compute
    return settle_compute(session.workspace, compute.name)
