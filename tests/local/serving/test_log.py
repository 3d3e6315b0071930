"""The log of a deployment, read as it grows, and when it has become another file meanwhile."""

import pytest

from jupyter_azml.local.serving import log as log_room
from jupyter_azml.local.serving.log import read_log, rotate


@pytest.fixture(scope="module")
def azml_home():
    """None is needed."""


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(log_room, "LONGEST", 100)
    return tmp_path / "model.log"


def test_who_follows_it_reads_every_line_once_also_when_it_is_rotated(log):
    lines, offset, read = [f"line {number}\n" for number in range(200)], 0, ""
    for number, line in enumerate(lines):
        with log.open("a") as file:
            file.write(line)
        if number % 3 == 0:
            text, offset = read_log(log, tail=0, offset=offset)
            read += text
        rotate(log)
    read += read_log(log, tail=0, offset=offset)[0]
    assert read == "".join(lines)
    assert log.stat().st_size <= 100
    assert [path.name for path in log.parent.iterdir()].count("model.1.log") == 1


def test_the_last_lines_are_found_on_both_sides_of_a_rotation(log):
    log.write_text("".join(f"old {number}\n" for number in range(20)))
    assert rotate(log)
    assert not rotate(log)
    with log.open("a") as file:
        file.write("new 0\nnew 1\n")
    assert read_log(log, tail=3)[0] == "old 19\nnew 0\nnew 1\n"
    assert read_log(log, tail=1) == ("new 1\n", 12)
    assert read_log(log, tail=0)[0] == ""


def test_there_is_none_before_anything_is_written(log):
    assert read_log(log, tail=10) == ("", 0)
    assert read_log(log, tail=10, offset=5) == ("", 0)
