"""What is written about the project is true of it."""

import re
from pathlib import Path

import click
import pytest

import jupyter_azml
from jupyter_azml import errors, settings
from jupyter_azml.commands import grammar

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "jupyter_azml" / "ARCHITECTURE.md").read_text("utf-8")


def lines_of(command=grammar, words=("azml",)):
    if not isinstance(command, click.Group):
        yield " ".join(words)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from lines_of(command.get_command(context, name), (*words, name))


@pytest.mark.parametrize("line", list(lines_of()))
def test_the_readme_names_every_command(line):
    assert f"`{line}" in README


def test_the_readme_names_every_environment_variable():
    used = set(re.findall(r'"(AZML_[A-Z_]+)"', Path(settings.__file__).read_text("utf-8")))
    # Those of the table; in a job there are more.
    assert used == set(re.findall(r"^\| `(AZML_[A-Z_]+)`", README, re.MULTILINE))


def test_the_readme_names_every_exit_code():
    codes = {int(code) for row in re.findall(r"\| ([\d,– ]+) \|", README) for code in numbers(row)}
    expected = {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")
    }
    # Base classes that nothing raises need no line of their own.
    assert expected - codes <= {
        errors.AzmlError.exit_code,
        errors.NotebookError.exit_code,
        errors.WorkspaceError.exit_code,
    }


def numbers(text):
    for part in text.split(","):
        first, _dash, last = part.partition("–")
        if first.strip():
            yield from range(int(first), int(last or first) + 1)


def test_the_architecture_names_every_room_and_is_short():
    rooms = [path.name for path in Path(jupyter_azml.__file__).parent.iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"`{room}/`" not in ARCHITECTURE] == []
    assert len(ARCHITECTURE.splitlines()) < 150


@pytest.mark.parametrize(
    "document", ["README.md", "jupyter_azml/ARCHITECTURE.md", ".github/CONTRIBUTING.md", "docs/endpoints.md"]
)
def test_files_that_documents_name_exist(document):
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named += re.findall(
        r"`((?:entities|workspace|local|azure|actions|commands|cli|server|tracking|execution)/\w+\.py)`", text
    )
    places = (ROOT, ROOT / Path(document).parent, ROOT / "jupyter_azml")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_the_versions_of_package_and_page_are_one():
    page = (ROOT / "labextension" / "package.json").read_text("utf-8")
    assert f'"version": "{jupyter_azml.__version__}"' in page
