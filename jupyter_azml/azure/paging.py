"""The service's pages made into ours: the caller says how many items, and which."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..entities import Page
from ..errors import UsageError
from ..language import _
from .client import ArmClient
from .errors import readable, unreadable

Item = TypeVar("Item")

MOST_REQUESTS = 10
"""For one page of ours. Where a filter matches little, a page may be short, and even empty, yet not the last."""

_POSITIONS = {"$skip", "$skiptoken"}
_KNOWN_AGAIN = 3
"""Things by which the place in a page is found again: of those handed over last, some may have been deleted since."""


def read_page(
    client: ArmClient,
    path: str,
    *,
    query: Mapping[str, str],
    read: Callable[[Mapping[str, Any]], Item],
    keep: Callable[[Item], bool],
    limit: int,
    continuation: str | None,
) -> Page[Item]:
    """Raises what ``ArmClient.get`` raises, and UsageError for a continuation that is not one."""
    (done, last), position = _parse(continuation)
    found: list[Item] = []
    for _request in range(MOST_REQUESTS):
        body = client.get(path, {**query, **dict(parse_qsl(position))})
        resources = _listed(body)
        start = _start(resources, done, last)
        for number, resource in enumerate(resources[start:], start):
            if len(found) == limit:
                return Page(items=tuple(found), continuation=_continuation(number, resources, position))
            with readable():
                item = read(resource)
            if keep(item):
                found.append(item)
        before, done, last, position = position, 0, (), _position(body.get("nextLink"))
        if not position or position == before:
            return Page(items=tuple(found))
        if len(found) == limit:
            break
    return Page(items=tuple(found), continuation=f"0:{position}")


def read_all(client: ArmClient, path: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Of a list that is never long. Raises what ``ArmClient.get`` raises."""
    found: list[Mapping[str, Any]] = []
    continuation: str | None = None
    for _page in range(MOST_REQUESTS):
        page = read_page(
            client,
            path,
            query=query,
            read=lambda each: each,
            keep=lambda _each: True,
            limit=1000,
            continuation=continuation,
        )
        found += page.items
        if not (continuation := page.continuation):
            break
    return found


def _listed(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Raises ServiceError for what is no list of things."""
    listed = body.get("value", [])
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise unreadable()
    return listed


def _start(resources: Sequence[Mapping[str, Any]], done: int, last: Sequence[str]) -> int:
    """The number of the first that was not handed over: behind those that were, wherever they stand by now."""
    keys = [_key(resource) for resource in resources] if last else []
    return next((keys.index(key) + 1 for key in last if key in keys), done)


def _continuation(number: int, resources: Sequence[Mapping[str, Any]], position: str) -> str:
    handed = resources[max(0, number - _KNOWN_AGAIN) : number]
    return f"{'.'.join([str(number), *(_key(resource) for resource in reversed(handed))])}:{position}"


def _key(resource: Mapping[str, Any]) -> str:
    return hashlib.sha256(str(resource.get("id") or resource.get("name")).encode()).hexdigest()[:8]


def _parse(continuation: str | None) -> tuple[tuple[int, Sequence[str]], str]:
    """How many of a page were handed over, the last of them, and which page it is."""
    place, colon, position = (continuation or "0:").partition(":")
    done, *last = place.split(".")
    if not colon or not done.isdecimal():
        raise UsageError(_("That is not the continuation of a list."), _("Hand back what the page before ended with."))
    return (int(done), last), _only_position(position)


def _position(next_link: object) -> str:
    return _only_position(urlsplit(next_link).query) if isinstance(next_link, str) else ""


def _only_position(query: str) -> str:
    # Of a link only this part is used: the token goes to the host and the path that we chose, whatever a link says.
    return urlencode([pair for pair in parse_qsl(query) if pair[0].lower() in _POSITIONS])
