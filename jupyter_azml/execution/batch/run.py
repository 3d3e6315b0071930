"""Hands mini-batches to worker processes, and again to another one when a worker died, hung or failed.

A worker leaves what a mini-batch gave in a file named after the mini-batch, whole, by rename. Whoever does the same
mini-batch once more writes the same file: so each row is in the output once, whenever which process is killed.
"""

import logging
import queue
import shutil
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from .hand import Hand, InitFailedError, WorkerLostError
from .plan import MiniBatch, Plan
from .progress import Progress

_log = logging.getLogger("azml.batch")


class BatchFailedError(Exception):
    """The batch as a whole; its text is for people."""


class Outcome(NamedTuple):
    files: int
    failed: int
    """Files without a result."""


def run_batch(plan: Plan, batches: Sequence[MiniBatch], progress: Progress) -> Outcome:
    """Raises BatchFailedError."""
    shutil.rmtree(plan.parts, ignore_errors=True)
    plan.parts.mkdir(parents=True)
    plan.output.mkdir(parents=True, exist_ok=True)
    team = _Team(plan, batches, progress)
    threads = [
        threading.Thread(target=team.work, name=f"slot-{number}", daemon=True)
        for number in range(min(plan.workers, len(batches)))
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)  # a thread that is joined for good would keep Ctrl-C waiting
    finally:
        team.stop()
    if team.fault:
        raise BatchFailedError(team.fault)
    return Outcome(sum(len(batch.files) for batch in batches), team.failed)


class _Team:
    def __init__(self, plan: Plan, batches: Sequence[MiniBatch], progress: Progress) -> None:
        self.failed = 0
        self.fault = ""
        """Why the whole batch ends."""
        self._plan = plan
        self._progress = progress
        self._queue: queue.SimpleQueue[MiniBatch] = queue.SimpleQueue()
        for batch in batches:
            self._queue.put(batch)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._hands: set[Hand] = set()

    def work(self) -> None:
        """One slot: a process after the other, as long as there are mini-batches."""
        hand: Hand | None = None
        while not self._stopped.is_set():
            try:
                batch = self._queue.get_nowait()
            except queue.Empty:
                break
            try:
                hand = self._score(batch, hand)
            except InitFailedError as error:
                self._end(str(error))
            except Exception as error:  # a slot that ends silently would leave its mini-batch undone
                _log.exception("mini-batch %d", batch.number)
                self._end(f"{type(error).__name__}: {error}")
        self._dismiss(hand)

    def stop(self) -> None:
        self._stopped.set()
        with self._lock:
            hands = list(self._hands)
        for hand in hands:
            hand.kill()

    def _score(self, batch: MiniBatch, hand: Hand | None) -> Hand | None:
        """The process that it is left with, if it lives."""
        beginning = time.monotonic()
        for attempt in range(1, self._plan.max_retries + 2):
            try:
                hand = hand or self._hire()
                failed = hand.score(batch, self._plan.timeout)
                self._count(batch, failed, time.monotonic() - beginning)
                return hand
            except WorkerLostError as lost:
                if self._stopped.is_set():
                    return None
                if not lost.is_alive:
                    self._dismiss(hand)
                    hand = None
                _log.warning(
                    "Mini-batch %d, attempt %d of %d: %s", batch.number, attempt, self._plan.max_retries + 1, lost
                )
        self._count(batch, len(batch.files), time.monotonic() - beginning)
        return hand

    def _count(self, batch: MiniBatch, failed: int, seconds: float) -> None:
        with self._lock:
            self.failed += failed
            total = self.failed
        self._progress.finished(len(batch.files), seconds, failed=failed > 0)
        if 0 <= self._plan.error_threshold < total:
            self._end(f"{total} files failed, and error_threshold allows {self._plan.error_threshold}.")

    def _end(self, fault: str) -> None:
        with self._lock:
            self.fault = self.fault or fault
        self.stop()

    def _hire(self) -> Hand:
        hand = Hand(self._plan)
        with self._lock:
            self._hands.add(hand)
        if self._stopped.is_set():
            hand.kill()
        return hand

    def _dismiss(self, hand: Hand | None) -> None:
        if hand:
            hand.kill()
            with self._lock:
                self._hands.discard(hand)
