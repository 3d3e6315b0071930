"""Which jobs are meant, from the words that people type."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from ..entities import JobQuery, JobStatus, JobType
from ..errors import UsageError
from ..language import _

SORTS: tuple[str, ...] = get_args(JobQuery.model_fields["sort"].annotation)
_LATEST_FIRST = {"created", "ended", "duration"}
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def job_query(
    *,
    statuses: Iterable[str] = (),
    type: str | None = None,
    experiment: str | None = None,
    compute: str | None = None,
    tags: Iterable[str] = (),
    text: str | None = None,
    created_after: str | None = None,
    created_before: str | None = None,
    sort: str | None = None,
    archived: str = "active",
    parent: str | None = None,
) -> JobQuery:
    """Raises UsageError, naming the word."""
    by, _colon, way = (sort or "created").partition(":")
    key = _one_of(by.replace("-", "_"), SORTS)
    descending = key in _LATEST_FIRST if not way else _one_of(way, ("asc", "desc")) == "desc"
    asked: dict[str, Any] = {
        "statuses": tuple(JobStatus(_one_of(word, list(JobStatus))) for word in statuses),
        "type": JobType(_one_of(type, list(JobType))) if type else None,
        "experiment": experiment,
        "compute": compute,
        "tags": dict(_tag(word) for word in tags),
        "text": text or "",
        "created_after": moment_of(created_after) if created_after else None,
        "created_before": moment_of(created_before) if created_before else None,
        "sort": key,
        "descending": descending,
        "archived": _one_of(archived, ("active", "archived", "all")),
        "parent": parent,
    }
    return JobQuery.model_validate(asked)


def moment_of(text: str) -> datetime:
    """A date, a date and time (of this machine's zone unless it names one), or how long ago: 90m, 12h, 7d, 2w.

    Raises UsageError.
    """
    try:
        if ago := re.fullmatch(r"(\d{1,6})([mhdw])", text.strip().lower()):
            return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.astimezone().astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            _("{text} is no date.", text=text),
            _("Write 2026-11-21, 2026-11-21T08:30, or how long ago: 90m, 12h, 7d, 2w."),
        ) from None


def _one_of(word: str, words: Iterable[str]) -> str:
    known = {str(each).lower(): str(each) for each in words}
    if word.lower() not in known:
        raise UsageError(
            _("{word} is not one of the words that may stand there.", word=word),
            _("There are: {names}", names=", ".join(known.values())),
        )
    return known[word.lower()]


def _tag(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    return name, value if equals else None
