"""The population stability index of one column, and how large chance alone makes it.

PSI = Σ (p - q) ln(p / q) over bins. Where nothing has changed, PSI / (1/N + 1/M) follows a chi-square distribution with
one degree of freedom less than there are bins, N and M being the rows of both sides: B. Yurdakul and J. Naranjo,
"Statistical properties of the population stability index", Journal of Risk Model Validation 14(4), 2020. The usual
"PSI > 0.2" is that at no sample size: with 100 rows chance reaches it often, with 100,000 it misses what is plain.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

MOST_BINS = 10
MOST_CATEGORIES = 20
ROWS_PER_BIN = 20
LEAST_EXPECTED = 5
"""Rows of a category, on the smaller side: rarer ones are counted together, since of many some always change."""

_REST, _MISSING = "…", "—"
_SMOOTHING = 0.5
_MOSTLY = 0.95


class Comparison(NamedTuple):
    kind: str
    psi: float
    freedom: int
    """Degrees of freedom; 0: there is nothing that could change."""
    shares: list[tuple[str, float, float]]
    """Of each bin: what it is called, its share of the baseline, its share now."""
    unseen: float
    missing: float


def compare(baseline: Sequence[Any], current: Sequence[Any]) -> Comparison:
    """Raises ValueError where one side is empty."""
    if not baseline or not current:
        raise ValueError("nothing to compare")
    numeric = _is_numeric(baseline)
    smaller = min(len(baseline), len(current))
    # A few numbers that come again and again are categories: another one that comes now lies in no bin of theirs.
    discrete = not numeric or len({value for value in baseline if _is_number(value)}) <= MOST_BINS
    if discrete:
        name_of, labels, known = _category_bins(baseline, smaller)
    else:
        name_of, labels = _quantile_bins(baseline, smaller)
        known = set()
    before, after = Counter(map(name_of, baseline)), Counter(map(name_of, current))
    there = [label for label in (*labels, _REST, _MISSING) if before[label] or after[label]]
    shares = [
        (label, _share(before[label], len(baseline), len(there)), _share(after[label], len(current), len(there)))
        for label in there
    ]
    unseen = 0 if not discrete else sum(not _is_missing(value) and _label(value) not in known for value in current)
    return Comparison(
        kind="numeric" if numeric else "categorical",
        psi=sum((now - then) * math.log(now / then) for _name, then, now in shares),
        freedom=len(there) - 1,
        shares=[(label, before[label] / len(baseline), after[label] / len(current)) for label in there],
        unseen=unseen / len(current),
        missing=after[_MISSING] / len(current),
    )


def threshold(rows: int, baseline_rows: int, freedom: int, chance: float) -> float:
    """The PSI that is exceeded with that probability while nothing has changed."""
    return (1 / rows + 1 / baseline_rows) * chi_square_quantile(1 - chance, freedom) if freedom > 0 else math.inf


def chi_square_quantile(share: float, freedom: int) -> float:
    """Within 1 %, of the upper half. Exact for 1 and 2; else by E. B. Wilson and M. M. Hilferty, PNAS 17 (1931)."""
    if freedom == 1:
        return NormalDist().inv_cdf((1 + share) / 2) ** 2
    if freedom == 2:
        return -2 * math.log(1 - share)
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + NormalDist().inv_cdf(share) * math.sqrt(spread)) ** 3)


def _quantile_bins(baseline: Sequence[Any], smaller: int) -> tuple[Callable[[Any], str], list[str]]:
    """Equally full bins of the baseline; values that stand for many rows make them fewer."""
    values = sorted(float(value) for value in baseline if _is_number(value))
    count = max(2, min(MOST_BINS, smaller // ROWS_PER_BIN))
    edges = sorted({values[len(values) * number // count] for number in range(1, count)})
    labels = [f"≤ {edge:.6g}" for edge in edges] + [f"> {edges[-1]:.6g}"]
    # Two edges may look alike when they are shortened.
    labels = [label if labels.count(label) == 1 else f"{label} ({number})" for number, label in enumerate(labels)]

    def name_of(value: Any) -> str:
        if _is_number(value):
            return labels[bisect_left(edges, float(value))]
        return _MISSING if _is_missing(value) else _REST

    return name_of, labels


def _category_bins(baseline: Sequence[Any], smaller: int) -> tuple[Callable[[Any], str], list[str], set[str]]:
    counts = Counter(_label(value) for value in baseline if not _is_missing(value))
    enough = LEAST_EXPECTED * len(baseline) / smaller
    labels = [label for label, count in counts.most_common(MOST_CATEGORIES) if count >= enough]
    common = set(labels)

    def name_of(value: Any) -> str:
        if _is_missing(value):
            return _MISSING
        label = _label(value)
        return label if label in common else _REST

    return name_of, labels, set(counts)


def _share(count: int, rows: int, bins: int) -> float:
    return (count + _SMOOTHING) / (rows + _SMOOTHING * bins)


def _is_numeric(values: Iterable[Any]) -> bool:
    present = [value for value in values if not _is_missing(value)]
    return bool(present) and sum(map(_is_number, present)) >= _MOSTLY * len(present)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _label(value: Any) -> str:
    """A number in JSON and the same in a table may differ in type."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:200]
