"""What a Prometheus server is told: https://prometheus.io/docs/instrumenting/exposition_formats/, text version 0.0.4.

The counters are read from what all gateway processes wrote, so they go on over restarts and never fall.
"""

import threading
from collections.abc import Iterator
from pathlib import Path

from ..entities import AlertState
from .alert_log import AlertLog
from .histogram import upper_bound
from .history import History
from .recorder import METRICS
from .tally import Tally

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_REQUESTS, _DURATION, _FIRING = (
    "azml_endpoint_requests_total",
    "azml_endpoint_request_duration_seconds",
    "azml_endpoint_alert_firing",
)


class Exposition:
    """Safe to call from several threads."""

    def __init__(self, endpoints: Path) -> None:
        self._endpoints = endpoints
        self._histories: dict[str, History] = {}
        self._lock = threading.Lock()

    def text(self) -> str:
        folders = sorted(folder for folder in self._endpoints.glob("*") if folder.is_dir())
        with self._lock:
            names = [folder.name for folder in folders if (folder / METRICS).is_dir()]
            self._histories = {
                name: self._histories.get(name) or History(self._endpoints / name / METRICS) for name in names
            }
            counted = {name: history.totals() for name, history in self._histories.items()}
        requests: list[str] = []
        durations: list[str] = []
        alerts: list[str] = []
        for endpoint, totals in counted.items():
            for series, tally in sorted(totals.items()):
                labels = {
                    "endpoint": endpoint,
                    "deployment": series.deployment,
                    "mirrored": str(series.is_mirrored).lower(),
                }
                for status, count in sorted(tally.statuses.items()):
                    requests.append(_sample(_REQUESTS, {**labels, "code": str(status)}, count))
                durations += _histogram(labels, tally)
        for folder in folders:
            for change in AlertLog(folder).standings().values():
                labels = {"endpoint": folder.name, "alert": change.alert}
                alerts.append(_sample(_FIRING, labels, int(change.state is AlertState.FIRING)))
        return "".join(
            (
                *_family(_REQUESTS, "counter", "Requests by deployment and status code.", requests),
                *_family(_DURATION, "histogram", "Seconds from request to answer, within 2 %.", durations),
                *_family(_FIRING, "gauge", "1 while the alert fires.", alerts),
            )
        )


def _family(name: str, kind: str, help_text: str, samples: list[str]) -> Iterator[str]:
    yield f"# HELP {name} {help_text}\n# TYPE {name} {kind}\n"
    yield from samples


def _histogram(labels: dict[str, str], tally: Tally) -> Iterator[str]:
    for bound in _BOUNDS:
        # A bucket that a bound cuts through belongs to the next one: counts stay cumulative.
        count = sum(number for bucket, number in tally.latencies.items() if upper_bound(bucket) <= bound * 1.0001)
        yield _sample(f"{_DURATION}_bucket", {**labels, "le": f"{bound:g}"}, count)
    yield _sample(f"{_DURATION}_bucket", {**labels, "le": "+Inf"}, tally.requests)
    yield _sample(f"{_DURATION}_sum", labels, tally.seconds)
    yield _sample(f"{_DURATION}_count", labels, tally.requests)


def _sample(name: str, labels: dict[str, str], value: float) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{told}}} {value:.12g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
