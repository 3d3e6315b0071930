"""The log of a job in Azure, as far as it was not read yet, and what it tells of a notebook's cells."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..arm.runs import reason_told
from ..arm.shape import mapping, number
from ..entities import CellChanged, Event, LogLines, Progress, Reason
from ..execution.remote import MARK
from .client import ArmClient

LONGEST = 1 << 20
"""Bytes that one look reads."""
_TAIL = 64 * 1024
_KINDS: dict[str, type[CellChanged] | type[LogLines]] = {"CellChanged": CellChanged, "LogLines": LogLines}
_VERSION = {"x-ms-version": "2021-12-02"}


@dataclass
class LogState:
    """Where a reader stands; it goes into the cursor."""

    offset: int = 0
    cell: int = 0
    cells: int = 0
    attempt: int = 1
    stream: str = "stdout"
    has_begun: bool = False
    """Whether the notebook was reached; what stands before that is about how it was started."""
    end: Mapping[str, Any] | None = None
    """What the notebook ended with, where it did not simply come to its end."""

    @property
    def progress(self) -> Progress | None:
        return Progress(cell=self.cell, cells=self.cells) if self.cells else None

    @property
    def reason(self) -> Reason | None:
        """None where it says nothing, or what it says is nothing that we know."""
        return reason_told(self.end.get("code"), self.end.get("values")) if self.end else None


def read_log(client: ArmClient, address: str, state: LogState, *, whole: bool) -> tuple[str, bool]:
    """What stands behind the offset, in whole lines unless the job has ended, and whether there may be more at once.

    ``state`` is moved on. Raises ServiceError; PermissionError when the address has expired.
    """
    last = state.offset + LONGEST - 1
    answer = client.call("GET", address, headers={"Range": f"bytes={state.offset}-{last}", **_VERSION})
    if answer.status_code in (401, 403):
        raise PermissionError(answer.status_code)
    if answer.status_code not in (200, 206):
        return "", False  # 416: there is no more; 404: there is none yet
    content = answer.content if answer.status_code == 206 else answer.content[state.offset :]
    is_full = len(content) >= LONGEST
    if not whole or is_full:
        # A line that is longer than one look is told in pieces.
        content = content[: content.rfind(b"\n") + 1] or (content if is_full else b"")
    state.offset += len(content)
    return content.decode("utf-8", "replace"), is_full


def tail_of(client: ArmClient, address: str) -> str:
    """The last part of a log; "" when there is none to be had."""
    answer = client.call("GET", address, headers={"Range": "bytes=0-0", **_VERSION})
    size = int(str(answer.headers.get("Content-Range", "")).rpartition("/")[2] or 0) if answer.status_code == 206 else 0
    if size == 0:
        return ""
    answer = client.call("GET", address, headers={"Range": f"bytes={max(0, size - _TAIL)}-{size - 1}", **_VERSION})
    return answer.content.decode("utf-8", "replace") if answer.status_code in (200, 206) else ""


def events_in(job: str, text: str, state: LogState, *, is_notebook: bool) -> list[Event]:
    """Of a notebook without what stands before its beginning. ``state`` is moved on."""
    found: list[Event] = []
    told: list[str] = []
    now = datetime.now(UTC)

    def flush() -> None:
        lines = "".join(told)
        if lines and (state.has_begun or not is_notebook):
            found.append(LogLines(job=job, at=now, cell=state.cell, stream=_stream(state), text=lines))
        told.clear()

    # splitlines would take the mark for the end of a line.
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        before, mark, after = line.partition(MARK)
        facts = _facts(after) if mark else None
        event = _event(job, facts) if facts else None
        if facts is None or (event is None and facts["event"] in _KINDS):
            told.append(line)  # something that the notebook prints, and that only looks like ours
            continue
        told.append(before)
        flush()
        if event:
            found.append(event)
        _move(state, facts)
    flush()
    return found


def _stream(state: LogState) -> Any:
    return state.stream if state.stream in ("stdout", "stderr", "error") else "stdout"


def _facts(text: str) -> Mapping[str, Any] | None:
    with suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, dict) and "event" in found:
            return found
    return None


def _event(job: str, facts: Mapping[str, Any]) -> CellChanged | LogLines | None:
    kind = _KINDS.get(str(facts["event"]))
    with suppress(ValueError, TypeError):
        return kind(**{**facts, "job": job}) if kind else None
    return None


def _move(state: LogState, facts: Mapping[str, Any]) -> None:
    match facts["event"]:
        case "Begin":
            state.has_begun, state.end = True, None
            state.cell, state.cells = 0, number(facts.get("cells"))
            state.attempt = number(facts.get("attempt")) or 1
        case "CellChanged":
            state.cell, state.cells = number(facts.get("cell")), number(facts.get("cells"))
            state.stream = "stdout"
        case "Stream":
            state.stream = str(facts.get("stream") or "stdout")
        case "End":
            state.end = {"code": str(facts.get("code")), "values": dict(mapping(facts.get("values")))}
