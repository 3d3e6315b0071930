"""What a job takes of the machine, sampled while it runs.

Names and units are those of MLflow's system metrics (https://mlflow.org/docs/latest/system-metrics); CPU and memory are
those of the job's own processes.
"""

import csv
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psutil

from ..entities import OF_MACHINE

MEGABYTE = 1e6

Sample = dict[str, float]


@contextmanager
def sampled(
    process: Callable[[], int | None], folder: str, seconds: float, note: Callable[[Sample], None]
) -> Iterator[None]:
    """Notes a sample every so many seconds: nothing of what ends sooner, and nothing at all for 0 seconds.

    ``process`` answers with a process of the job while there is one; ``folder`` names the disk that is meant.
    """
    is_over = threading.Event()

    def follow() -> None:
        usage = Usage(folder)
        while not is_over.wait(seconds):
            with suppress(Exception):  # what measures must not end what it measures
                note({OF_MACHINE + name: round(value, 3) for name, value in usage.sample(process()).items()})

    if seconds > 0:
        threading.Thread(target=follow, name="azml-usage", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


class Usage:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._network = psutil.net_io_counters()
        self._smi = shutil.which("nvidia-smi")
        self._at = time.monotonic()
        self._seconds = 0.0

    def sample(self, process: int | None) -> Sample:
        found = self._of_processes(process) if process else {}
        return {**found, **self._of_disk(), **self._of_network(), **self._of_gpus()}

    def _of_processes(self, process: int) -> Sample:
        cpu, memory = 0.0, 0
        for each in processes_of(process):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                # What ended meanwhile is in the times of its parent's children.
                cpu += sum(each.cpu_times()[:4])
                memory += each.memory_info().rss
        now = time.monotonic()
        share = max(0.0, cpu - self._seconds) / (now - self._at) / (os.cpu_count() or 1)
        self._at, self._seconds = now, cpu
        total = psutil.virtual_memory().total
        return {
            "cpu_utilization_percentage": min(100 * share, 100.0),
            "system_memory_usage_megabytes": memory / MEGABYTE,
            "system_memory_usage_percentage": 100 * memory / total,
        }

    def _of_disk(self) -> Sample:
        disk = psutil.disk_usage(self._folder)
        return {
            "disk_usage_percentage": disk.percent,
            "disk_usage_megabytes": disk.used / MEGABYTE,
            "disk_available_megabytes": disk.free / MEGABYTE,
        }

    def _of_network(self) -> Sample:
        """Of the machine, since the job began."""
        now = psutil.net_io_counters()
        return {
            "network_receive_megabytes": (now.bytes_recv - self._network.bytes_recv) / MEGABYTE,
            "network_transmit_megabytes": (now.bytes_sent - self._network.bytes_sent) / MEGABYTE,
        }

    def _of_gpus(self) -> Sample:
        if self._smi is None:
            return {}
        query = "--query-gpu=index,utilization.gpu,memory.used,memory.total,power.draw"
        told = subprocess.run(
            [self._smi, query, "--format=csv,noheader,nounits"], capture_output=True, text=True, timeout=5, check=False
        )
        found: Sample = {}
        for index, busy, used, total, power in csv.reader(told.stdout.splitlines(), skipinitialspace=True):
            names = {"utilization_percentage": busy, "power_usage_watts": power}
            with suppress(ValueError):  # a card may not tell everything: "[N/A]"
                mebibyte = 2**20 / MEGABYTE
                found[f"gpu_{index}_memory_usage_megabytes"] = float(used) * mebibyte
                found[f"gpu_{index}_memory_usage_percentage"] = 100 * float(used) / float(total)
            for name, value in names.items():
                with suppress(ValueError):
                    found[f"gpu_{index}_{name}"] = float(value)
        return found


def processes_of(process: int) -> list[psutil.Process]:
    """Those of its group, and whatever they started."""
    parents: dict[int, int] = {}
    groups: dict[int, int] = {}
    for each in psutil.process_iter(["ppid"]):
        with suppress(ProcessLookupError):
            parents[each.pid], groups[each.pid] = each.info["ppid"], os.getpgid(each.pid)
    group = groups.get(process)
    found = {pid for pid, its in groups.items() if its == group}
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    members = []
    for pid in sorted(found):
        with suppress(psutil.NoSuchProcess):
            members.append(psutil.Process(pid))
    return members
