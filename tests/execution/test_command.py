"""A command under bash: what it prints, how it ends, and that nothing of it stays."""

import os
import signal
import sys
import threading
import time

import psutil
import pytest

from jupyter_azml.entities import JobStatus
from jupyter_azml.execution.cancellation import Cancellation
from jupyter_azml.execution.command import run_command
from jupyter_azml.execution.distribution import Process
from jupyter_azml.execution.journal import CellJournal
from jupyter_azml.local.tail import read_all


class Rig:
    def __init__(self, folder):
        self.folder = folder
        self.events = folder / "events.ndjson"
        self.log = folder / "std_log.txt"
        self.cancellation = Cancellation()

    def run(self, command, processes=None, mask=()):
        journal = CellJournal(self.events, self.log, mask)
        try:
            return run_command(
                command,
                processes or [Process({})],
                folder=self.folder,
                environment={**os.environ, "PYTHONUNBUFFERED": "1"},
                journal=journal,
                logs=self.folder,
                cancellation=self.cancellation,
            )
        finally:
            journal.close()

    def printed(self, stream):
        return "".join(line["text"] for line in read_all(self.events) if line["stream"] == stream)


@pytest.fixture
def rig(tmp_path):
    return Rig(tmp_path)


def ranks(count):
    return [Process({"RANK": str(rank)}) for rank in range(count)]


def test_what_it_prints_stands_in_journal_and_log(rig):
    outcome = rig.run("echo out; echo err >&2; printf 'no end'")
    assert (outcome.status, outcome.reason.code) == (JobStatus.COMPLETED, "CommandFinished")
    assert rig.printed("stdout") == "out\nno end"
    assert rig.printed("stderr") == "err\n"
    assert "out\n" in rig.log.read_text()


def test_it_is_bash_and_goes_on_after_a_line_that_fails(rig):
    assert rig.run("false\n[[ a == a ]] && arr=(1 2)\necho ${arr[1]}").status is JobStatus.COMPLETED
    assert rig.printed("stdout") == "2\n"


@pytest.mark.parametrize(
    ("command", "code", "facts"),
    [
        ("exit 7", "CommandFailed", {"exit_code": 7, "detail": ""}),
        ("echo first >&2; echo last >&2; exit 1", "CommandFailed", {"exit_code": 1, "detail": "last"}),
        (f"{sys.executable} -c 'raise KeyError(3)'", "CommandFailed", {"exit_code": 1, "detail": "KeyError: 3"}),
        ("kill -SEGV $$", "CommandKilled", {"exit_code": 139, "detail": "", "signal": "SIGSEGV"}),
        ("nonsense", "CommandFailed", {"exit_code": 127, "detail": "bash: line 1: nonsense: command not found"}),
    ],
)
def test_its_exit_code_is_the_reason(rig, command, code, facts):
    outcome = rig.run(command)
    assert outcome.status is JobStatus.FAILED
    assert (outcome.reason.code, outcome.reason.values) == (code, facts)


def test_a_line_is_told_before_the_command_ends(rig):
    done = threading.Thread(target=rig.run, args=("echo now; until [ -e go ]; do sleep 0.02; done",))
    done.start()
    wait_for(lambda: rig.events.exists() and rig.printed("stdout") == "now\n")
    (rig.folder / "go").touch()
    done.join(10)
    assert not done.is_alive()


def test_a_progress_bar_is_told_before_its_line_ends(rig):
    command = r"printf '10%%\r20%%\r'; until [ -e go ]; do sleep 0.02; done; printf '30%%\n'"
    done = threading.Thread(target=rig.run, args=(command,))
    done.start()
    wait_for(lambda: rig.events.exists() and rig.printed("stdout") == "10%\r20%\r")
    (rig.folder / "go").touch()
    done.join(10)
    assert rig.printed("stdout") == "10%\r20%\r30%\n"


def test_bytes_that_are_no_text_and_signs_cut_by_a_pipe_do_no_harm(rig):
    script = r"import os, time; os.write(1, b'\xff\x00caf\xc3'); time.sleep(0.1); os.write(1, b'\xa9\n')"
    assert rig.run(f'{sys.executable} -c "{script}"').status is JobStatus.COMPLETED
    assert rig.printed("stdout") == "\ufffd\x00café\n"


