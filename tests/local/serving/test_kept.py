"""How one model server is kept: started again after ever longer pauses, ended when it lives and does not answer."""

import json
from types import SimpleNamespace

import pytest

from jupyter_azml.entities import OnlineDeployment, Probe
from jupyter_azml.local.serving import kept as kept_room
from jupyter_azml.local.serving.kept import LOOP, Kept, failure


class Server:
    """Lives, answers and ends as it is told."""

    def __init__(self, folder):
        self.deployment = OnlineDeployment(name="blue", endpoint_name="churn")
        self.paths = SimpleNamespace(prepared=folder / "prepared.json")
        self.paths.prepared.write_text(json.dumps({"interpreter": "python"}))
        self.is_alive, self.answers, self.starts, self.kills = True, True, [], 0

    def start(self, _interpreter):
        self.is_alive = True
        self.starts.append(kept_room.time.monotonic())

    def stop(self, *, kill):
        self.kills += kill
        self.is_alive = False

    def is_well(self, _seconds):
        return self.answers

    def last_words(self, most=0):
        return "MemoryError: no room\n"

    def rotate_log(self):
        pass


@pytest.fixture(scope="module")
def azml_home():
    """None is needed."""


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1_000.0)
    monkeypatch.setattr(kept_room, "time", SimpleNamespace(monotonic=lambda: clock.now))
    # Asked and answered at once.
    monkeypatch.setattr(kept_room, "_asking", SimpleNamespace(submit=lambda ask, *a: _Answered(ask(*a))))
    return clock


class _Answered:
    def __init__(self, value):
        self.result = lambda: value

    def done(self):
        return True


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path)


def test_one_that_ends_again_and_again_is_started_after_longer_and_longer_pauses_and_called_a_loop(clock, server):
    kept = Kept(None, server)
    assert kept.watch() is None
    told = []
    for _second in range(2_000):
        server.is_alive = False  # it never lives for long
        clock.now += 0.1
        reason = kept.watch()
        told.append(reason.code if reason else "")
    pauses = [round(after - before) for before, after in zip(server.starts, server.starts[1:], strict=False)]
    assert pauses[:7] == [1, 2, 4, 8, 16, 30, 30]
    assert told.index("CrashLoop") > told.index("ServerRestarting")
    trouble = kept.watch()
    assert (trouble.code, trouble.values["count"] > LOOP) == ("CrashLoop", True)
    assert "MemoryError: no room" in trouble.message

    # Once it stays, it answers at once, and after a minute the ends of before are forgotten.
    while not server.is_alive:
        clock.now += 0.1
        kept.watch()
    clock.now += 1
    assert kept.watch().code == "CrashLoop"
    clock.now += 61
    assert kept.watch() is None
    server.is_alive = False
    before = clock.now
    kept.watch()
    assert server.starts[-1] == before


def test_one_that_lives_and_does_not_answer_is_ended_after_as_many_probes_as_were_asked_for(clock, server):
    server.deployment = server.deployment.model_copy(
        update={"liveness_probe": Probe(period=5, timeout=1, failure_threshold=3)}
    )
    kept = Kept(None, server)
    assert kept.watch() is None
    server.answers = False
    for _second in range(14):
        clock.now += 1
        kept.watch()
    assert server.kills == 0
    server.answers = True  # a pause that it recovers from is none
    clock.now += 5
    kept.watch()
    server.answers = False
    for _second in range(14):
        clock.now += 1
        kept.watch()
    assert server.kills == 0
    for _second in range(3):
        clock.now += 1
        kept.watch()
    assert server.kills == 1
    kept.watch()
    assert len(server.starts) == 1


HARMLESS = """azmlinfsrv.trace - Error while fetching model IDs
Traceback (most recent call last):
  File "appinsights_client.py", line 230, in _get_model_ids
NotADirectoryError: [Errno 20] Not a directory: 'model.pkl'
azmlinfsrv.user_script - Invoking user's init function
"""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("[ERROR] Worker (pid:7) exited with code 3.\n[ERROR] Reason: Worker failed to boot.\n", "exited with code 3"),
        ("User's init function failed\nTraceback (most recent call last):\n  File\nValueError: no\n", "ValueError: no"),
    ],
)
def test_why_a_server_did_not_come_up_is_what_the_script_did(words, why):
    class Ended:
        def last_words(self, _bytes):
            return HARMLESS + words

    assert failure(Ended()).values["detail"] == why
