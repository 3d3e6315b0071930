"""What a terminal shows of a job as it happens, drawn into a terminal that is kept in memory."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from jupyter_azml.cli.board import Board
from jupyter_azml.cli.output_lines import OutputLines
from jupyter_azml.cli.stream import Telling
from jupyter_azml.cli.text import is_plain
from jupyter_azml.entities import CellChanged, JobStatus, LogLines, MetricPoint, MetricPoints, StatusChanged
from tests.fakes.workspace import NOON

CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def terminal(width=60, height=12):
    return Console(file=io.StringIO(), force_terminal=True, width=width, height=height, soft_wrap=True, highlight=False)


def pipe():
    return Console(file=io.StringIO(), force_terminal=False, width=1000, soft_wrap=True)


def cell(number, state="running", title="Train", seconds=None, cells=3):
    fields = {"cell": number, "cells": cells, "state": state, "title": title, "seconds": seconds}
    return CellChanged(job="j", at=NOON, **fields)


def log(text, stream="stdout"):
    return LogLines(job="j", at=NOON, cell=1, stream=stream, text=text)


def metric(key, value):
    return MetricPoints(job="j", points=(MetricPoint(key=key, value=value, step=0, timestamp=0),))


def drawn(telling, console):
    """The board as it stands, line by line."""
    console.file = io.StringIO()
    console.print(telling._board())
    return CONTROL.sub("", console.file.getvalue()).splitlines()


def printed(console):
    return CONTROL.sub("", console.file.getvalue())


def test_the_running_cell_has_a_line_and_the_tail_of_its_output():
    console = terminal()
    telling = Telling(console)
    telling.tell(
        (cell(2), log("".join(f"line {n}\n" for n in range(9))), log("un"), log("finished"), metric("loss", 0.5))
    )
    head, *tail = drawn(telling, console)
    assert re.search(r"\[2/3\] Train  \d\.\d s  loss 0\.5$", head)
    assert tail == ["  line 5", "  line 6", "  line 7", "  line 8", "  unfinished"]
    assert printed(console).count("line") == 4


def test_a_finished_cell_is_one_line_and_takes_its_tail_along():
    console = terminal()
    telling = Telling(console)
    telling.tell((cell(1), log("much\n" * 100), metric("accuracy", 0.9), cell(1, "completed", seconds=1.25)))
    assert printed(console) == "✓ [1/3] Train  1.2 s  accuracy 0.9\n"
    assert drawn(telling, console)[1:] == []


@pytest.mark.parametrize("width", [4, 10, 60])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "日本" * 100,
        "a\tb" * 50,
        "\x1b[2J\x1b[1;1Hx\x07\x08",
        "e\u0301" * 200,
        "👩‍👩‍👧" * 50,
        "1%\r2%\r3%",
    ],
)
def test_no_line_is_wider_than_the_terminal(width, text):
    console = terminal(width)
    telling = Telling(console)
    telling.tell((cell(1, title=text[:120]), log(text + "\n" + text), metric("m" * 80, 1.0)))
    lines = drawn(telling, console)
    assert len(lines) <= 3
    assert all(cell_len(line) <= width for line in lines)


def test_the_board_is_lower_than_the_terminal():
    console = terminal(height=4)
    telling = Telling(console)
    telling.tell((cell(1), log("a\nb\nc\nd\ne\nf\n")))
    assert drawn(telling, console)[1:] == ["  e", "  f"]


def test_a_progress_bar_is_its_last_state():
    lines = OutputLines()
    assert lines.feed("\r10%\r20%") == []
    assert lines.tail() == ["20%"]
    assert lines.feed("\r100%\nnext") == ["100%"]
    assert lines.tail() == ["100%", "next"]
    assert lines.finish() == ["next"]


def test_a_line_without_an_end_is_kept_bounded():
    lines = OutputLines()
    for _ in range(100):
        lines.feed("x" * 10_000)
    assert len(lines.finish()[0]) == 20_000


def test_a_pipe_gets_every_line_and_no_control_codes():
    console = pipe()
    telling = Telling(console)
    told = (StatusChanged(job="j", status=JobStatus.RUNNING), cell(1), log("\x1b[31mred\x1b[0m\n1%\r2%\n" + "w" * 5000))
    telling.tell((*told, cell(1, "completed", seconds=0.1)))
    assert console.file.getvalue().splitlines() == ["Running", "red", "2%", "w" * 5000, "✓ [1/3] Train  0.1 s"]


def test_what_was_raised_and_expected_is_output():
    console = pipe()
    telling = Telling(console)
    telling.tell((cell(1), log("ValueError: x\n", "error"), cell(1, "completed", seconds=0.1)))
    assert console.file.getvalue().splitlines() == ["ValueError: x", "✓ [1/3] Train  0.1 s"]


def test_another_attempt_forgets_the_cells_of_the_one_before():
    telling = Telling(pipe())
    telling.tell((cell(1, "failed", seconds=1.0), StatusChanged(job="j", status=JobStatus.QUEUED)))
    assert telling.cells == {}


def test_twenty_thousand_lines_cost_a_pipe_one_write_a_batch():
    console = pipe()
    writes = []
    write = console.file.write
    console.file.write = lambda text: writes.append(len(text)) or write(text)
    Telling(console).tell((cell(1), log("line\n" * 20_000)))
    assert len(writes) == 1


@pytest.mark.parametrize(
    ("variables", "plain"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm", "CI": "false"}, False),
        ({"TERM": "dumb"}, True),
        ({}, True),
        ({"TERM": "xterm", "CI": "true"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True),
    ],
)
def test_where_nothing_is_drawn(monkeypatch, variables, plain):
    for name in ("TERM", "CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    screen = io.StringIO()
    screen.isatty = lambda: True
    assert is_plain(screen) is plain
    assert is_plain(io.StringIO())


class _Runs:
    interrupted = ""
    began = 0.0

    def __init__(self, runs):
        self.runs = runs


class _Run:
    report = None

    def __init__(self, shown):
        self.found = type("Found", (), {"shown": shown})()


def test_the_board_of_many_fits_the_terminal_and_has_a_line_for_each_that_runs():
    console = terminal(width=40, height=8)
    runs = [_Run(f"folder/notebook_{n}_with_a_long_name.ipynb") for n in range(20)]
    board = Board(console, _Runs(runs), is_drawn=True, prints_lines=False)
    for run in runs:
        board.tell(run, cell(1, title="日本語" * 20))
    console.file = io.StringIO()
    console.print(board._render())
    lines = printed(console).splitlines()
    assert len(lines) == 6
    assert all(cell_len(line) <= 40 for line in lines)
    assert "0 of 20 notebooks" in lines[0]