def test_a_hundred_megabytes_in_one_line_pass_in_bounded_memory(rig):
    before = psutil.Process().memory_info().rss
    assert rig.run("head -c 100000000 /dev/zero | tr '\\0' x").status is JobStatus.COMPLETED
    assert rig.log.stat().st_size == 100_000_000
    assert max(len(line["text"]) for line in read_all(rig.events)) <= 16_384
    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_what_it_leaves_in_the_background_neither_holds_it_up_nor_stays(rig):
    begun = time.monotonic()
    assert rig.run("sleep 600 & echo $!").status is JobStatus.COMPLETED
    assert time.monotonic() - begun < 5
    left = int(rig.printed("stdout"))
    wait_for(lambda: not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE)


def test_a_chatty_background_process_does_not_hold_it_up_either(rig):
    begun = time.monotonic()
    assert rig.run("while true; do echo again; sleep 0.01; done & sleep 0.1").status is JobStatus.COMPLETED
    assert time.monotonic() - begun < 8


def test_what_a_helper_still_has_to_say_is_read(rig):
    rig.run("echo late > >(sleep 0.1; cat)")
    assert rig.printed("stdout") == "late\n"


def test_a_stop_interrupts_as_ctrl_c_does_even_where_sigint_is_ignored(rig):
    script = "import time\\ntry:\\n print(1)\\n time.sleep(60)\\nexcept KeyboardInterrupt:\\n print('saved')\\n raise"
    timer = threading.Thread(target=lambda: (wait_for(lambda: rig.printed("stdout")), rig.cancellation.request()))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        rig.events.touch()
        timer.start()
        outcome = rig.run(f"{sys.executable} -c $'{script.replace(chr(39), chr(92) + chr(39))}'")
    finally:
        signal.signal(signal.SIGINT, before)
    timer.join()
    assert (outcome.status, outcome.reason.code) == (JobStatus.CANCELED, "CanceledByUser")
    assert rig.printed("stdout") == "1\nsaved\n"


def test_a_second_stop_kills_what_does_not_listen(rig):
    def stop():
        wait_for(lambda: rig.printed("stdout"))
        rig.cancellation.request()
        rig.cancellation.request()

    rig.events.touch()
    timer = threading.Thread(target=stop)
    timer.start()
    assert rig.run("trap '' INT; echo deaf; while true; do sleep 0.1; done").status is JobStatus.CANCELED
    timer.join()


def test_a_stop_before_the_start_starts_nothing(rig):
    rig.cancellation.request()
    assert rig.run("touch started").status is JobStatus.CANCELED
    assert not (rig.folder / "started").exists()


def test_each_of_several_processes_has_its_log_and_the_first_is_followed(rig):
    assert rig.run("echo I am $RANK", ranks(3)).status is JobStatus.COMPLETED
    assert rig.printed("stdout") == "I am 0\n"
    logs = [rig.folder / f"std_log_process_0{rank}.txt" for rank in range(3)]
    assert [log.read_text() for log in logs] == ["I am 0\n", "I am 1\n", "I am 2\n"]


def test_one_that_fails_ends_the_others_and_is_named(rig):
    begun = time.monotonic()
    outcome = rig.run("if [ $RANK = 1 ]; then echo broken >&2; exit 5; fi; sleep 60", ranks(3))
    assert time.monotonic() - begun < 10
    assert outcome.status is JobStatus.FAILED
    assert outcome.reason.values == {"rank": 1, "processes": 3, "exit_code": 5, "detail": "broken"}


def test_parameter_servers_end_when_the_workers_have(rig):
    processes = [Process({"ROLE": "worker"}), Process({"ROLE": "ps"}, is_server=True)]
    assert rig.run("[ $ROLE = worker ] || sleep 60", processes).status is JobStatus.COMPLETED


def test_a_secret_is_written_down_nowhere(rig):
    outcome = rig.run("echo s3cret; echo no s3cret >&2; exit 1", ranks(2), mask=["s3cret"])
    assert outcome.reason.values["detail"] == "no ***"
    assert not any("s3cret" in file.read_text() for file in rig.folder.iterdir())


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
