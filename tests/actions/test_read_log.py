"""Logs piece by piece: nothing twice, nothing lost, no half characters."""

from io import BytesIO
from types import SimpleNamespace

import pytest

from jupyter_azml.actions import read_log as reading
from jupyter_azml.actions.read_log import read_log


@pytest.fixture
def workspace(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 20)
    log = SimpleNamespace(content=b"")
    return SimpleNamespace(jobs=SimpleNamespace(open=lambda _name, _path: BytesIO(log.content)), log=log)


def test_the_end_comes_first_and_then_what_is_before_it(workspace):
    workspace.log.content = b"".join(b"line %d\n" % number for number in range(9))
    part = read_log(workspace, "a")
    parts = [part.text]
    while part.start:
        part = read_log(workspace, "a", end=part.start)
        parts.insert(0, part.text)
    assert "".join(parts).encode() == workspace.log.content
    assert all(text.startswith("line") for text in parts)


def test_a_reader_goes_on_where_it_was(workspace):
    workspace.log.content = b"one\ntw"
    first = read_log(workspace, "a")
    assert (first.text, first.end) == ("one\ntw", 6)
    workspace.log.content += b"o\n" + b"x" * 30 + b"\nend\n"
    texts, at = [], first.end
    while at < len(workspace.log.content):
        part = read_log(workspace, "a", start=at)
        texts.append(part.text)
        at = part.end
    assert "".join(texts) == "o\n" + "x" * 30 + "\nend\n"


def test_no_character_is_cut_in_two(workspace):
    whole = "é" * 3 + "🚀"
    encoded = whole.encode()
    for length in range(1, len(encoded) + 1):
        workspace.log.content = encoded[:length]
        first = read_log(workspace, "a")
        workspace.log.content = encoded
        rest = read_log(workspace, "a", start=first.end)
        assert first.text + rest.text == whole


def test_a_file_that_became_shorter_says_so(workspace):
    workspace.log.content = b"again\n"
    part = read_log(workspace, "a", start=100)
    assert (part.text, part.size) == ("", 6)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe broken \xf0\n", b"\n" * 50])
def test_whatever_was_written_can_be_read(workspace, content):
    workspace.log.content = content
    part = read_log(workspace, "a")
    assert part.end == part.size
