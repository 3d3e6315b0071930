"""The one port of a workspace's gateway: chosen once, so that addresses stay."""

import hashlib
import json
import socket

from ... import settings
from ...errors import UsageError
from ...language import _
from ..files import read_json, write_whole
from ..filesystem import writing
from ..locks import held
from ..paths import WorkspacePaths

HOST = "127.0.0.1"
_FIRST, _COUNT = 20_000, 12_000
"""Below the range that systems give away for outgoing connections."""


def choose_port(paths: WorkspacePaths) -> int:
    """The port that was chosen, or a free one that is chosen now; ``AZML_GATEWAY_PORT`` has the last word.

    Raises UsageError, WorkspaceError.
    """
    wished, known = _wish(), port_of(paths)
    if known and wished in (None, known):
        return known
    with writing(paths.endpoints):
        paths.endpoints.mkdir(mode=0o700, exist_ok=True)
        with held(paths.setup_lock):
            known = port_of(paths)
            port = wished or known or _free_port(str(paths.folder))
            if port != known:
                write_whole(paths.gateway_port, json.dumps({"port": port}))
    return port


def port_of(paths: WorkspacePaths) -> int | None:
    """That was chosen; None before there was an endpoint."""
    port = (read_json(paths.gateway_port) or {}).get("port")
    return int(port) if port else None


def url_of(paths: WorkspacePaths) -> str:
    """Without a slash at its end; "" before there was an endpoint."""
    port = port_of(paths)
    return f"http://{HOST}:{port}" if port else ""


def listen(port: int) -> socket.socket:
    """Raises OSError when it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def _wish() -> int | None:
    text = settings.gateway_port()
    if not text:
        return None
    if not text.isdigit() or not 1024 <= int(text) <= 65_535:
        raise UsageError(
            _("AZML_GATEWAY_PORT is no port: {text}", text=text), _("Give a number from 1024 to 65535, or unset it.")
        )
    return int(text)


def _free_port(folder: str) -> int:
    """By the workspace's folder, so that it is likely the same for one that is made anew."""
    start = int.from_bytes(hashlib.sha256(folder.encode()).digest()[:4], "big")
    for step in range(200):
        port = _FIRST + (start + step * 7) % _COUNT
        try:
            listen(port).close()
        except OSError:
            continue
        return port
    raise UsageError(
        _("No port of this machine is free for the gateway."), _("Choose one yourself: AZML_GATEWAY_PORT=PORT")
    )
