"""Parameters on the command line, beside papermill's own."""

import json
import math
from base64 import b64encode

import click
import papermill.cli
import pytest
from click.testing import CliRunner

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.cli.main import run_line
from jupyter_azml.commands.parameters import takes_parameters
from jupyter_azml.errors import UsageError
from tests.conftest import notebook_writer


def ours(*words):
    taken = {}

    @click.command()
    @takes_parameters
    def verb(**given):
        taken.update(given)

    verb.main(list(words), standalone_mode=False)
    return taken


@pytest.fixture
def theirs(monkeypatch):
    def parameters(*words):
        taken = {}
        monkeypatch.setattr(papermill.cli, "execute_notebook", lambda **given: taken.update(given["parameters"]))
        done = CliRunner().invoke(papermill.cli.papermill, ["in.ipynb", "out.ipynb", *words])
        assert done.exit_code == 0, done.output
        return taken

    return parameters


VALUES = [
    "5",
    "-5",
    "+5",
    " 5 ",
    "1_000",
    "0x10",
    "5.0",
    "1e-3",
    ".5",
    "5.",
    "inf",
    "-inf",
    "Infinity",
    "NaN",
    "nan",
    "True",
]
VALUES += ["true", "False", "None", "none", "", "a b", "[1, 2]", "{'a': 1}", "'quoted'", "é", "٣", "1 2", "1+2j"]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_becomes_what_papermill_makes_of_it(theirs, value):
    (found,), (expected,) = ours("-p", "x", value)["parameters"].values(), theirs("-p", "x", value).values()
    assert type(found) is type(expected)
    assert found == expected or (math.isnan(found) and math.isnan(expected))
    assert ours("-r", "x", value)["parameters"] == theirs("-r", "x", value) == {"x": value}


def test_the_kind_of_an_option_decides_which_wins_and_then_its_place(theirs, tmp_path):
    first, second = tmp_path / "a.yml", tmp_path / "b.json"
    first.write_text("{a: file, b: file, c: file, d: file, day: 2024-01-02, deep: {x: [1, null]}}")
    second.write_text('{"d": "file 2", "e": 0.5, "f": true}')
    words = ["-r", "a", "1", "-p", "a", "2", "-p", "b", "2", "-p", "b", "3", "-y", "{a: 4, b: 4, c: 4}", "-y", "{g: 1}"]
    words += ["-f", str(first), "-f", str(second), "-b", b64encode(b"{a: 5, h: [1, {b: 2}]}").decode()]
    found = ours(*words)
    assert found["parameters"] == theirs(*words)
    assert found["parameters"]["a"] == "1"
    assert found["texts"] == {"b": "3"}


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("-y", "[1, 2]"),
        ("-y", "just text"),
        ("-y", "{a: "),
        ("-y", "{1: a}"),
        ("-y", "a: !!binary aGk="),
        ("-y", "a: !!set {b}"),
        ("-y", "a: &b [*b]"),
        ("-y", "a: !!timestamp 2024-01-02"),
        ("-b", "no base64!"),
        ("-b", b64encode(b"\xff\xfe").decode()),
        ("-f", "/no/such/file.yml"),
        ("-f", "/"),
    ],
)
def test_what_holds_no_parameters_is_refused(option, text):
    with pytest.raises(UsageError) as caught:
        ours(option, text)
    assert caught.value.hint


@pytest.mark.parametrize("option", ["-y", "-f", "-b"])
def test_nothing_is_no_parameters(tmp_path, option):
    (tmp_path / "empty.yml").write_text("")
    assert ours(option, {"-f": str(tmp_path / "empty.yml")}.get(option, ""))["parameters"] == {}


def test_a_wrong_value_ends_with_a_code_of_its_own_and_nothing_runs(write_notebook, workspace, capsys):
    path = write_notebook("# parameters\nepochs = 3")
    assert run_line(["run", str(path), "-p", "epochs", "five"]) == 38
    assert 'epochs of train.ipynb takes a whole number (int), not "five"' in capsys.readouterr().err
    assert workspace.jobs.list().items == ()


def test_what_a_notebook_takes_is_shown(write_notebook, capsys, monkeypatch):
    path = write_notebook("# parameters\nepochs: int = 3  # how often [all]\nname = 'a'\nother = f()")
    assert run_line(["run", str(path), "--help-notebook"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == [
        ["epochs", "int", "3", "how", "often", "[all]"],
        ["name", "str", "'a'"],
        ["other", "-", "f()"],
    ]
    assert run_line(["run", str(path), "--help-notebook", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["parameters"][0]["help"] == "how often [all]"
    assert run_line(["run", str(notebook_writer(path.parent)("1")), "--help-notebook"]) == 0
    assert "No cell is tagged" in capsys.readouterr().err


def test_without_a_notebook_a_terminal_asks_which(capsys):
    assert run_line(["run"]) == 2
    assert "azml run train.ipynb" in capsys.readouterr().err


@pytest.mark.warm
def test_values_arrive_as_they_were_declared_and_are_recorded(write_notebook, workspace, capsys):
    path = write_notebook(
        "# parameters\nversion = '1.0'\nrate = 0.1\nlayers = [1]\nmore = {}\nflag = True\npin = 1",
        "print(repr((version, rate, layers, more, flag, pin)))",
    )
    words = [
        "-p",
        "version",
        "1.10",
        "-p",
        "rate",
        "nan",
        "-y",
        "{layers: [1, null, 'a\"b', .inf]}",
        "-p",
        "flag",
        "false",
    ]
    words += ["-y", "{more: {a: {b: [true]}}}", "-p", "pin", "4321", "--secret-parameter", "pin"]
    assert run_line(["run", str(path), *words]) == 0
    name = capsys.readouterr().out.splitlines()[0]
    job = JobStream(workspace, name).wait()
    printed = workspace.jobs.open(name, "logs/user_logs/std_log.txt").read().decode()
    assert printed == "('1.10', nan, [1, None, 'a\"b', inf], {'a': {'b': [True]}}, False, ***)\n"
    assert job.parameters["pin"] == "***"
    assert job.parameters["rate"] == "NaN"
    assert math.isnan(job.spec.parameters["rate"])
