"""The options of ``azml compute create``, ``update`` and ``attach``: each sets a key of the YAML file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from ..entities import Compute
from ..errors import UsageError
from ..language import _
from ..schemas import assign, parse_yaml
from ..schemas.compute import read_compute
from .files import read_text
from .options import named
from .pairs import Pairs

Function = TypeVar("Function", bound=Callable[..., Any])

_SCALE = (
    click.option("--min-instances", type=int, help="Nodes of a cluster that are kept when there is nothing to do."),
    click.option("--max-instances", type=int, help="Most nodes of a cluster: how many jobs run at once."),
    click.option(
        "--idle-time-before-scale-down", type=int, help="Seconds that a node of a cluster may have nothing to do."
    ),
)
_WORDS = (
    click.option("--description", help="A sentence for people."),
    click.option("--tags", cls=Pairs, help="Tags, as in: --tags team=blue cost=low"),
)
_MACHINE = (
    click.option("--size", help="Size of the virtual machines; see: azml compute list-sizes"),
    click.option("--tier", help="dedicated or low_priority."),
    click.option("--identity-type", "identity__type", help="Noted; jobs run as you."),
    click.option("--user-assigned-identities", "identity__user_assigned_identities", help="Noted; jobs run as you."),
    click.option("--ssh-public-access-enabled", type=bool, help="Noted; nobody connects to this machine."),
    click.option("--admin-username", "ssh_settings__admin_username", help="Noted; nobody connects to this machine."),
    click.option("--admin-password", "ssh_settings__admin_password", help="Noted, and not kept."),
    click.option("--ssh-key-value", "ssh_settings__ssh_key_value", help="Noted, and not kept."),
    click.option("--vnet-name", "network_settings__vnet_name", help="Noted; the network is this machine's."),
    click.option("--subnet", "network_settings__subnet", help="Noted; the network is this machine's."),
    click.option("--enable-node-public-ip", type=bool, help="Noted; the network is this machine's."),
    click.option("--user-object-id", "create_on_behalf_of__user_object_id", help="Noted; the instance is yours."),
    click.option("--user-tenant-id", "create_on_behalf_of__user_tenant_id", help="Noted; the instance is yours."),
    click.option("--location", help="Taken and passed over: a compute is where its workspace is."),
)
_TARGET = (
    click.option("--resource-id", help="The id that Azure has for the target."),
    click.option("--namespace", help="Noted: the Kubernetes namespace."),
    click.option("--ssh-port", "ssh_settings__ssh_port", type=int, help="Noted: the port there."),
    click.option("--admin-username", "ssh_settings__admin_username", help="Noted: who signs in there."),
    click.option("--admin-password", "ssh_settings__admin_password", help="Noted, and not kept."),
    click.option("--ssh-private-key-file", "ssh_settings__ssh_private_key_file", help="Noted, and not kept."),
)
_FILE = (
    click.option("-f", "--file", type=click.Path(path_type=Path), help="A YAML file, as of az ml compute."),
    click.option("--set", "assignments", cls=Pairs, help="Change keys of the file, as in: --set max_instances=4"),
)


def compute_named(function: Function) -> Function:
    """``named`` for a compute, whose names Tab completes."""
    return named(function, _compute_names)


def scalable(function: Function) -> Function:
    """Options of what an existing compute may be changed in."""
    return _with(function, *_SCALE, *_WORDS, _FILE[1])


def creatable(function: Function) -> Function:
    return _with(function, *_FILE, *_MACHINE, *_SCALE, *_WORDS)


def attachable(function: Function) -> Function:
    return _with(function, *_FILE, *_TARGET, *_WORDS)


def compute_of(
    name: str | None, options: Mapping[str, Any], *, file: Path | None = None, start: dict[str, Any] | None = None
) -> Compute:
    """The file, then what --set says, then the options. Raises SpecInvalid, UsageError."""
    data = {**(start or {})}
    if file:
        data = parse_yaml(read_text(file), file)
    given = {key: value for key, value in options.items() if value not in (None, ())}
    assign(data, given.pop("assignments", ()))
    tags = dict(_pair(text) for text in given.pop("tags", ()))
    for key, value in {**given, **({"name": name} if name else {})}.items():
        _put(data, key, value)
    if tags:
        data["tags"] = {**(data.get("tags") or {}), **tags}
    if not data.get("name"):
        raise UsageError(_("Which one? Give its name."), _("As in: azml compute create NAME --type amlcompute"))
    if not data.get("type"):
        raise UsageError(_("Of which type? Give --type."), _("Most are: --type amlcompute"))
    return read_compute(data, file or Path(_("the options")))


def _with(function: Function, *options: Callable[[Any], Any]) -> Function:
    for option in reversed(options):
        function = option(function)
    return function


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UsageError(_("{text} is no tag.", text=text), _("Write it as in: --tags team=blue"))
    return name, value


def _put(data: dict[str, Any], way: str, value: Any) -> None:
    # click takes no dot in a name.
    parent, dot, key = way.rpartition("__")
    if not dot:
        data[key] = value
    else:
        data[parent] = {**(data.get(parent) or {}), key: value}


def _compute_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    found = ctx.find_root().obj.workspace.computes.list(limit=100).items
    return [each.name for each in found if each.name.lower().startswith(incomplete.lower())]
