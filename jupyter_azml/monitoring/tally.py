"""Requests of one deployment in one stretch of time, counted."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .histogram import bucket_of, quantile


class Series(NamedTuple):
    """``deployment`` is empty for requests that reached none. Mirrored ones are no answers to anybody."""

    deployment: str
    is_mirrored: bool = False


@dataclass
class Tally:
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: Counter[int] = field(default_factory=Counter)
    """By bucket of ``histogram.py``."""
    seconds: float = 0.0
    """Of all requests together."""

    def add(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.latencies[bucket_of(seconds)] += 1
        self.seconds += seconds

    def merge(self, other: "Tally") -> None:
        self.statuses.update(other.statuses)
        self.latencies.update(other.latencies)
        self.seconds += other.seconds

    @property
    def requests(self) -> int:
        return self.statuses.total()

    @property
    def errors(self) -> int:
        """What the endpoint is to blame for: 500 and above, and 429 for a queue that is full."""
        return sum(count for status, count in self.statuses.items() if status >= 500 or status == 429)

    @property
    def successes(self) -> int:
        return sum(count for status, count in self.statuses.items() if status < 400)

    def latency(self, share: float) -> float | None:
        return quantile(self.latencies, share)


def to_data(at: int, series: Series, tally: Tally) -> dict[str, Any]:
    """One line of a segment: ``t`` is the second at which the stretch begins."""
    data = {
        "t": at,
        "d": series.deployment,
        "s": tally.statuses,
        "l": tally.latencies,
        "sum": round(tally.seconds, 6),
    }
    return {**data, "m": 1} if series.is_mirrored else data


def from_data(data: dict[str, Any]) -> tuple[int, Series, Tally]:
    """Raises KeyError, TypeError, ValueError, AttributeError for what is no such line."""
    tally = Tally(
        Counter({int(status): int(count) for status, count in data["s"].items()}),
        Counter({int(bucket): int(count) for bucket, count in data["l"].items()}),
        float(data["sum"]),
    )
    return int(data["t"]), Series(str(data["d"]), bool(data.get("m"))), tally
