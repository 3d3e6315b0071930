"""Files of the web: kept, and asked for again only when they are others there."""

import hashlib
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

from ..errors import DataNotFound, StorageError, StorageRefused, StorageUnreachable
from ..language import _
from .store import Progress

_PIECE = 1024 * 1024
_SILENCE = 60.0
"""Seconds that a server may say nothing."""
_NOT_CHANGED = 304


def fetch_web(url: str, folder: Path, *, progress: Progress | None = None) -> Path:
    """The file, below ``folder`` and under its own name. Redirections lead to http, https or nowhere: urllib takes no
    others. Raises DataNotFound, StorageError; no message has what stands behind the address's question mark.
    """
    shown = url.partition("?")[0]
    place = folder / hashlib.sha256(url.encode()).hexdigest()[:32]
    target, etag = place / _name_in(url), _kept_etag(place)
    headers = {"User-Agent": "jupyter_azml"}
    if etag and target.exists():
        headers["If-None-Match"] = etag
    request = urllib.request.Request(_quoted(url), headers=headers)  # noqa: S310 - http or https
    try:
        with urllib.request.urlopen(request, timeout=_SILENCE) as source:  # noqa: S310
            _receive(source, target, progress)
            (place / ".etag").write_text(json.dumps(source.headers.get("ETag")), "utf-8")
    except urllib.error.HTTPError as error:
        if error.code != _NOT_CHANGED:
            raise _refused(shown, error) from None
    except urllib.error.URLError as error:
        raise StorageUnreachable(
            _("{url} cannot be reached: {detail}.", url=shown, detail=error.reason),
            _("Check the address, the network, and HTTPS_PROXY where there is a proxy."),
        ) from None
    except (TimeoutError, ConnectionError) as error:
        raise StorageUnreachable(
            _("{url} broke off: {detail}", url=shown, detail=str(error) or type(error).__name__), _("Try again.")
        ) from None
    return target


def _receive(source: object, target: Path, progress: Progress | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{os.getpid()}.{os.urandom(3).hex()}")
    size = int(source.headers.get("Content-Length") or 0)  # type: ignore[attr-defined]  # urllib types it as Any
    try:
        with beside.open("xb") as file:
            while piece := source.read(_PIECE):  # type: ignore[attr-defined]
                file.write(piece)
                if progress:
                    progress(file.tell(), max(size, file.tell()))
            # http.client does not tell that a body ended early.
            if size and file.tell() != size:
                raise ConnectionError(_("{done} of {size} bytes came.", done=file.tell(), size=size))
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _refused(shown: str, error: urllib.error.HTTPError) -> Exception:
    said = f"HTTP {error.code} {error.reason}"
    if error.code in (401, 403, 409):  # Azure Storage says 409 where nobody may read without credentials
        return StorageRefused(
            _("{url} is not given to everybody: {detail}.", url=shown, detail=said),
            _("For a container of Azure Storage create a datastore with credentials: azml datastore create -f FILE"),
        )
    if error.code in (404, 410):
        return DataNotFound(_("There is nothing at {url}: {detail}.", url=shown, detail=said), _("Check the address."))
    return StorageError(_("{url} answered with {detail}.", url=shown, detail=said), _("Try again in a minute."))


def _name_in(url: str) -> str:
    name = urllib.parse.unquote(urllib.parse.urlsplit(url).path).rsplit("/", 1)[-1].replace("\0", "")
    return name if name not in ("", ".", "..", ".etag") else "file"


def _quoted(url: str) -> str:
    """People write spaces and letters that an address cannot have."""
    return urllib.parse.quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _kept_etag(place: Path) -> str:
    with suppress(OSError, ValueError):
        return str(json.loads((place / ".etag").read_text("utf-8")) or "")
    return ""
