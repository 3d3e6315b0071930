"""The Jupyter servers of this user on this machine, as they have written themselves down.

What ``jupyter_server.serverapp.list_running_servers`` reads; importing that takes longer than submitting a job.
"""

import json
import os
import ssl
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_core.paths import jupyter_runtime_dir

PATIENCE = 3.0
"""Seconds for an answer."""


@dataclass(frozen=True)
class JupyterServer:
    url: str
    token: str
    root: Path

    def ask(self, path: str, body: dict[str, Any] | None = None, patience: float = PATIENCE) -> Any:
        """The answer's JSON, to GET or else to POST. Raises OSError, ValueError, HTTPException."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url.rstrip("/") + "/" + path, data)  # noqa: S310 - http or https
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"token {self.token}")
        with _opener(self.url).open(request, timeout=patience) as answer:
            return json.loads(answer.read())


def jupyter_servers() -> list[JupyterServer]:
    """The one that started this kernel comes first."""
    found = sorted(_written_down(), key=lambda info: info.get("pid") != _starter())
    return [
        JupyterServer(
            url=info["url"],
            # Below JupyterHub a server has no token of its own, and takes the hub's.
            token=info.get("token") or os.environ.get("JUPYTERHUB_API_TOKEN", ""),
            root=Path(info.get("root_dir") or info.get("notebook_dir") or "."),
        )
        for info in found
    ]


TROUBLE = (OSError, ValueError, HTTPException)
"""What asking one may raise: it is gone, hangs, wants a password, is something else."""


def _written_down() -> Iterator[dict[str, Any]]:
    for file in Path(jupyter_runtime_dir()).glob("*server-*.json"):
        try:
            info = json.loads(file.read_text("utf-8"))
            if urlsplit(info["url"]).scheme in ("http", "https"):
                yield info
        except (*TROUBLE, KeyError, TypeError):
            continue


def _starter() -> int:
    return int(os.environ.get("JPY_PARENT_PID") or os.getppid())


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1"):
        # On this machine certificates are signed by nobody, or for another name.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        handlers.append(urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)
