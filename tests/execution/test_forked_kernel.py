"""A kernel that was forked is a kernel that was started, for all that a notebook can see."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest

from jupyter_azml.execution import forked_kernel
from jupyter_azml.execution.cancellation import Cancellation
from jupyter_azml.execution.forked_kernel import KernelServer
from jupyter_azml.execution.kernel import started_kernel

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

FACTS = """
import asyncio, faulthandler, gc, json, locale, os, signal, sys, tempfile, threading, time, warnings
def kind(number):
    try:
        return os.readlink(f"/proc/self/fd/{number}").partition(":")[0]
    except OSError:
        return None
facts = {
    "modules": sorted(sys.modules), "path": sys.path, "argv": sys.argv[:2], "orig_argv": sys.orig_argv[:4],
    "executable": sys.executable, "flags": str(sys.flags), "xoptions": sys._xoptions, "cwd": os.getcwd(),
    "environment": {k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"},
    "has_parent": os.environ["JPY_PARENT_PID"] == str(os.getppid()), "zone": time.tzname, "mask": os.umask(0o22),
    "leads": os.getpid() == os.getpgrp() == os.getsid(0),
    "threads": sorted(t.name.rstrip("0123456789") for t in threading.enumerate()),
    # Without ZeroMQ's eventfds: a kernel that was started has printed a warning of the debugger's.
    "files": sorted(k for k in map(kind, os.listdir("/proc/self/fd")) if k not in (None, "anon_inode")),
    "stdin": kind(0), "stdout": kind(1),
    "signals": {int(s): str(signal.getsignal(s)).partition(" at 0x")[0] for s in signal.valid_signals()},
    "filters": len(warnings.filters), "faults": faulthandler.is_enabled(), "limit": sys.getrecursionlimit(),
    "locale": locale.getlocale(), "encodings": [sys.stdout.encoding, sys.__stdout__.encoding, sys.stdin.encoding],
    "temporary": tempfile.gettempdir(), "loop": type(asyncio.get_running_loop()).__name__, "names": sorted(globals()),
    "main": sorted(vars(sys.modules["__main__"])), "freeze": gc.get_freeze_count(), "enabled": gc.isenabled(),
    "blocked": str(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
}
print(json.dumps(facts))
"""
WORKS = """
import asyncio, multiprocessing, subprocess
import matplotlib.pyplot as plt
def square(n): return n * n
with multiprocessing.get_context("fork").Pool(2) as pool: print(pool.map(square, [1, 2]))
with multiprocessing.get_context("spawn").Pool(1) as pool: print(pool.map(abs, [-3]))
await asyncio.sleep(0)
_ = plt.plot([1, 2])
plt.show()
!echo from the shell
print(subprocess.run(["cat"], input=b"through a pipe", capture_output=True).stdout)
try:
    input()
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def server(monkeypatch):
    """Kernels are forked from here on."""
    served = KernelServer([sys.executable])
    monkeypatch.setattr(forked_kernel, "_server", served)
    yield served._process
    served._process.kill()
    served._process.wait()


@contextmanager
def kernel():
    cancellation = Cancellation()
    with started_kernel("python3", cancellation) as started:
        started.wait_until_ready(60, cancellation)
        yield started


def told(started, code):
    """What the code prints, and the kinds of what it displays."""
    asked, text, is_idle, deadline = started.execute(code, stop_on_error=True), "", False, time.monotonic() + 60
    while not is_idle:
        assert time.monotonic() < deadline, text
        for message in started.receive(0.2):
            if message["parent_header"].get("msg_id") != asked or message["channel"] != "iopub":
                continue
            content = message["content"]
            is_idle = is_idle or content.get("execution_state") == "idle"
            text += content.get("text", "") + "".join(content.get("traceback", []))
            text += " ".join(content.get("data", ()))
    return text


def is_forked(started):
    return isinstance(started.manager.provisioner.process, forked_kernel.ForkedKernel)


def test_a_notebook_cannot_tell_that_its_kernel_was_forked(request, tmp_path, monkeypatch):
    # A module of the user's that a kernel would import if it looked there.
    (tmp_path / "code.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with kernel() as started:
        assert not is_forked(started)
        plain, works = json.loads(told(started, FACTS)), told(started, WORKS)
    request.getfixturevalue("server")
    randoms = []
    for _ in range(2):
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        monkeypatch.setenv("AZUREML_RUN_ID", "tidy_fern")
        with kernel() as started:
            assert is_forked(started)
            forked = json.loads(told(started, FACTS))
            randoms.append(told(started, "import random, uuid; print(random.random(), uuid.uuid4())"))
            shown = psutil.Process(started.process_id()).environ()["AZUREML_RUN_ID"]
    assert shown == "tidy_fern"
    assert randoms[0] != randoms[1]
    assert forked.pop("zone") == ["JST", "JST"]
    plain.pop("zone")
    added = {"TZ": "Asia/Tokyo", "AZUREML_RUN_ID": "tidy_fern"}
    assert forked.pop("environment") == {**plain.pop("environment"), **added}
    assert sorted(set(forked["modules"]) ^ set(plain["modules"])) == []
    assert forked == plain
    with kernel() as started:
        assert told(started, WORKS) == works
    assert "from the shell" in works
    assert "image/png" in works
    assert "StdinNotImplementedError" in works


def test_an_interrupt_reaches_it_and_its_death_is_told_with_its_signal(server):
    with kernel() as started:
        # A kernel that stops on an error drops what was asked before it has said so.
        asked = started.execute("print('on', flush=True)\nwhile True: pass", stop_on_error=False)
        until(started, asked, lambda message: message["msg_type"] == "stream")
        started.interrupt()
        heard = until(started, asked, lambda message: message["msg_type"] == "error")
        assert heard["content"]["ename"] == "KeyboardInterrupt"
        assert started.exit_code() is None
        started.execute("import os; os.kill(os.getpid(), 9)", stop_on_error=True)
        assert ended(started) == -signal.SIGKILL
    with kernel() as started:
        started.execute("import os; os._exit(7)", stop_on_error=True)
        assert ended(started) == 7


def test_whoever_asked_for_it_is_killed_and_it_goes_too_with_what_it_started(server):
    ask = "import sys, time; from tests.execution.test_forked_kernel import *; "
    ask += "forked_kernel._server = KernelServer([sys.executable]); context = kernel(); k = context.__enter__(); "
    ask += "assert is_forked(k); print(k.process_id(), flush=True); print(told(k, 'import subprocess; "
    ask += 'print(subprocess.Popen(["sleep", "600"]).pid)\'), flush=True); time.sleep(600)'
    asker = subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True)
    processes = [psutil.Process(int(asker.stdout.readline())) for _ in range(2)]
    asker.kill()
    asker.wait()
    _gone, left = psutil.wait_procs(processes, timeout=10)
    assert left == []


def test_the_server_is_killed_and_the_kernel_is_dead_for_whoever_asked_for_it(server):
    with kernel() as started:
        process = psutil.Process(started.process_id())
        server.kill()
        assert ended(started) == -signal.SIGKILL
        _gone, left = psutil.wait_procs([process], timeout=10)
        assert left == []
    with kernel() as started:
        assert not is_forked(started)


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "LD_LIBRARY_PATH", "LC_ALL"])
def test_a_variable_that_acts_when_a_process_starts_makes_it_start_one(server, monkeypatch, name):
    monkeypatch.setenv(name, "C" if name == "LC_ALL" else "0")
    with kernel() as started:
        assert not is_forked(started)
        assert told(started, f"import os; print(os.environ[{name!r}])").strip() == os.environ[name]


