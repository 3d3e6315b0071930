"""The command line gives papermill the very values that were asked for."""

import shlex

import pytest
from papermill.cli import papermill as papermill_cli

from jupyter_azml.arm import papermill_command
from jupyter_azml.entities import NotebookSpec


@pytest.fixture
def heard(monkeypatch):
    """What papermill's own command line would execute the notebook with."""
    calls = []
    monkeypatch.setattr("papermill.cli.execute_notebook", lambda *args, **options: calls.append((args, options)))

    def run(spec: NotebookSpec):
        papermill_cli.main(shlex.split(papermill_command(spec))[1:], standalone_mode=False)
        return calls[-1]

    return run


def test_values_keep_their_types(heard):
    parameters = {
        "lr": -0.1,
        "epochs": 5,
        "shuffle": True,
        "seed": None,
        "version": "1.0",
        "note": 'it\'s $HOME; "quoted"',
        "layers": [64, 32],
        "options": {"deep": {"er": "True"}},
    }

    _args, options = heard(NotebookSpec(notebook="train.ipynb", code="/c", parameters=parameters))

    assert options["parameters"] == parameters
    assert {name: type(value) for name, value in options["parameters"].items()} == {
        name: type(value) for name, value in parameters.items()
    }


def test_the_copy_lands_in_outputs_under_the_notebook_s_own_name(heard):
    _args, options = heard(
        NotebookSpec(notebook="deep/my notebook.ipynb", code="/c", kernel_name="ir", execution_timeout=60)
    )

    assert (options["input_path"], options["output_path"]) == ("deep/my notebook.ipynb", "outputs/my notebook.ipynb")
    assert options["kernel_name"] == "ir"
    assert options["execution_timeout"] == 60
