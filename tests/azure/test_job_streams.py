"""Following a job in Azure when what lets a reader in runs out meanwhile; a log that is long, odd or not there."""

import itertools
import json
from datetime import timedelta

import pytest
from azure.core.credentials import AccessToken

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.azure import AzureWorkspace, run_log
from jupyter_azml.azure.run_log import LogState, events_in
from jupyter_azml.emulator import storage
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.emulator.tokens import Issuer
from jupyter_azml.entities import CellChanged, CommandSpec, JobStatus, LogLines, StatusChanged
from jupyter_azml.execution.remote import MARK
from jupyter_azml.local.records import insert_job
from tests.fakes.loopback import SECRET, FixedToken, Stage, served
from tests.fakes.workspace import NOON, make_job


@pytest.fixture
def past(workspace):
    """A job that has ended, with this log."""

    def put(name: str, text: str) -> str:
        spec = CommandSpec(command="python train.py", name=name)
        ended = {"started": NOON, "ended": NOON + timedelta(hours=1)}
        with workspace.jobs._db.write() as connection:
            insert_job(connection, make_job(name, JobStatus.COMPLETED, spec=spec, type="command", **ended))
        log = workspace.jobs._paths.job(name).std_log
        log.parent.mkdir(parents=True)
        log.write_text(text)
        return name

    return put


@pytest.fixture
def connect(workspace, tmp_path):
    stage = Stage()
    stage.app = create_app(workspace, SECRET, tmp_path / "emulator")
    with served(stage) as url:
        yield lambda credential=None: AzureWorkspace(
            SUBSCRIPTION, RESOURCE_GROUP, "local", credential=credential or FixedToken(), base_url=url
        )


def told(events) -> str:
    return "".join(event.text for event in events if isinstance(event, LogLines))


def test_a_token_that_expires_in_the_middle_of_a_stream_is_replaced(connect, past, monkeypatch):
    monkeypatch.setattr(run_log, "LONGEST", 64)
    name = past("j", "".join(f"line {n}\n" for n in range(200)))
    issuer, asked = Issuer(SECRET), []

    class Short:
        """Each token is of no use a moment after it was given."""

        def get_token(self, *scopes, **options):
            asked.append(scopes)
            seconds = -60 if len(asked) == 2 else 3600
            return AccessToken(issuer.issue("https://management.azure.com", seconds=seconds), 1)

    events = list(JobStream(connect(Short()), name))
    assert told(events) == "".join(f"line {n}\n" for n in range(200))
    assert isinstance(events[-1], StatusChanged)
    assert events[-1].status is JobStatus.COMPLETED
    assert len(asked) > 3


def test_the_address_of_a_log_that_has_expired_is_asked_for_again(connect, past, monkeypatch):
    lives = itertools.chain([timedelta(seconds=-5), timedelta(seconds=-5)], itertools.repeat(timedelta(hours=1)))
    sign = storage.StorageAccount.signature

    def short(self, *words):
        monkeypatch.setattr(storage, "_LIFE", next(lives))
        return sign(self, *words)

    monkeypatch.setattr(storage.StorageAccount, "signature", short)
    assert told(list(JobStream(connect(), past("k", "hello\n")))) == "hello\n"


def test_a_reader_goes_on_from_its_cursor_by_ranges(connect, past, monkeypatch):
    monkeypatch.setattr(run_log, "LONGEST", 40)
    text = "".join(f"{n} été ✓\n" for n in range(100)) + "no end of line"
    name, azure = past("j", text), connect()
    cursor, found, looks = "", "", 0
    while looks < 100:
        batch = azure.jobs.events({name: cursor})
        found, cursor, looks = found + told(batch.events), batch.cursors[name], looks + 1
        if any(isinstance(event, StatusChanged) and event.status.is_terminal for event in batch.events):
            break
    assert found == text
    assert looks > 3
    assert azure.jobs.events({name: cursor}).events == ()
    assert told(azure.jobs.events({name: "nonsense"}).events) == told(azure.jobs.events({name: ""}).events)


def test_a_log_that_is_not_there_or_is_empty_ends_all_the_same(connect, past, workspace):
    name = past("j", "")
    assert [event.status for event in connect().jobs.events({name: ""}).events][-1] is JobStatus.COMPLETED
    workspace.jobs._paths.job(past("k", "x")).std_log.unlink()
    assert [event.status for event in connect().jobs.events({"k": ""}).events][-1] is JobStatus.COMPLETED


def test_what_looks_like_the_journal_and_is_none_stays_text():
    state = LogState(has_begun=True)
    facts = {"event": "CellChanged", "at": "2026-11-21T10:00:00+00:00", "cell": 1, "cells": 2, "state": "running"}
    cell = f"{MARK}{json.dumps(facts)}\n"
    odd = [f"{MARK}not json\n", f'{MARK}{{"event": "CellChanged", "cell": "x"}}\n', f"{MARK}[1]\n"]
    stderr = f'{MARK}{{"event": "Stream", "stream": "stderr"}}\ntwo\n'
    events = events_in("j", "".join(["one", cell, *odd, stderr]), state, is_notebook=True)
    assert [type(event) for event in events] == [LogLines, CellChanged, LogLines, LogLines]
    assert told(events) == "".join(["one", *odd, "two\n"])
    assert (events[-1].stream, events[-1].cell) == ("stderr", 1)


@pytest.mark.parametrize("values", [{}, {"cell": 1}, {"ename": "E", "evalue": "e", "cell": 1, "code": "x"}, None, 3])
def test_an_end_that_makes_no_sentence_is_none(values):
    state = LogState(end={"code": "CellFailed", "values": values})
    assert state.reason is None or state.reason.message == "Cell 1 raised E: e"
