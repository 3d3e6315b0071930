"""Whether what a deployment is asked, and what it answers, still looks like the baseline."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from ..entities import ColumnDrift, DriftBin
from .psi import Comparison, compare, threshold

CHANCE = 0.01
"""Of a false alarm in one look at all columns together: shared out among them (Bonferroni)."""
LEAST_PSI = 0.1
"""Less is no change that matters, however many rows prove it (N. Siddiqi, "Credit Risk Scorecards", 2006)."""
LEAST_ROWS = 50
MOST_ROWS = 5_000
"""That are compared, on each side: more tell nothing that matters."""

Columns = Mapping[str, Sequence[Any]]


class Verdict(NamedTuple):
    is_drifting: bool | None
    columns: tuple[ColumnDrift, ...]


def compare_columns(
    baseline: Columns,
    inputs: Columns,
    predictions: Columns,
    *,
    prediction_column: str = "",
    limit: float | None = None,
) -> Verdict:
    """Columns by name. Where no input has a name of the baseline's, and there are as many, they go by their order.

    ``limit``: a PSI of the user's own, in place of what chance allows.
    """
    told = {name: prediction_column or name for name in predictions}
    pairs: list[tuple[Literal["input", "prediction"], str, Sequence[Any], Sequence[Any]]] = [
        ("input", name, baseline[theirs], inputs[name])
        for name, theirs in _matched(inputs, [name for name in baseline if name not in told.values()]).items()
    ]
    pairs += [
        ("prediction", name, baseline[theirs], predictions[name]) for name, theirs in told.items() if theirs in baseline
    ]
    pairs = [pair for pair in pairs if pair[2] and len(pair[3]) >= LEAST_ROWS]
    compared = [(pair, compare(pair[2], pair[3])) for pair in pairs]
    chance = CHANCE / max(1, sum(comparison.freedom > 0 for _pair, comparison in compared))
    columns = []
    for (source, name, before, after), comparison in compared:
        allowed = threshold(len(after), len(before), comparison.freedom, chance) if limit is None else limit
        columns.append(_column(source, name, len(after), comparison, max(allowed, LEAST_PSI if limit is None else 0)))
    columns.sort(key=lambda column: column.psi / (column.threshold or 1), reverse=True)
    return Verdict(any(column.is_drifting for column in columns) if columns else None, tuple(columns))


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Lists and objects are no values that could be compared. A row without a column misses it."""
    names = dict.fromkeys(name for row in rows for name, value in row.items() if not isinstance(value, list | dict))
    return {name: [_plain(row.get(name)) for row in rows] for name in names}


def _matched(inputs: Columns, names: list[str]) -> dict[str, str]:
    same = {name: name for name in inputs if name in names}
    if same or len(inputs) != len(names):
        return same
    return dict(zip(inputs, names, strict=True))


def _plain(value: Any) -> Any:
    return None if isinstance(value, list | dict) else value


def _column(
    source: Literal["input", "prediction"], name: str, rows: int, comparison: Comparison, allowed: float
) -> ColumnDrift:
    has_freedom = comparison.freedom > 0
    return ColumnDrift(
        column=name,
        source=source,
        kind="numeric" if comparison.kind == "numeric" else "categorical",
        psi=comparison.psi,
        threshold=allowed if has_freedom else 0.0,
        is_drifting=has_freedom and comparison.psi > allowed,
        rows=rows,
        unseen=comparison.unseen,
        missing=comparison.missing,
        bins=tuple(DriftBin(label=label, baseline=then, current=now) for label, then, now in comparison.shares),
    )