def test_packages_that_were_installed_since_make_it_start_one(server, tmp_path):
    with kernel() as started:
        assert is_forked(started)
        (place,) = told(started, "import site; print(site.getsitepackages()[0])").split()
    before = os.stat(place)
    try:
        os.utime(place)
        with kernel() as started:
            assert not is_forked(started)
    finally:
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_server_that_does_not_answer_is_not_waited_for_long(server, monkeypatch):
    with kernel() as started:
        assert is_forked(started)
    monkeypatch.setattr(forked_kernel, "PATIENCE", 0.2)
    server.send_signal(signal.SIGSTOP)
    with kernel() as started:
        assert not is_forked(started)
        server.send_signal(signal.SIGCONT)
        # It answers late, and must not leave a second kernel on the sockets of the first.
        assert told(started, "print(1)") == "1\n"
    deadline = time.monotonic() + 10
    while psutil.Process(server.pid).children():
        assert time.monotonic() < deadline


def until(started, asked, is_meant):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for message in started.receive(0.2):
            if message["parent_header"].get("msg_id") == asked and is_meant(message):
                return message
    raise AssertionError("no such message")


def ended(started):
    deadline = time.monotonic() + 10
    while (code := started.exit_code()) is None:
        assert time.monotonic() < deadline
    return code
