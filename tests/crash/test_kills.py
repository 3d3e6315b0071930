"""A few kills at random moments; ``python -m tests.crash.kills`` makes hundreds."""

import random

import pytest

from tests.crash.kills import Trials


@pytest.mark.timeout(300)
def test_every_job_ends_as_it_should_whatever_is_killed_and_when(tmp_path, monkeypatch):
    monkeypatch.setenv("AZML_TEST_RUNS", "")
    seed = random.randrange(10**6)
    figures = Trials(tmp_path, seed).run(3)
    # How long it takes is for the command to judge, on a machine that does nothing else.
    assert [fault for fault in figures.faults if "until all had ended" not in fault] == [], f"seed {seed}"
    assert figures.jobs >= 6
