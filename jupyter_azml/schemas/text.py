"""YAML as text. Scalars are read as ``az ml`` reads them (PyYAML), but 1e-3 is a number and a date stays text."""

import re
from pathlib import Path
from typing import Any

import yaml

from ..errors import SpecInvalid
from ..language import _

# YAML 1.2 knows floats without a dot, which PyYAML takes for text: https://yaml.org/spec/1.2.2/#1032-tag-resolution
_FLOAT = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+\Z")


MOST_VALUES = 100_000
"""Aliases let a few lines of YAML stand for millions of values, or for one that holds itself."""


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        # YAML forbids a key that comes twice, and PyYAML would drop the first one without a word.
        seen: set[Any] = set()
        for key, _value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            name = self.construct_object(key, deep=True)
            if not isinstance(name, str | int | float | bool | None):
                raise yaml.constructor.ConstructorError(None, None, "a key is no text", key.start_mark)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {name} comes twice", key.start_mark)
            seen.add(name)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


class _Dumper(yaml.SafeDumper):
    """Quotes what either reader would take for something else than text."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _kind in (_Loader, _Dumper):
    _kind.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+.0123456789"))


def _represent_text(dumper: Any, text: str) -> Any:
    # PyYAML writes the rarer line breaks plain, and then reads them as ends of lines.
    style = '"' if re.search("[\r\x85\u2028\u2029\ufeff]", text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def parse_yaml(text: str, file: Path) -> dict[str, Any]:
    """The keys of the one object that the text holds. Raises SpecInvalid."""
    try:
        value = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise SpecInvalid(
            _("{file} is not YAML: {detail}", file=file, detail=_first_lines(error)),
            _("Check the indentation, the colons and the quotation marks there."),
        ) from error
    except (ValueError, RecursionError) as error:
        raise SpecInvalid(
            _("{file} is not YAML: {detail}", file=file, detail=error), _("Write the value as text, in quotes.")
        ) from error
    if _is_endless(value):
        raise SpecInvalid(
            _("{file} holds more than {count} values.", file=file, count=MOST_VALUES),
            _("Look for an alias (*name) of something that holds itself."),
        )
    if value is None:
        raise SpecInvalid(_("{file} is empty.", file=file), _("It needs at least: command: …"))
    if not isinstance(value, dict):
        raise SpecInvalid(
            _("{file} holds no keys with values, but: {value}", file=file, value=str(value)[:60]),
            _("It needs at least: command: …"),
        )
    return value


def parse_value(text: str) -> Any:
    """One value, as it would be read from a file. Raises ValueError."""
    try:
        value = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise ValueError(_first_lines(error)) from error
    except RecursionError as error:
        raise ValueError(str(error)) from error
    if _is_endless(value):
        raise ValueError(_("it holds more than {count} values", count=MOST_VALUES))
    return value


def dump_yaml(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))


def _is_endless(value: Any) -> bool:
    pending, count = [value], 0
    while pending and count <= MOST_VALUES:
        item = pending.pop()
        count += 1
        pending += item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return count > MOST_VALUES


def _first_lines(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None:
        return str(error).splitlines()[0]
    return _("line {line}, column {column}: {detail}", line=mark.line + 1, column=mark.column + 1, detail=problem)
