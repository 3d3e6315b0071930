"""``azml environment`` takes the words of ``az ml environment``, and ours."""

import json

import pytest

from jupyter_azml.cli.main import run_line
from jupyter_azml.magics.completion import complete_line


@pytest.fixture
def azml(capsys):
    def run(line: str, code: int = 0) -> str:
        assert run_line(line.split()) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return run


def data(azml, line):
    return json.loads(azml(f"{line} -o json"))


def test_one_is_made_of_packages_files_or_both_and_the_name_stands_anywhere(azml, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("roman\n")
    (tmp_path / "conda.yml").write_text("dependencies: [numpy]\n")
    (tmp_path / "env.yml").write_text("name: filed\nimage: python\nconda_file: conda.yml\n")
    made = data(
        azml,
        "environment create tools --packages cowsay==6.1 numpy>=2 --tags team=blue --requirements requirements.txt",
    )
    assert made["packages"] == ["cowsay==6.1", "numpy>=2", "roman"]
    assert (made["version"], made["tags"]) == ("1", {"team": "blue"})
    assert data(azml, "environment create --packages cowsay==6.1 numpy>=2 roman -n tools")["version"] == "1"
    assert data(azml, "environment create -n tools -p roman")["version"] == "2"
    filed = data(azml, "environment create -f env.yml -v 2026.1 --conda-file conda.yml")
    assert (filed["name"], filed["version"], filed["conda_file"]) == ("filed", "2026.1", {"dependencies": ["numpy"]})
    assert [each["name"] for each in data(azml, "environment list")] == ["filed", "tools"]
    assert data(azml, "environment show azureml:tools:1")["version"] == "1"
    assert "AzureML-sklearn-1.5" in azml("environment list --curated")
    azml("environment archive tools")
    assert "tools" not in azml("environment list")
    azml("environment restore tools")
    assert set(complete_line("%azml environment show ")) >= {"tools", "filed", "AzureML-sklearn-1.5"}
    assert complete_line("%azml run train.ipynb --environment to") == ["tools"]


def test_what_is_wrong_has_an_exit_code_of_its_own(azml, tmp_path):
    assert "numpi" in azml("environment show numpi", 57)
    assert "name" in azml("environment create --packages numpy", 2)
    assert "made of nothing" in azml("environment create tools", 35)
    assert "./mine" in azml("environment create tools --packages ./mine", 35)
    assert "none.yml" in azml(f"environment create -f {tmp_path}/none.yml", 35)
    azml("environment create tools --packages azml-nobody-has-a-package-of-this-name")
    assert "azml-nobody-has" in azml("environment build tools", 56).splitlines()[-2]


def test_a_notebook_is_captured_with_the_versions_of_what_it_imported(shell):
    import numpy

    shell.run_cell("import json, numpy as np\nfrom pydantic import BaseModel\nclass Mine(BaseModel): ...")
    shell.run_cell("made = %azml environment capture mine")
    (made,) = shell.user_ns["made"]
    assert f"numpy=={numpy.__version__}" in made.packages
    assert [line.partition("==")[0] for line in made.packages] == ["numpy", "pydantic"]


def test_in_a_terminal_what_is_installed_is_captured(azml):
    leaves = data(azml, "environment capture here")["packages"]
    everything = data(azml, "environment capture here --all")["packages"]
    assert set(leaves) < set(everything)
    assert not any(line.startswith(("jupyter_azml", "pip==")) for line in leaves)
