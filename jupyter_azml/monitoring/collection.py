"""Sampled inputs and outputs of a deployment, written as Azure's model data collector writes them.

https://learn.microsoft.com/azure/machine-learning/how-to-collect-production-data: a CloudEvent a line, in
``COLLECTION/yyyy/MM/dd/HH/INSTANCE.jsonl``. Requests never wait for it: what comes faster than it is written is left
out.
"""

import json
import os
import queue
import random
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..entities import DataCollector
from .payload import Row, rows_of

LARGEST_BODY = 1 << 20
LARGEST_FILE = 64 << 20
LARGEST_COLLECTION = 1 << 30
"""Bytes; beyond, the oldest file of a collection goes."""

_WAITING = 1_000
_PERIODS = {"minute": "%Y/%m/%d/%H/%M", "hour": "%Y/%m/%d/%H", "day": "%Y/%m/%d"}
_COLUMNS = {"model_inputs": "input", "model_outputs": "prediction"}
_TYPES = {"model_inputs": "azureml.inference.inputs", "model_outputs": "azureml.inference.outputs"}

Key = tuple[str, str]
"""Endpoint and deployment."""


class _Plan(NamedTuple):
    rate: float
    period: str
    folders: dict[str, Path]


class _Exchange(NamedTuple):
    key: Key
    at: datetime
    bodies: dict[str, bytes]
    correlation_id: str


class Collector:
    """One in each gateway process."""

    def __init__(self, instance: str = "") -> None:
        self._instance = instance or f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._plans: dict[Key, _Plan] = {}
        self._queue: queue.Queue[_Exchange | None] = queue.Queue(_WAITING)
        self._sizes: dict[Path, int] = {}
        self._thread: threading.Thread | None = None
        self.left_out = 0
        """Requests that were sampled and came faster than they could be written, or were too large."""

    def plan(self, key: Key, settings: DataCollector | None, folders: Mapping[str, Path]) -> bool:
        """What is to be collected from now on, and where. Whether there is anything."""
        wanted = {name: folders[name] for name in settings.enabled if name in folders} if settings else {}
        if settings is None or not wanted:
            self._plans.pop(key, None)
            return False
        self._plans[key] = _Plan(settings.sampling_rate, _PERIODS[settings.rolling_rate], wanted)
        return True

    def draws(self, key: Key) -> bool:
        """Whether this request is to be sampled."""
        plan = self._plans.get(key)
        return plan is not None and random.random() < plan.rate  # noqa: S311 - a sample, no secret

    def offer(self, key: Key, request: bytes, response: bytes, correlation_id: str) -> None:
        bodies = {"model_inputs": request, "model_outputs": response, "request": request, "response": response}
        if len(request) > LARGEST_BODY or len(response) > LARGEST_BODY:
            self.left_out += 1
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._write_on, name="azml-collector", daemon=True)
            self._thread.start()
        try:
            self._queue.put_nowait(_Exchange(key, datetime.now(UTC), bodies, correlation_id or str(uuid.uuid4())))
        except queue.Full:
            self.left_out += 1

    def close(self) -> None:
        """Writes what was taken."""
        thread, self._thread = self._thread, None
        if thread:
            self._queue.put(None)
            thread.join()

    def _write_on(self) -> None:
        while exchange := self._queue.get():
            if plan := self._plans.get(exchange.key):
                with suppress(OSError):  # a full disk must not end it; the next ones may fit
                    for name, folder in plan.folders.items():
                        self._write(exchange, plan, name, folder)

    def _write(self, exchange: _Exchange, plan: _Plan, name: str, folder: Path) -> None:
        body = exchange.bodies[name]
        data: Any = rows_of(body, _COLUMNS[name]) if name in _COLUMNS else body.decode("utf-8", "replace")
        if not data:
            return
        path = folder / exchange.at.strftime(plan.period) / f"{self._instance}.jsonl"
        line = json.dumps(_event(exchange, name, data), ensure_ascii=False).encode() + b"\n"
        if path not in self._sizes:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._make_room(folder)
            self._sizes = {path: size for path, size in self._sizes.items() if folder not in path.parents}
            self._sizes[path] = path.stat().st_size if path.exists() else 0
        if self._sizes[path] + len(line) > LARGEST_FILE:
            self.left_out += 1
            return
        with path.open("ab", buffering=0) as file:
            file.write(line)
        self._sizes[path] += len(line)

    def _make_room(self, folder: Path) -> None:
        files = sorted(folder.rglob("*.jsonl"), key=lambda path: path.parent)
        sizes = {path: path.stat().st_size for path in files}
        excess = sum(sizes.values()) + LARGEST_FILE - LARGEST_COLLECTION
        for path, size in sizes.items():
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= size


def collected_rows(folder: Path, *, since: datetime, most: int) -> list[Row]:
    """The newest rows that were collected since then, at most so many."""
    found: list[Row] = []
    for path in sorted(folder.rglob("*.jsonl"), key=lambda path: (path.parent, path.stat().st_mtime), reverse=True):
        if path.stat().st_mtime < since.timestamp():
            continue
        for event in reversed(list(_events(path, most))):
            if _moment(event) < since:
                break
            found += [row for row in event["data"] if isinstance(row, dict)]
            if len(found) >= most:
                return found[:most]
    return found


def _events(path: Path, most: int) -> Iterator[dict[str, Any]]:
    """Those at the end of the file; a line that was cut is passed over."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - most * 4096))
        for line in file:
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict) and isinstance(event.get("data"), list):
                    yield event


def _event(exchange: _Exchange, name: str, data: Any) -> dict[str, Any]:
    endpoint, deployment = exchange.key
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": f"/onlineEndpoints/{endpoint}/deployments/{deployment}",
        "type": _TYPES.get(name, f"azureml.inference.{name}"),
        "datacontenttype": "application/json",
        "time": exchange.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "collectdatatype": "pandas.core.frame.DataFrame" if name in _COLUMNS else "text",
        "correlationid": exchange.correlation_id,
        "xrequestid": exchange.correlation_id,
        "agent": "jupyter_azml",
        "data": data,
    }


def _moment(event: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(event["time"]))
    except (KeyError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
