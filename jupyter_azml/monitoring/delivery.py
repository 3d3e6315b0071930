"""Tells somebody of an alert: a POST of JSON, or a command. Both may be slow or fail, and are given up at some time."""

import json
import os
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any

PATIENCE = 10.0
"""Seconds that a webhook may take to answer."""
PAUSES = (1.0, 4.0, 15.0)
"""Seconds before each further attempt."""
COMMAND_PATIENCE = 30.0


def post(url: str, data: Mapping[str, Any], stop: threading.Event, pauses: tuple[float, ...] = PAUSES) -> str:
    """Why it failed, or nothing. The address itself is not named: it often holds a secret."""
    body = json.dumps(data, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "jupyter_azml"}
    error = ""
    for pause in (0.0, *pauses):
        if stop.wait(pause):
            return error or "stopped"
        try:
            request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - http or https, checked
            with _OPENER.open(request, timeout=PATIENCE):
                return ""
        except urllib.error.HTTPError as refused:
            error = f"HTTP {refused.code} {refused.reason}"
            refused.close()
            if refused.code < 500 and refused.code not in (408, 429):
                return error  # the same request would be refused again
        except urllib.error.URLError as failed:
            error = str(failed.reason)
        except (OSError, HTTPException, ValueError) as failed:
            error = str(failed) or type(failed).__name__
    return error


def run(command: str, data: Mapping[str, Any], patience: float = COMMAND_PATIENCE) -> str:
    """Why it failed, or nothing. The JSON is on standard input, its fields are in ``AZML_ALERT_…``."""
    told = {f"AZML_ALERT_{name.upper()}": str(value) for name, value in data.items() if value is not None}
    process = subprocess.Popen(
        ["bash", "-c", command],  # noqa: S607 - the bash of whoever runs the endpoint
        env={**os.environ, **told},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _out, said = process.communicate(json.dumps(data).encode(), timeout=patience)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"longer than {patience:g} s"
    if process.returncode == 0:
        return ""
    last = said.decode("utf-8", "replace").strip().splitlines()[-1:]
    return f"exit code {process.returncode}" + (f": {last[0][:300]}" if last else "")


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """An alert goes where the user said, and nowhere else."""
        return None


_OPENER = urllib.request.build_opener(_NoRedirection)
