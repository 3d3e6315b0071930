"""What a value in a YAML file has to be. A shape takes a value and its place, and gives back what is to be kept.

A fault is written down, with the way to it and the nearest word, and the reading goes on.
"""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import SpecInvalid
from ..language import _


class Place:
    """Where in a file the reader is."""

    def __init__(self, file: Path, way: str = "", faults: list[str] | None = None) -> None:
        self._file = file
        self._way = way
        self._faults: list[str] = [] if faults is None else faults

    def at(self, key: object) -> "Place":
        return Place(self._file, f"{self._way}.{key}" if self._way else str(key), self._faults)

    def fault(self, text: str) -> None:
        self._faults.append(f"{self._way}: {text}" if self._way else text)

    @property
    def has_faults(self) -> bool:
        return bool(self._faults)

    def check(self, reference: str) -> None:
        """Raises SpecInvalid when there were faults; ``reference`` is where the keys are explained."""
        if self._faults:
            raise SpecInvalid(
                "\n".join(f"{self._file}: {fault}" for fault in self._faults),
                _("What may stand there: {reference}", reference=reference),
            )


Shape = Callable[[Any, Place], Any]


def text(value: Any, place: Place) -> Any:
    if not isinstance(value, str):
        place.fault(_("a text is expected, not {value}; put it in quotes", value=_said(value)))
    return value


def label(value: Any, place: Place) -> Any:
    """A text, as which any scalar is taken."""
    if isinstance(value, dict | list):
        place.fault(_("a text is expected, not {value}", value=_said(value)))
    return "" if value is None else str(value)


def literal(value: Any, place: Place) -> Any:
    if not isinstance(value, str | bool | int | float):
        place.fault(_("a text, a number, true or false is expected, not {value}", value=_said(value)))
    return value


def anything(value: Any, place: Place) -> Any:
    """Whatever JSON can say."""
    if isinstance(value, dict):
        return {name: anything(item, place.at(name)) for name, item in _texts(value, place).items()}
    if isinstance(value, list):
        return [anything(item, place.at(number)) for number, item in enumerate(value)]
    if value is not None and not isinstance(value, str | bool | int | float):
        place.fault(_("{value} cannot be kept; put it in quotes", value=_said(value)))
    return value


def boolean(value: Any, place: Place) -> Any:
    if not isinstance(value, bool):
        place.fault(_("is {found}, not true or false", found=_said(value)))
    return value


def integer(least: int) -> Shape:
    def shape(value: Any, place: Place) -> Any:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            place.fault(
                _("a whole number of at least {least} is expected, not {value}", least=least, value=_said(value))
            )
        return value

    return shape


def seconds(value: Any, place: Place) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < float("inf"):
        place.fault(_("a number of seconds above 0 is expected, not {value}", value=_said(value)))
    return value


def word(*allowed: str, **others: str) -> Shape:
    """One of these, in any case, as in ``az ml``; ``others`` are further words and what they mean."""

    def shape(value: Any, place: Place) -> Any:
        found = value.lower() if isinstance(value, str) else value
        if found in allowed:
            return found
        if found in others:
            return others[found]
        place.fault(
            _(
                "{value} is none of: {names}{near}",
                value=_said(value),
                names=", ".join(allowed),
                near=_near(value, allowed),
            )
        )
        return value

    return shape


def sequence(of: Shape) -> Shape:
    def shape(value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            place.fault(_("a list is expected, not {value}", value=_said(value)))
            return []
        return [of(item, place.at(number)) for number, item in enumerate(value)]

    return shape


def mapping(of: Shape) -> Shape:
    """Any names, each with a value of that shape."""

    def shape(value: Any, place: Place) -> Any:
        return {name: of(item, place.at(name)) for name, item in _texts(value, place).items()}

    return shape


def keys(shapes: dict[str, Shape | None], needed: tuple[str, ...] = ()) -> Shape:
    """These names and no others; one whose value is left empty is as good as absent.

    A shape of None: the service writes this one, and so it is passed over, that what ``az ml … show`` gives is taken.
    """

    def shape(value: Any, place: Place) -> Any:
        given, kept = _texts(value, place), {}
        for name, item in given.items():
            if name not in shapes:
                there = [key for key in shapes if key != "$schema"]
                place.at(name).fault(
                    _("unknown key{near}", near=_near(name, there) or _("; there are: {names}", names=", ".join(there)))
                )
            elif (of := shapes[name]) and item is not None:
                kept[name] = of(item, place.at(name))
        for name in needed:
            if given.get(name) is None:
                place.at(name).fault(_("is missing"))
        return kept

    return shape


def _texts(value: Any, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        place.fault(_("names with values are expected, not {value}", value=_said(value)))
        return {}
    for name in value:
        if not isinstance(name, str):
            place.fault(_("the name {value} is no text; put it in quotes", value=_said(name)))
    return {str(name): item for name, item in value.items()}


def _near(value: object, words: tuple[str, ...] | list[str]) -> str:
    near = get_close_matches(str(value).lower(), words, 1)
    return _("; did you mean {name}?", name=near[0]) if near else ""


def _said(value: object) -> str:
    return repr(value)[:60]
