"""Parameters of a notebook in papermill's words: ``-p``, ``-r``, ``-y``, ``-b`` and ``-f``."""

from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..language import _
from .files import read_text
from .values import typed_value

Function = TypeVar("Function", bound=Callable[..., Any])
Pair = tuple[str, str]

_OPTIONS = (
    click.option(
        "-p",
        "--parameters",
        "typed",
        nargs=2,
        multiple=True,
        metavar="NAME VALUE",
        help="A parameter; numbers, True, False and None are recognised.",
    ),
    click.option(
        "-r",
        "--parameters_raw",
        "raw",
        nargs=2,
        multiple=True,
        metavar="NAME VALUE",
        help="A parameter that stays text.",
    ),
    click.option("-y", "--parameters_yaml", "yaml", multiple=True, metavar="YAML", help="Parameters as YAML or JSON."),
    click.option(
        "-b", "--parameters_base64", "encoded", multiple=True, metavar="BASE64", help="The same, encoded as base64."
    ),
    click.option(
        "-f",
        "--parameters_file",
        "files",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A YAML or JSON file of parameters.",
    ),
    click.option(
        "--secret-parameter",
        "secret_parameters",
        multiple=True,
        metavar="NAME",
        help="Hide its value in all records. Done without asking for names such as password, api_key, token.",
    ),
)


def takes_parameters(function: Function) -> Function:
    """The verb is handed ``parameters``, ``texts`` and ``secret_parameters``, for ``actions/run_notebook.py``.

    ``texts`` are the values of ``-p`` as they were typed.

    As with papermill the kind of an option decides which value wins, and then its place: ``-r`` comes before ``-p``,
    that before ``-y``, ``-f`` and ``-b``, wherever they stand; of two of a kind the later one.
    """

    @wraps(function)
    def with_parameters(
        *args: Any,
        encoded: tuple[str, ...],
        files: tuple[Path, ...],
        yaml: tuple[str, ...],
        typed: tuple[Pair, ...],
        raw: tuple[Pair, ...],
        secret_parameters: tuple[str, ...],
        **kwargs: Any,
    ) -> Any:
        parameters: dict[str, Any] = {}
        for text in encoded:
            parameters |= _read(_decoded(text), "--parameters_base64")
        for file in files:
            parameters |= _read(read_text(file), str(file))
        for text in yaml:
            parameters |= _read(text, "--parameters_yaml")
        parameters |= {name: typed_value(value) for name, value in typed} | dict(raw)
        texts = {name: text for name, text in typed if name not in dict(raw)}
        return function(*args, parameters=parameters, texts=texts, secret_parameters=secret_parameters, **kwargs)

    found: Any = with_parameters
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]  # click's decorators are not typed


def _decoded(text: str) -> str:
    try:
        return b64decode("".join(text.split()), validate=True).decode("utf-8")
    except ValueError as error:
        raise UsageError(
            _("{source} is not base64 of text: {detail}", source="--parameters_base64", detail=error),
            _("Encode it with: {command}", command="base64 parameters.yml"),
        ) from None


def _read(text: str, source: str) -> dict[str, Any]:
    from ..schemas.text import parse_value  # PyYAML is no small import, and most lines need none

    hint = _("Write names and values, as in: {example}", example="{epochs: 3, name: fast}")
    try:
        found = parse_value(text) or {}
        if isinstance(found, dict) and all(isinstance(name, str) for name in found):
            return {name: _plain(value) for name, value in found.items()}
    except ValueError as error:
        raise UsageError(_("{source} is not YAML: {detail}", source=source, detail=error), hint) from None
    raise UsageError(_("{source} holds no parameters by name.", source=source), hint)


def _plain(value: Any) -> Any:
    """As JSON has it; names in dictionaries become text, as papermill writes them. Raises ValueError."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str | int | float | None):
        return value
    raise ValueError(_("a value of type {type} cannot be a parameter", type=type(value).__name__))
