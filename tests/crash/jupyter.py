"""A Jupyter server with the extension, to submit through and to kill."""

import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from jupyter_server.utils import url_path_join


class JupyterServer:
    def __init__(self, root: Path, runtime: Path) -> None:
        self._token = secrets.token_hex(16)
        runtime.mkdir(parents=True, exist_ok=True)
        words = ["-m", "jupyter_server", "--allow-root", "--no-browser", "--port=0", f"--ServerApp.root_dir={root}"]
        words += [f"--IdentityProvider.token={self._token}", "--ServerApp.jpserver_extensions=jupyter_azml=True"]
        environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime)}
        with (runtime / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], stdout=log, stderr=log, env=environment, start_new_session=True
            )
        self._info = runtime / f"jpserver-{self.process.pid}.json"

    def submit(self, notebook: str) -> str:
        """Name of the job. Waits until the server is up."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return str(self._post("azml/api/jobs", {"path": notebook})["name"])
            except (URLError, ConnectionError, FileNotFoundError, ValueError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _post(self, path: str, body: dict[str, str]) -> dict[str, object]:
        url = url_path_join(json.loads(self._info.read_text("utf-8"))["url"], path)
        headers = {"Authorization": f"token {self._token}", "Content-Type": "application/json"}
        request = Request(url, json.dumps(body).encode(), headers)
        with urlopen(request, timeout=30) as answer:
            found: dict[str, object] = json.load(answer)
        return found
