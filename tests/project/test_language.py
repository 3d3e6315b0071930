"""Every text that users see has its French, with the same placeholders."""

import ast
import inspect
import json
import re
from pathlib import Path

import click
import pytest

import jupyter_azml
from jupyter_azml import language
from jupyter_azml.cli import text
from jupyter_azml.commands import grammar
from jupyter_azml.commands.run_cell import cell_grammar
from jupyter_azml.entities import JobStatus, reason
from jupyter_azml.execution.cell.values import REMEDIES

PACKAGE = Path(jupyter_azml.__file__).parent
CATALOGUE = json.loads((PACKAGE / "locale/fr_FR/LC_MESSAGES/jupyter_azml.json").read_text("utf-8"))


def texts_in_code():
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
                try:
                    yield ast.literal_eval(node.args[0])
                except ValueError:
                    continue  # a variable: its values are listed below


def texts_of_commands(command=grammar, name="azml"):
    # As written: click cuts and rewraps what it shows.
    yield inspect.cleandoc(command.help)
    for param in command.params:
        # click brings its own --help and --version
        if isinstance(param, click.Option) and param.help and param.name != "version":
            yield param.help
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for verb in command.list_commands(context):
            yield from texts_of_commands(command.get_command(context, verb), verb)
    yield from (summary for _module, summary in getattr(command, "_lazy", {}).values())


def all_texts():
    headers = [header for columns, _row in text._COLUMNS.values() for header in columns]
    return sorted(
        {
            *texts_in_code(),
            *texts_of_commands(),
            *texts_of_commands(cell_grammar),
            *REMEDIES.values(),
            *reason._SENTENCES.values(),
            *headers,
            *JobStatus,
        }
    )


@pytest.mark.parametrize("english", all_texts())
def test_each_text_has_its_french_with_the_same_placeholders(english):
    assert english in CATALOGUE, f"add to the catalogue: {english!r}"
    french = CATALOGUE[english][0]
    assert french
    assert sorted(re.findall(r"\{\w+\}", french)) == sorted(re.findall(r"\{\w+\}", english))


def test_french_is_spoken_where_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("AZML_LANGUAGE", "fr_FR.UTF-8")
    assert reason.Reason.of("Finished").message == CATALOGUE["All cells ran."][0]
    with language.spoken("en"):
        assert reason.Reason.of("Finished").message == "All cells ran."


def test_a_language_without_catalogue_is_english():
    with language.spoken("tlh"):
        assert reason.Reason.of("Finished").message == "All cells ran."
