"""The agent's side of one model server: started, asked whether it is well, told to leave. A lock says that it lives."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from ... import settings
from ...entities import OnlineDeployment
from ...tracking.address import tracking_uri
from ..files import read_json
from ..locks import FileLock, is_held
from ..paths import DeploymentPaths, RevisionPaths, WorkspacePaths
from ..processes import signal_process
from .log import rotate

SETTINGS = Path(__file__).with_name("model_server.py")
MLFLOW_SCRIPT = Path(__file__).parents[2] / "tracking" / "score_model.py"
APPLICATION = "azureml_inference_server_http.server.entry:app"


class ModelServer:
    """One revision of a deployment."""

    def __init__(self, paths: WorkspacePaths, deployment: OnlineDeployment, revision: int) -> None:
        self._workspace = paths
        self.deployment = deployment
        self.revision = revision
        self.place: DeploymentPaths = paths.endpoint(deployment.endpoint_name).deployment(deployment.name)
        self.paths: RevisionPaths = self.place.revision(revision)
        self.socket = str(_socket(paths, deployment, revision))
        self.process: subprocess.Popen[bytes] | None = None
        self.log_begins = 0
        """Where in the log the words of the present process begin."""

    @property
    def is_alive(self) -> bool:
        if self.process and self.process.poll() is not None:
            self.process = None
        return is_held(self.paths.lock)

    def start(self, interpreter: str) -> None:
        """Raises OSError."""
        lock = FileLock.take(self.paths.lock)
        if lock is None:
            return
        Path(self.socket).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(self.socket).unlink(missing_ok=True)
        self.rotate_log()
        try:
            with self.place.log.open("ab") as log:
                self.log_begins = log.tell()
                self.process = subprocess.Popen(
                    [interpreter, "-P", "-m", "gunicorn", *self._arguments(), APPLICATION],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.code,
                    env=self._environment(lock.number),
                    pass_fds=(lock.number,),
                    start_new_session=True,
                )
            about = psutil.Process(self.process.pid)
            lock.write(f'{{"pid": {about.pid}, "created": {about.create_time()}}}')
        except psutil.NoSuchProcess:
            pass
        finally:
            lock.release()

    def is_well(self, seconds: float) -> bool:
        """Whether a worker answers within that time. Blocks."""
        connection = _SocketConnection(self.socket, seconds)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self, *, kill: bool = False) -> None:
        """Its workers finish what they have begun, unless they are killed."""
        if not kill:
            signal_process(self.paths.lock)
            return
        known = read_json(self.paths.lock) or {}
        with suppress(psutil.Error, KeyError):
            process = psutil.Process(known["pid"])
            if abs(process.create_time() - known["created"]) <= 1:
                for each in [process, *process.children(recursive=True)]:
                    with suppress(psutil.Error):
                        each.send_signal(signal.SIGKILL)

    def last_words(self, most: int = 8000) -> str:
        """What the present process wrote, or its end."""
        with suppress(OSError), self.place.log.open("rb") as log:
            end = log.seek(0, os.SEEK_END)
            log.seek(max(min(self.log_begins, end), end - most))
            return log.read().decode("utf-8", "replace")
        return ""

    def rotate_log(self) -> None:
        if rotate(self.place.log):
            self.log_begins = 0

    @property
    def code(self) -> Path:
        """The scoring script's folder, where the server runs."""
        configuration = self.deployment.code_configuration
        return (self.paths.code / configuration.scoring_script).parent if configuration else self.paths.code

    def _arguments(self) -> list[str]:
        own = self.deployment.environment_variables
        wanted = self.deployment.request_settings
        workers = self.deployment.instance_count * _count(own.get("WORKER_COUNT"))
        seconds = _count(own.get("WORKER_TIMEOUT"), int(wanted.request_timeout_ms / 1000) + 60)
        return [
            *("--config", f"file:{SETTINGS}", "--bind", f"unix:{self.socket}"),
            *("--workers", str(workers), "--timeout", str(seconds)),
        ]

    def _environment(self, lock: int) -> dict[str, str]:
        submitter: dict[str, Any] = read_json(self.paths.submitter) or {}
        configuration = self.deployment.code_configuration
        script = self.paths.code / configuration.scoring_script if configuration else MLFLOW_SCRIPT
        timeout = self.deployment.request_settings.request_timeout_ms
        return {
            **submitter.get("environment", os.environ),
            "MLFLOW_DISABLE_TELEMETRY": "true",
            # A run that the gateway no longer waits for is ended, so that the worker is free again.
            "SCORING_TIMEOUT_MS": str(timeout + 200),
            "AML_APP_INSIGHTS_ENABLED": "false",
            **self.deployment.environment_variables,
            "AML_APP_ROOT": str(self.code),
            "AZUREML_ENTRY_SCRIPT": str(script),
            "AZUREML_MODEL_DIR": (read_json(self.paths.deployment) or {}).get("model_folder") or str(self.paths.code),
            "AZUREML_ARM_WORKSPACE_NAME": self._workspace.folder.name,
            "MLFLOW_TRACKING_URI": tracking_uri(self._workspace.folder),
            "AZML_SERVER_LOCK": str(lock),
            "PYTHONUNBUFFERED": "1",
        }


class _SocketConnection(http.client.HTTPConnection):
    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _count(text: str | None, default: int = 1) -> int:
    return int(text) if text and text.isdigit() and int(text) else default


def _socket(paths: WorkspacePaths, deployment: OnlineDeployment, revision: int) -> Path:
    said = f"{paths.folder}|{deployment.endpoint_name.lower()}|{deployment.name.lower()}|{revision}"
    return settings.runtime_folder() / f"s{hashlib.sha256(said.encode()).hexdigest()[:20]}"
