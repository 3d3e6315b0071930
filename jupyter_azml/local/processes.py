"""Processes are named by id and time of creation, and only to send them signals: liveness is a lock's business."""

import json
import os
import signal
from pathlib import Path

import psutil

from .files import read_json


def identity(**facts: object) -> str:
    """This process, and what else is to be known of it, as JSON."""
    process = psutil.Process()
    return json.dumps({"pid": process.pid, "created": process.create_time(), **facts})


def signal_process(path: Path, *, kill: bool = False) -> bool:
    """To the process whose identity is in the file; says whether there was one. It may not have written it yet."""
    return _signal(path, signal.SIGKILL if kill else signal.SIGTERM)


def interrupt_process(path: Path) -> bool:
    """The same, as Ctrl-C does: a kernel that has nothing to do does not mind."""
    return _signal(path, signal.SIGINT)


def end_processes_of(job: str) -> None:
    """Kills what a job left running: a kernel whose worker was killed, a process that a cell put in the background."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("AZUREML_RUN_ID") == job:
                process.kill()
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue


def _signal(path: Path, number: signal.Signals) -> bool:
    known = read_json(path)
    if not known:
        return False
    try:
        process = psutil.Process(known["pid"])
        if abs(process.create_time() - known["created"]) > 1:
            return False
        os.kill(process.pid, number)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return False
    return True
