"""What runs for tests, and its end."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil


def processes_below(folder: Path, but: Iterable[int] = ()) -> list[psutil.Process]:
    """Agents, workers and kernels that belong to a workspace below the folder. ``but`` has numbers of others."""
    found = []
    for number in set(psutil.pids()).difference(but, [os.getpid()]):
        with suppress(psutil.Error):
            process = psutil.Process(number)
            words = [*process.cmdline(), process.environ().get("AZML_HOME", "")]
            if any(str(folder) in word for word in words):
                found.append(process)
    return found


def processes_of(job: str) -> list[psutil.Process]:
    """Its worker, kernel or shell, and whatever these have started."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("AZUREML_RUN_ID") == job:
                found.append(process)
    return found


def command_lines_below(folder: Path) -> list[str]:
    """The same, as lines; what ends meanwhile is left out."""
    lines = []
    for process in processes_below(folder):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            lines.append(" ".join(process.cmdline()))
    return lines


def end_processes_below(folder: Path, but: Iterable[int] = ()) -> None:
    found = processes_below(folder, but)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    deadline = time.monotonic() + 10
    while any(is_alive(process) for process in found) and time.monotonic() < deadline:
        time.sleep(0.005)


def is_alive(process: psutil.Process) -> bool:
    """One that has ended may be listed for as long as whoever inherited it takes to ask how it ended."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
