"""Latencies in buckets that grow by a constant factor, so that any quantile is known within a relative error.

The buckets are those of DDSketch (Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
relative-error guarantees", PVLDB 12(12), 2019): two histograms are merged by adding counts, and nothing is lost by it.
"""

import math
from collections.abc import Mapping

RELATIVE_ERROR = 0.02
"""Of a quantile, against the latency that really stands at that place."""

_GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
_LOG_GROWTH = math.log(_GROWTH)
_SHORTEST = 1e-6
_LONGEST = 1e5


def bucket_of(seconds: float) -> int:
    """Beyond a microsecond and a day the buckets end: at most 634 of them exist."""
    return math.ceil(math.log(min(max(seconds, _SHORTEST), _LONGEST)) / _LOG_GROWTH)


def upper_bound(bucket: int) -> float:
    """Seconds; no latency in the bucket is longer."""
    return math.exp(bucket * _LOG_GROWTH)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """Seconds below which that share of the latencies lies; None when there are none."""
    total = sum(counts.values())
    if not total:
        return None
    rank, passed = math.floor(share * (total - 1)), 0
    for bucket in sorted(counts):
        passed += counts[bucket]
        if passed > rank:
            return 2 * upper_bound(bucket) / (_GROWTH + 1)
    raise AssertionError("a rank is below the number of values")
