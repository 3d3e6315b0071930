"""One model server as the agent keeps it: brought up step by step, then watched. Nothing here waits."""

import re
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor

from ...entities import Reason
from ..files import read_json
from ..locks import FileLock, is_held
from ..paths import WorkspacePaths
from ..submitter import recorded_environment
from .servers import ModelServer

_MOST_PREPARATIONS = 2
_LONGEST_PAUSE = 30.0
LOOP = 5
"""Ends in a row from which on it is called a loop."""
_WELL_FOR = 60.0
"""Seconds after which the ends of before do not count."""
_HARMLESS_BEFORE = "Invoking user's init function"
_BEGINNINGS = ("User's init function failed", "Failed to load script", "azmlinfsrv - Traceback")
_asking = ThreadPoolExecutor(max_workers=4, thread_name_prefix="well")


class Kept:
    def __init__(self, paths: WorkspacePaths, server: ModelServer) -> None:
        self._workspace = paths
        self.server = server
        self.is_up = False
        self._preparing: subprocess.Popen[bytes] | None = None
        self._preparations = 0
        self._started = 0.0
        self._question: Future[bool] | None = None
        self._asked = 0.0
        self._ends = 0
        self._next_start = 0.0
        self._well_since = 0.0
        self._missed = 0
        self._is_away = False

    def bring_up(self) -> tuple[Reason, bool]:
        """What it waits for, or why it has failed; ``is_up`` when it answers."""
        prepared = read_json(self.server.paths.prepared)
        if prepared is None:
            return self._prepare()
        if "interpreter" not in prepared:
            return Reason.of("PrepareFailed", detail=prepared.get("detail", "")), True
        if not self._started:
            self._started = time.monotonic()
            if not self.server.is_alive:
                self.server.start(prepared["interpreter"])
        if self._is_well():
            self.is_up = True
        elif not self.server.is_alive:
            return failure(self.server), True
        elif time.monotonic() - self._started > self._patience:
            self.server.stop(kill=True)
            seconds = round(self._patience)
            return Reason.of("ServerNotStarting", seconds=seconds, detail=_last_line(self.server.last_words())), True
        return Reason.of("ServerStarting"), False

    def watch(self) -> Reason | None:
        """What is the matter with one that should answer; None when it does."""
        now = time.monotonic()
        if self.server.is_alive:
            return self._watch_living(now)
        if not self._is_away:
            self._is_away = True
            self._ends = self._ends + 1 if now - self._well_since < _WELL_FOR or not self._well_since else 1
            # At once the first time, then after ever longer pauses.
            pause = 0.0 if self._ends <= 1 else min(2.0 ** (self._ends - 2), _LONGEST_PAUSE)
            self._next_start = now + pause
            self._well_since = 0.0
        prepared = read_json(self.server.paths.prepared) or {}
        if now >= self._next_start and "interpreter" in prepared:
            self.server.start(prepared["interpreter"])
            self._is_away = False
        return self._trouble()

    def _watch_living(self, now: float) -> Reason | None:
        self._is_away = False
        if not self._well_since:
            if self._is_well():
                self._well_since = now
                self._missed = 0
                self.is_up = True
            return None if self._well_since and self._ends < LOOP else (self._trouble() if self._ends else None)
        if now - self._well_since > _WELL_FOR:
            self._ends = 0
        self._probe(now)
        self.server.rotate_log()
        return self._trouble() if self._ends >= LOOP else None

    def _probe(self, now: float) -> None:
        """One that lives and does not answer for too long is ended; then it is started again."""
        probe = self.server.deployment.liveness_probe
        if self._question is None and now - self._asked < probe.period:
            return
        answer = self._ask(probe.timeout)
        if answer is not None:
            self._missed = 0 if answer else self._missed + 1
            if self._missed >= probe.failure_threshold:
                self._missed = 0
                self.server.stop(kill=True)

    def _trouble(self) -> Reason:
        detail = _last_line(self.server.last_words())
        if self._ends >= LOOP:
            seconds = max(round(self._next_start - time.monotonic()), 0)
            return Reason.of("CrashLoop", count=self._ends, seconds=seconds, detail=detail)
        return Reason.of("ServerRestarting", detail=detail)

    @property
    def _patience(self) -> float:
        probe = self.server.deployment.readiness_probe
        return max(probe.initial_delay + probe.period * probe.failure_threshold, 10)

    def _prepare(self) -> tuple[Reason, bool]:
        if self._preparing:
            self._preparing.poll()
        if not is_held(self.server.paths.prepare_lock):
            if self._preparations >= _MOST_PREPARATIONS:
                return Reason.of("PrepareFailed", detail=_last_line(self.server.last_words())), True
            self._preparations += 1
            self._start_preparing()
        return Reason.of("DeploymentPreparing"), False

    def _start_preparing(self) -> None:
        lock = FileLock.take(self.server.paths.prepare_lock)
        if lock is None:
            return
        which = self.server.deployment
        submitter = read_json(self.server.paths.submitter) or {}
        words = [str(self._workspace.folder), which.endpoint_name, which.name, str(self.server.revision)]
        try:
            with self.server.place.log.open("ab") as log:
                self._preparing = subprocess.Popen(
                    [
                        str(submitter.get("interpreter") or sys.executable),
                        "-P",
                        "-m",
                        "jupyter_azml.local.serving.prepare",
                        *words,
                        str(lock.number),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=submitter.get("environment") or recorded_environment(),
                    pass_fds=(lock.number,),
                    start_new_session=True,
                )
        finally:
            lock.release()

    def _is_well(self) -> bool:
        return bool(self._ask(self.server.deployment.readiness_probe.timeout))

    def _ask(self, seconds: float) -> bool | None:
        """None while there is no answer yet."""
        if self._question is None:
            self._asked = time.monotonic()
            self._question = _asking.submit(self.server.is_well, seconds)
        if not self._question.done():
            return None
        question, self._question = self._question, None
        return question.result()


def failure(server: ModelServer) -> Reason:
    """Why it ended before it answered, with the traceback of the scoring script where there is one."""
    words = server.last_words(20_000)
    if ended := re.findall(r"Worker \(pid:\d+\) (was sent SIG.*)", words):
        return Reason.of("InitFailed", how="signal", detail=ended[-1])
    # Before that, the server complains of things that do no harm.
    said = [each for each in _BEGINNINGS if each in words] or [_HARMLESS_BEFORE]
    words = words[max(0, *(words.find(each) for each in said)) :]
    found = re.search(r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*(?P<last>\S.*)", words)
    if not found:
        left = re.search(r"Worker \(pid:\d+\) (exited with code \d+)", words)
        return Reason.of("InitFailed", detail=left[1] if left else _last_line(words))
    return Reason.of("InitFailed", detail=found["last"][:500], traceback=_own_part(found[0])[-4000:])


def _own_part(text: str) -> str:
    """Without the frames of the server, which are nobody's business."""
    lines = text.splitlines()
    kept, skips = lines[:1], False
    for line in lines[1:]:
        if line.startswith("  File "):
            skips = "azureml_inference_server_http" in line
        if not skips or not line.startswith("  "):
            kept.append(line)
    return "\n".join(kept)


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Exit|Interrupt)\b", line)]
    return (telling or lines or [""])[-1][:300]
