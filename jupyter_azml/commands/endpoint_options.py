"""What the verbs of endpoints and deployments share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..language import _
from ..schemas.assign import assign
from ..schemas.text import parse_yaml
from .files import read_text
from .pairs import Pairs

Function = TypeVar("Function", bound=Callable[..., Any])

FILE = click.option(
    "-f", "--file", type=click.Path(path_type=Path), help="A YAML file, as in az ml; - is standard input."
)
SET = click.option(
    "--set", "assignments", cls=Pairs, metavar="PATH=VALUE ...", help="Change a key of the file: instance_count=2"
)
NO_WAIT = click.option("--no-wait", is_flag=True, help="Return at once; the state says how far it is.")
YES = click.option("-y", "--yes", is_flag=True, help="Do not ask.")


def deployment_named(function: Function) -> Function:
    """``ENDPOINT/NAME``, or ``NAME`` with ``-e/--endpoint-name`` as in ``az ml``; handed on as both."""

    @wraps(function)
    def with_names(*args: Any, name: str | None, name_option: str | None, endpoint: str | None, **kwargs: Any) -> Any:
        endpoint, name = split_name(name or name_option, endpoint)
        if not (name and endpoint):
            raise UsageError(
                _("Which deployment? Give it as ENDPOINT/NAME."),
                _("Or as in az ml: --endpoint-name ENDPOINT --name NAME"),
            )
        return function(*args, name=name, endpoint=endpoint, **kwargs)

    found = click.option(
        "-e", "--endpoint-name", "endpoint", help="The endpoint, where it does not stand in the name."
    )(with_names)
    found = click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")(found)
    return click.argument("name", required=False)(found)  # type: ignore[return-value]  # click keeps it


def split_name(name: str | None, endpoint: str | None) -> tuple[str | None, str | None]:
    """Endpoint and deployment."""
    if name and "/" in name and not endpoint:
        endpoint, _slash, name = name.partition("/")
    return endpoint, name


def read_file(file: Path | None, assignments: tuple[str, ...]) -> tuple[dict[str, Any], Path]:
    """The keys that the file and ``--set`` give, and where paths in it begin from. Raises UsageError, SpecInvalid."""
    data = parse_yaml(read_text(file), file) if file else {}
    assign(data, assignments)
    place = Path("standard-input" if file is None or str(file) == "-" else file).expanduser()
    return data, place.absolute()


def shares_of(pairs: tuple[str, ...]) -> dict[str, int]:
    """``blue=90 green=10``, in one word or in several. Raises UsageError."""
    shares = {}
    for pair in " ".join(pairs).replace(",", " ").split():
        name, equals, share = pair.partition("=")
        if not (name and equals and share.rstrip("%").isdigit()):
            raise UsageError(
                _("{text} is no share of the traffic.", text=pair), _('Write it as in: --traffic "blue=90 green=10"')
            )
        shares[name] = int(share.rstrip("%"))
    return shares
