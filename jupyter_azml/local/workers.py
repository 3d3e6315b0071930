"""Starting workers: by a server that has their imports behind it, or as new processes."""

import json
import socket
import subprocess
import sys
from contextlib import suppress

from ..entities import CommandSpec, Job
from ..execution.kernel_server import start_variables, with_room
from .files import read_json
from .locks import FileLock
from .paths import WorkspacePaths
from .run_contract import environment_of_job

COMMAND = ["-P", "-m", "jupyter_azml.local.worker"]
MOST_SERVERS = 2
"""Of interpreters, or of one that is started in two ways; each keeps about 150 MB, with the one for its kernels."""

_Key = tuple[str, tuple[tuple[str, str], ...]]


class Workers:
    """Those of one process, the agent's or a node's."""

    def __init__(self, paths: WorkspacePaths, *, keeps_servers: bool = False) -> None:
        self._paths = paths
        self._keeps_servers = keeps_servers and sys.platform == "linux"
        self._servers: dict[_Key, _WorkerServer] = {}
        """The one that was used last comes last."""
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, job: Job, lock: FileLock, node: str = "") -> None:
        """The worker gets the lock, so that there is no moment in which its job looks dead. Raises OSError."""
        order = {"job": job.name, "attempt": job.attempt, "node": node}
        submitter = read_json(self._paths.job(job.name).submitter) or {}
        interpreter = str(submitter.get("interpreter") or sys.executable)
        environment = environment_of_job(self._paths, job)
        server = self._server(job, interpreter, environment)
        if not (server and server.take(order, lock)):
            self._children.append(self._start(job, interpreter, environment, order, lock))

    def has_any(self) -> bool:
        return bool(self._children)

    def reap(self) -> None:
        """Forgets those that have ended, so that the system can."""
        self._children = [child for child in self._children if child.poll() is None]

    def _server(self, job: Job, interpreter: str, environment: dict[str, str]) -> "_WorkerServer | None":
        """Commands have no imports to wait for: they use one that is there."""
        key = interpreter, tuple(sorted(start_variables(environment).items()))
        server = self._servers.pop(key, None)
        if server is None or server.has_left:
            if not self._keeps_servers or isinstance(job.spec, CommandSpec):
                return None
            for other in list(self._servers)[: len(self._servers) - MOST_SERVERS + 1]:
                self._servers.pop(other).dismiss()
            own = {name for name in job.spec.environment_variables if name not in dict(key[1])}
            shared = {name: value for name, value in environment.items() if name not in own}
            server = _WorkerServer(self._paths, interpreter, shared)
            self._children.append(server.process)
        self._servers[key] = server
        return None if server.is_broken else server

    def _start(
        self, job: Job, interpreter: str, environment: dict[str, str], order: dict[str, object], lock: FileLock
    ) -> "subprocess.Popen[bytes]":
        folder = self._paths.job(job.name)
        folder.logs.mkdir(exist_ok=True)
        with folder.worker_log.open("ab") as log:
            return subprocess.Popen(
                [interpreter, *COMMAND, str(self._paths.folder), json.dumps(order), str(lock.number)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder.folder,
                env=environment,
                pass_fds=(lock.number,),
                start_new_session=True,
            )


class _WorkerServer:
    """It leaves when the process that would give it orders is gone."""

    def __init__(self, paths: WorkspacePaths, interpreter: str, environment: dict[str, str]) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, paths.agent_log.open("ab") as log:
            self.process = subprocess.Popen(
                [interpreter, "-P", "-m", "jupyter_azml.local.worker_server", str(paths.folder), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=paths.folder,
                env=with_room(environment),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    @property
    def has_left(self) -> bool:
        """Of itself, or killed: another one may be started."""
        return (self.process.poll() or 0) < 0 or self.process.poll() == 0

    @property
    def is_broken(self) -> bool:
        """It could not start: so that somebody can see why, a worker is started that writes into its job's log."""
        return (self.process.poll() or 0) > 0

    def dismiss(self) -> None:
        self._ours.close()

    def take(self, order: dict[str, object], lock: FileLock) -> bool:
        """Whether it took the job. The lock is held by the message itself while nobody has read it."""
        with suppress(OSError):
            socket.send_fds(self._ours, [json.dumps(order).encode()], [lock.number], socket.MSG_DONTWAIT)
            return True
        return False
