"""Runs a command under bash, in one process or in several at once, and says how it ended."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from ..entities import JobStatus, Reason
from .cancellation import Cancellation
from .distribution import Process
from .journal import CellJournal
from .pipes import Pipes

QUIET = 0.3
"""Seconds without output after which nothing more is expected from whatever the command left running."""
LONGEST_REST = 2.0
GRACE = 2.0
"""Seconds between asking the other processes to end and killing them, when one has failed."""
_SHELLS_SIGNALS = {128 + number: signal.Signals(number) for number in (2, 4, 6, 7, 8, 9, 11, 15)}


class CommandOutcome(NamedTuple):
    status: JobStatus
    reason: Reason


def run_command(
    command: str,
    processes: Sequence[Process],
    *,
    folder: Path,
    environment: Mapping[str, str],
    journal: CellJournal,
    logs: Path,
    cancellation: Cancellation,
) -> CommandOutcome:
    """In the folder. Output of the first process goes to the journal; of several, each has a log of its own.

    Whatever the command leaves running in its process group is ended with it.
    """
    if cancellation.requested:
        return CommandOutcome(JobStatus.CANCELED, Reason.of("CanceledByUser"))
    team = _Team(journal, logs if len(processes) > 1 else None)
    cancellation.watch(team.living)
    try:
        with _interruptible():
            for process in processes:
                team.start(command, process, folder, {**environment, **process.environment})
        if cancellation.requested:
            team.interrupt()  # it came before there was anything to interrupt
        team.follow(cancellation)
        return _outcome(team, is_canceled=cancellation.requested)
    finally:
        cancellation.watch(lambda: None)
        team.close()


class _Member:
    def __init__(self, rank: int, process: "subprocess.Popen[bytes]", is_server: bool, log: IO[str] | None) -> None:
        self.rank = rank
        self.process = process
        self.is_server = is_server
        self.log = log
        self.last_error = ""
        """The last line on stderr that says something."""

    def heed(self, stream: str, text: str) -> None:
        if self.log:
            self.log.write(text)
            self.log.flush()
        if stream == "stderr":
            lines = (line.rstrip().rpartition("\r")[2].strip() for line in reversed(text.splitlines()[-20:]))
            self.last_error = next(filter(None, lines), self.last_error)[:300]


class _Team:
    """Processes of one command: they end together."""

    def __init__(self, journal: CellJournal, logs: Path | None) -> None:
        self.members: list[_Member] = []
        self.failed: _Member | None = None
        """The first one that did."""
        self._journal = journal
        self._logs = logs
        self._pipes = Pipes()
        self._stopping_since = 0.0

    def start(self, command: str, process: Process, folder: Path, environment: Mapping[str, str]) -> None:
        rank = len(self.members)
        started = subprocess.Popen(
            ["bash", "-c", command],  # noqa: S607 - the bash that the submitter has
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # One group for all, so that one signal reaches whatever they started.
            process_group=self.members[0].process.pid if self.members else 0,
        )
        log = (self._logs / f"std_log_process_{rank:02}.txt").open("a", encoding="utf-8") if self._logs else None
        member = _Member(rank, started, process.is_server, log)
        self.members.append(member)

        def write(stream: str, text: str) -> None:
            member.heed(stream, self._journal.mask(text))
            if rank == 0:
                self._journal.output(stream, text)

        for pipe, stream in ((started.stdout, "stdout"), (started.stderr, "stderr")):
            if pipe:
                self._pipes.add(pipe, stream, write)

    def living(self) -> int | None:
        """A process by which the group can be found."""
        return next((each.process.pid for each in self.members if each.process.returncode is None), None)

    def interrupt(self) -> None:
        self._signal(signal.SIGINT)

    def follow(self, cancellation: Cancellation) -> None:
        """Until every process has ended and what they printed has been read."""
        while self._running():
            self._pipes.read(0.05)
            if not cancellation.requested:
                self._end_the_rest()
        end = time.monotonic()
        last_output = end
        while not self._pipes.is_empty:
            # A process in the background may keep the pipe open for ever.
            found, now = self._pipes.read(0.05), time.monotonic()
            last_output = now if found else last_output
            if now - last_output > QUIET or now - end > LONGEST_REST:
                break

    def close(self) -> None:
        self._signal(signal.SIGKILL)
        for member in self.members:
            member.process.wait()
        self._pipes.close()
        for member in self.members:
            if member.log:
                member.log.close()

    def _running(self) -> bool:
        for member in self.members:
            if member.process.returncode is None and member.process.poll() and not self._stopping_since:
                self.failed = self.failed or member
        return any(member.process.returncode is None for member in self.members)

    def _end_the_rest(self) -> None:
        """When one has failed, or when only parameter servers are left."""
        now = time.monotonic()
        if self._stopping_since:
            if now - self._stopping_since > GRACE:
                self._signal(signal.SIGKILL)
        elif self.failed or all(each.is_server or each.process.returncode is not None for each in self.members):
            self._stopping_since = now
            self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        """To the group, which is named by its first process and outlives it."""
        if self.members:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.members[0].process.pid, number)


def _outcome(team: _Team, *, is_canceled: bool) -> CommandOutcome:
    if is_canceled:
        return CommandOutcome(JobStatus.CANCELED, Reason.of("CanceledByUser"))
    failed = team.failed
    if failed is None:
        return CommandOutcome(JobStatus.COMPLETED, Reason.of("CommandFinished"))
    code = failed.process.returncode
    by = signal.Signals(-code) if code < 0 else _SHELLS_SIGNALS.get(code)
    facts = {"exit_code": 128 - code if code < 0 else code, "detail": failed.last_error}
    if by:
        facts["signal"] = by.name
    if len(team.members) > 1:
        return CommandOutcome(
            JobStatus.FAILED, Reason.of("ProcessFailed", rank=failed.rank, processes=len(team.members), **facts)
        )
    return CommandOutcome(JobStatus.FAILED, Reason.of("CommandKilled" if by else "CommandFailed", **facts))


@contextmanager
def _interruptible() -> Iterator[None]:
    """A process that starts while SIGINT is ignored could never be interrupted: bash and Python go on ignoring it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
