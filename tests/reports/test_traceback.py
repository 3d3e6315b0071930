"""A traceback as IPython writes it: the user's own frames come first, and the line of the cell is found."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_azml.reports.terminal_text import settled, without_colours
from jupyter_azml.reports.traceback import failed_line, plain_traceback

FRAMES = [
    "\x1b[31m---------------------------------------------------------------------------\x1b[39m",
    "\x1b[31mJSONDecodeError\x1b[39m                   Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m \x1b[32mIn[3]\x1b[39m\x1b[32m, line 2\x1b[39m\n      1 import json\n----> 2 load()",
    "Cell In[1], line 7, in load()\n----> 7     json.loads('{')",
    "File ~/.pyenv/versions/3.11.7/lib/python3.11/json/__init__.py:346, in loads(s)\n    344 x",
    "File /x/.venv/lib/python3.11/site-packages/pandas/core.py:12\n---> 12 y",
    "File ~/project/mine.py:3, in helper()\n----> 3 z",
    "JSONDecodeError: Expecting value",
]


def test_own_frames_come_before_those_of_libraries_which_are_only_named():
    assert plain_traceback(FRAMES).splitlines() == [
        "JSONDecodeError                   Traceback (most recent call last)",
        "Cell In[3], line 2",
        "      1 import json",
        "----> 2 load()",
        "Cell In[1], line 7, in load()",
        "----> 7     json.loads('{')",
        "File ~/project/mine.py:3, in helper()",
        "----> 3 z",
        "JSONDecodeError: Expecting value",
        "  ~/.pyenv/versions/3.11.7/lib/python3.11/json/__init__.py:346 in loads(s)",
        "  /x/.venv/lib/python3.11/site-packages/pandas/core.py:12",
    ]


def test_the_line_is_that_of_the_cell_itself():
    assert failed_line(FRAMES, 3) == 2
    assert failed_line(FRAMES, 1) == 7
    assert failed_line(FRAMES, 9) is None


def test_a_syntax_error_has_a_line_too():
    assert failed_line(["  Cell In[4], line 2\n    b = = 2\nSyntaxError: invalid syntax\n"], 4) == 2


def test_older_ipython_is_understood():
    assert (
        failed_line(["Input \x1b[0;32mIn [2]\x1b[0m, in \x1b[0;36m<cell line: 3>\x1b[0;34m()\x1b[0m\n----> 3 x"], 2)
        == 3
    )


def test_what_was_raised_meanwhile_keeps_its_order():
    story = ["A", FRAMES[4], "\nDuring handling of the above exception, another exception occurred:\n", "B", "B: b"]
    assert plain_traceback(story).splitlines()[1].startswith("File ~/.pyenv")


def test_many_library_frames_are_cut():
    frames = [f"File /lib/python3/site-packages/a.py:{n}, in f()\n x" for n in range(1000)]
    assert len(plain_traceback(["Cell In[1], line 1", *frames, "RecursionError: r"]).splitlines()) < 20


def test_the_shell_that_is_installed_writes_what_is_read_here():
    shell = InteractiveShell.instance()
    told = []
    shell._showtraceback = lambda kind, value, lines: told.extend(lines)
    shell.run_cell("import json\njson.loads('{')", store_history=True)
    assert failed_line(told, None) == 2
    assert plain_traceback(told).splitlines()[-1].strip().startswith(("/", "~"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b[2J\x1b[1;1Hx\x1b(B", "x"),
    ],
)
def test_control_sequences_go(text, shown):
    assert without_colours(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("1%\r2%\r3%\n4", "3%\n4"), ("a\r\nb\r\n", "a\nb\n"), ("a\rb", "b"), ("done\r", "done")]
)
def test_what_wrote_over_itself_is_shown_as_it_ended(text, shown):
    assert settled(text) == shown
