"""The click tree that terminal and notebook share."""

import re
import subprocess
import sys

import click
import pytest

from jupyter_azml import errors
from jupyter_azml.commands import grammar


def verbs(command=grammar, words=()):
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from verbs(command.get_command(context, name), (*words, name))


@pytest.mark.parametrize(("line", "command"), list(verbs()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_verb_says_what_it_does_and_takes_an_output_format(line, command):
    assert command.help
    assert "--output" in {word for param in command.params for word in param.opts}
    undocumented = [p.name for p in command.params if isinstance(p, click.Option) and not (p.help or p.hidden)]
    assert undocumented in ([], ["status"])


def error_classes():
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AzmlError)]


def test_each_error_has_an_exit_code_of_its_own():
    codes = [kind.exit_code for kind in error_classes()]
    assert len(set(codes)) == len(codes)
    # 0, 3, 4 and 138 tell how a job ended; 1 as well, which JobFailed shares on purpose.
    assert not {0, 3, 4, 138} & set(codes)


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = set(re.findall(r"── (\w+) +(\d+)", errors.__doc__))
    assert drawn == {(kind.__name__, str(kind.exit_code)) for kind in error_classes() if kind is not errors.AzmlError}


@pytest.mark.parametrize(
    ("code", "banned"),
    [
        ("from jupyter_azml.commands import grammar", ("pydantic", "mlflow", "papermill", "IPython", "tornado")),
        ("import jupyter_azml.magics", ("click", "pydantic", "mlflow", "papermill", "tornado")),
        ("import jupyter_azml.local", ("mlflow", "papermill", "nbclient", "IPython", "tornado", "azure")),
        ("import jupyter_azml.server.extension", ("mlflow", "papermill", "nbclient", "azure")),
        (
            "from jupyter_azml.local.worker import import_notebooks; import_notebooks(); import pyarrow.fs",
            ("mlflow", "azure.storage.blob", "rfc3987_syntax", "pandas"),
        ),
    ],
)
def test_what_is_loaded_at_start_stays_light(code, banned):
    script = f"import sys; {code}; print([name for name in {banned!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
