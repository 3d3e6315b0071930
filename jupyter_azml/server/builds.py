"""Builds of environments that pages asked for: what they print, kept so that a page can leave and come back."""

from threading import Lock

from ..entities import Environment
from ..entities.base import Entity
from ..errors import AzmlError
from ..language import _
from ..workspace import Workspace
from .patience import start_thread

MOST = 1_000_000
"""Characters of one build's log that are kept: its end."""
KEPT = 50
"""Builds that have ended and whose logs are kept."""


class Failure(Entity):
    code: str
    message: str
    hint: str = ""


class BuildLog(Entity):
    text: str = ""
    """What was printed since the offset that was asked for."""
    offset: int = 0
    """Where to read on."""
    is_running: bool = False
    error: Failure | None = None
    environment: Environment | None = None
    """Once it is built."""


class Build:
    def __init__(self) -> None:
        self._lock = Lock()
        self._text = ""
        self._left_out = 0
        self._error: Failure | None = None
        self._environment: Environment | None = None
        self._is_running = True

    @property
    def is_running(self) -> bool:
        return self._is_running

    def hear(self, text: str) -> None:
        with self._lock:
            self._text += text if text.endswith("\n") else text + "\n"
            if (excess := len(self._text) - MOST) > 0:
                self._text = self._text[excess:]
                self._left_out += excess

    def end(self, environment: Environment | None, error: Failure | None) -> None:
        with self._lock:
            self._environment, self._error, self._is_running = environment, error, False

    def log(self, offset: int) -> BuildLog:
        """An offset that is no longer kept gives all that is."""
        with self._lock:
            end = self._left_out + len(self._text)
            start = min(max(offset - self._left_out, 0), len(self._text))
            return BuildLog(
                text=self._text[start:],
                offset=end,
                is_running=self._is_running,
                error=self._error,
                environment=self._environment,
            )


class Builds:
    """One build of an environment at a time: who asks while it is being built is told of that one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._builds: dict[tuple[str, str, str], Build] = {}

    def start(self, workspace: Workspace, name: str, version: str) -> Build:
        key = self._key(workspace, name, version)
        with self._lock:
            known = self._builds.get(key)
            if known and known.is_running:
                return known
            build = Build()
            self._builds.pop(key, None)
            self._builds[key] = build
            ended = [each for each, one in self._builds.items() if not one.is_running]
            for each in ended[: max(0, len(ended) - KEPT)]:
                del self._builds[each]
        start_thread(lambda: _run(build, workspace, name, version))
        return build

    def find(self, workspace: Workspace, name: str, version: str) -> Build | None:
        return self._builds.get(self._key(workspace, name, version))

    @staticmethod
    def _key(workspace: Workspace, name: str, version: str) -> tuple[str, str, str]:
        return workspace.info().location, name.lower(), version


def _run(build: Build, workspace: Workspace, name: str, version: str) -> None:
    environment, error = None, None
    try:
        environment = workspace.environments.build(name, version, build.hear)
    except AzmlError as refused:
        error = Failure(code=refused.code, message=refused.message, hint=refused.hint)
    except Exception as bug:
        hint = _("This is a bug in jupyter_azml: the server's log has the details.")
        error = Failure(code=type(bug).__name__, message=str(bug), hint=hint)
        raise
    finally:
        build.end(environment, error)
