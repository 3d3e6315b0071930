"""The few calls of Azure Files' REST that a store of files makes, over memory: Azurite has no service for shares.

Source: https://learn.microsoft.com/rest/api/storageservices/file-service-rest-api. Signatures are not looked at.
"""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

NOON = "Fri, 20 Nov 2026 12:00:00 GMT"


class Share:
    def __init__(self) -> None:
        self.folders: set[str] = {""}
        self.files: dict[str, bytearray] = {}
        self.etags: dict[str, str] = {}
        self.lock = threading.Lock()
        self._numbers = itertools.count(1)

    def touch(self, path: str) -> None:
        self.etags[path] = f"0x8D{next(self._numbers):010X}"

    def children(self, folder: str) -> list[tuple[str, bool]]:
        start = f"{folder}/" if folder else ""
        found = {(path[len(start) :], True) for path in self.folders if path and path.startswith(start)}
        found |= {(path[len(start) :], False) for path in self.files if path.startswith(start)}
        return sorted((name, is_folder) for name, is_folder in found if "/" not in name)


@contextmanager
def served_share() -> Iterator[tuple[str, Share]]:
    """The account's address; the share is named ``share``."""
    share = Share()

    class Handler(_Handler):
        files = share

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/account", share
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    files: Share

    def do_GET(self) -> None:
        path, query = self._asked()
        share = self.files
        if query.get("comp") == "list":
            return self._list(path, query) if path in share.folders else self._missing()
        if query.get("restype") == "directory":
            return self._answer(200, etag="folder") if path in share.folders else self._missing()
        if path not in share.files:
            return self._missing()
        content, etag = bytes(share.files[path]), share.etags[path]
        if self.command == "HEAD":
            return self._answer(200, length=len(content), etag=etag)
        first, last = (int(end) for end in self.headers["x-ms-range"].removeprefix("bytes=").split("-"))
        if first >= len(content):
            return self._fault(416, "InvalidRange")
        piece = content[first : last + 1]
        span = f"bytes {first}-{first + len(piece) - 1}/{len(content)}"
        return self._answer(206, piece, etag=etag, more={"Content-Range": span})

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        path, query = self._asked()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        share, comp = self.files, query.get("comp")
        with share.lock:
            if comp == "rename":
                return self._rename(path, is_folder=query.get("restype") == "directory")
            if path.rpartition("/")[0] not in share.folders:
                return self._fault(404, "ParentNotFound")
            if query.get("restype") == "directory":
                if path in share.folders:
                    return self._fault(409, "ResourceAlreadyExists")
                share.folders.add(path)
            elif comp == "range":
                first, last = (int(end) for end in self.headers["x-ms-range"].removeprefix("bytes=").split("-"))
                share.files[path][first : last + 1] = body
                share.touch(path)
            else:
                share.files[path] = bytearray(int(self.headers["x-ms-content-length"]))
                share.touch(path)
            return self._answer(201, etag=share.etags.get(path, "folder"))

    def do_DELETE(self) -> None:
        path, query = self._asked()
        share = self.files
        if query.get("restype") == "directory":
            if share.children(path):
                return self._fault(409, "DirectoryNotEmpty")
            share.folders.discard(path)
            return self._answer(202)
        if share.files.pop(path, None) is None:
            return self._missing()
        return self._answer(202)

    def _rename(self, path: str, *, is_folder: bool) -> None:
        share = self.files
        source = (
            unquote(urlsplit(self.headers["x-ms-file-rename-source"]).path).removeprefix("/account/share").strip("/")
        )
        if path in share.files and self.headers.get("x-ms-file-rename-replace-if-exists") != "true":
            return self._fault(409, "ResourceAlreadyExists")
        if is_folder:
            moved = {name: path + name[len(source) :] for name in share.folders if f"{name}/".startswith(f"{source}/")}
            share.folders = {moved.get(name, name) for name in share.folders}
            for name in [name for name in share.files if name.startswith(f"{source}/")]:
                self._move_file(name, path + name[len(source) :])
        elif source in share.files:
            self._move_file(source, path)
        else:
            return self._missing()
        return self._answer(200, etag="renamed")

    def _move_file(self, source: str, path: str) -> None:
        self.files.files[path] = self.files.files.pop(source)
        self.files.touch(path)

    def _list(self, path: str, query: dict[str, str]) -> None:
        share = self.files
        start, count = int(query.get("marker") or 0), int(query.get("maxresults") or 5000)
        found = share.children(path)
        entries = ""
        for name, is_folder in found[start : start + count]:
            below = f"{path}/{name}".strip("/")
            size = 0 if is_folder else len(share.files[below])
            facts = f"<Content-Length>{size}</Content-Length><Last-Modified>{NOON}</Last-Modified>"
            facts += f"<Etag>{share.etags.get(below, '')}</Etag>"
            kind = "Directory" if is_folder else "File"
            entries += f"<{kind}><Name>{escape(name)}</Name><Properties>{facts}</Properties></{kind}>"
        marker = str(start + count) if start + count < len(found) else ""
        text = '<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="x" ShareName="share" '
        text += f'DirectoryPath="x"><Entries>{entries}</Entries><NextMarker>{marker}</NextMarker></EnumerationResults>'
        self._answer(200, text.encode(), more={"Content-Type": "application/xml"})

    def _asked(self) -> tuple[str, dict[str, str]]:
        address = urlsplit(self.path)
        path = unquote(address.path).removeprefix("/account/share").strip("/")
        return path, {name: values[0] for name, values in parse_qs(address.query).items()}

    def _missing(self) -> None:
        self._fault(404, "ResourceNotFound")

    def _fault(self, status: int, code: str) -> None:
        text = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>{code}</Message></Error>'
        self._answer(status, text.encode(), more={"x-ms-error-code": code, "Content-Type": "application/xml"})

    def _answer(
        self,
        status: int,
        body: bytes = b"",
        *,
        length: int | None = None,
        etag: str = "",
        more: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        facts = {"Content-Length": str(len(body) if length is None else length), "Last-Modified": NOON}
        for name, value in {**facts, "ETag": f'"{etag}"', "x-ms-version": "2024-11-04", **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass
