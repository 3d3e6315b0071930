"""What a job takes of the machine."""

import os
import subprocess
import sys
import threading

import psutil
import pytest

from jupyter_azml.execution.usage import Usage, processes_of, sampled

BUSY = """
import subprocess, sys
work = "held = bytearray(60_000_000); print('ready', flush=True)\\nwhile True: pass"
subprocess.run([sys.executable, "-c", work])
"""


@pytest.fixture
def busy():
    """A process whose child takes a core and 60 MB."""
    process = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, start_new_session=True)
    process.stdout.readline()
    yield process.pid
    os.killpg(process.pid, 9)
    process.wait()
    process.stdout.close()


def test_what_its_processes_take_is_counted_and_nobody_elses(busy, tmp_path):
    assert len(processes_of(busy)) == 2
    assert os.getpid() not in {process.pid for process in processes_of(busy)}
    usage = Usage(str(tmp_path))
    usage.sample(busy)
    spent = psutil.Process(busy).children()[0].cpu_times().user
    while psutil.Process(busy).children()[0].cpu_times().user < spent + 0.3:
        os.sched_yield()
    found = usage.sample(busy)
    assert 0 < found["cpu_utilization_percentage"] <= 100
    assert 60 < found["system_memory_usage_megabytes"] < 500
    assert 0 < found["system_memory_usage_percentage"] < 100
    assert found["disk_available_megabytes"] > 0
    assert found["network_receive_megabytes"] >= 0
    assert not any(name.startswith("gpu") for name in found)


def test_a_card_is_asked_where_there_is_one(tmp_path, monkeypatch):
    smi = tmp_path / "nvidia-smi"
    smi.write_text("#!/bin/sh\necho '0, 75, 1000, 4000, 61.50'\necho '1, [N/A], 0, 4000, [N/A]'\n")
    smi.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    found = Usage(str(tmp_path)).sample(None)
    assert (found["gpu_0_utilization_percentage"], found["gpu_0_power_usage_watts"]) == (75, 61.5)
    assert found["gpu_0_memory_usage_percentage"] == 25
    assert found["gpu_0_memory_usage_megabytes"] == pytest.approx(1048.576)
    assert found["gpu_1_memory_usage_megabytes"] == 0
    assert "gpu_1_utilization_percentage" not in found


def test_what_ends_soon_is_not_sampled(tmp_path):
    noted, before = [], threading.active_count()
    with sampled(os.getpid, str(tmp_path), 60, noted.append):
        pass
    with sampled(os.getpid, str(tmp_path), 0, noted.append):
        assert threading.active_count() <= before + 1
    assert noted == []


def test_samples_are_named_as_mlflow_names_them_and_go_on_after_a_failure(tmp_path):
    noted, enough = [], threading.Event()

    def note(sample):
        noted.append(sample)
        if len(noted) == 1:
            raise OSError("the disk is full")
        enough.set()

    with sampled(os.getpid, str(tmp_path), 0.01, note):
        assert enough.wait(20)
    assert {"system/cpu_utilization_percentage", "system/disk_usage_megabytes"} <= set(noted[-1])
