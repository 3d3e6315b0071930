"""Facts of several things side by side."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..entities import Fact
from ..entities.comparison import FactKind


def facts_of(kind: FactKind, known: Sequence[Mapping[str, Any]]) -> Iterator[Fact]:
    """In the order of the first that has them; what none has is left out."""
    for name in dict.fromkeys(name for each in known for name in each):
        values = tuple(each.get(name) for each in known)
        if any(value is not None for value in values):
            yield Fact(kind=kind, name=name, values=values)
