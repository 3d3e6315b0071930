"""``azml model …`` on the command line and in a cell."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_azml.cli.main import run_line
from jupyter_azml.magics.completion import complete_line
from jupyter_azml.magics.line import connections
from jupyter_azml.magics.line import run_line as run_in_cell


@pytest.fixture
def azml(capfd, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "weights.bin").write_bytes(b"1")
    (tmp_path / "model.yml").write_text(
        "$schema: https://azuremlschemas.azureedge.net/latest/model.schema.json\n"
        "name: churn\nversion: 2024-01\npath: ./saved\ntype: custom_model\n"
        "description: From the file.\ntags: {team: blue, n: 3}\nstage: Production\n"
    )

    def run(*words):
        code = run_line([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


def test_a_model_goes_from_a_file_through_all_verbs(azml, tmp_path):
    code, out, _err = azml("model", "create", "-f", "model.yml", "-o", "json")
    model = json.loads(out)
    assert (code, model["version"], model["tags"], model["stage"]) == (
        0,
        "2024-01",
        {"team": "blue", "n": "3"},
        "Production",
    )
    code, out, _err = azml(
        "model", "register", "-n", "churn", "-p", "saved", "--tags", "a=b", "c=d", "--alias", "champion"
    )
    assert (code, out.splitlines()[0]) == (0, "churn:2  custom_model  1 B")
    assert "champion" in out
    assert azml("model", "create", "-f", "model.yml", "--set", "x")[0] == 2
    code, _out, err = azml("model", "create", "-f", "model.yml")
    assert (code, err.splitlines()[0]) == (
        60, "Conflict: There is a version 2024-01 of churn already, and its files never change."
    )  # fmt: skip
    assert [row.split()[:2] for row in azml("model", "list", "-n", "churn")[1].splitlines()[1:]] == [
        ["churn", "2"], ["churn", "2024-01"],
    ]  # fmt: skip
    assert json.loads(azml("model", "list", "--tag", "team=blue", "-o", "json")[1])[0]["version"] == "2024-01"
    assert "From the file." in azml("model", "show", "churn:2024-01")[1]
    assert json.loads(azml("model", "show", "-n", "churn", "-l", "champion", "-o", "json")[1])["version"] == "2"
    code, out, _err = azml("model", "update", "churn:2024-01", "--tags", "n=4", "--remove-tag", "team", "-o", "json")
    assert (json.loads(out)["tags"], json.loads(out)["description"]) == ({"n": "4"}, "From the file.")
    code, out, _err = azml("model", "compare", "2", "2024-01", "-n", "churn")
    assert (code, "weights.bin" in out) == (0, True)
    assert azml("model", "alias", "set", "churn", "champion", "2024-01")[0] == 0
    assert azml("model", "alias", "delete", "churn", "champion")[0] == 0
    assert azml("model", "download", "churn", "--version", "2", "-p", "got")[0] == 0
    assert (tmp_path / "got" / "churn" / "saved" / "weights.bin").read_bytes() == b"1"
    assert azml("model", "archive", "churn")[0] == 0
    assert azml("model", "list")[1] == ""
    assert azml("model", "restore", "-n", "churn")[0] == 0
    assert azml("model", "delete", "churn:2", "--yes")[0] == 0
    code, _out, err = azml("model", "show", "churn:2")
    assert (code, err) == (29, "ModelNotFound: There is no version 2 of the model churn.\nIt has: 2024-01.\n")
    assert azml("model", "delete", "churn")[0] == 2
    assert azml("model", "delete", "churn", "-y")[0] == 0


def test_faults_of_a_file_are_told_together(azml, tmp_path):
    (tmp_path / "bad.yml").write_text("nam: churn\ntype: tensorflow_model\npath: 3\ntags: [a]\n")
    code, _out, err = azml("model", "create", "-f", "bad.yml")
    assert code == 35
    assert all(
        word in err for word in ("did you mean name?", "custom_model, mlflow_model", "path: a text", "tags: names")
    )
    assert azml("model", "create", "-n", "churn")[0] == 2
    assert azml("model", "create", "-n", "churn", "-p", "nowhere")[0] == 25


def test_a_cell_shows_a_model_and_completes_its_name(azml, workspace, monkeypatch, tmp_path):
    monkeypatch.setattr(connections, "_workspace", workspace)
    shell = InteractiveShell.instance()
    shown = run_in_cell(shell, "model create -n 'churn' -p saved --description '<b>'")
    assert (shown.name, shown.version, "&lt;b&gt;" in shown._repr_html_()) == ("churn", "1", True)
    assert repr(shown).startswith("churn:1  custom_model")
    assert shown.download(tmp_path / "here").name == "saved"
    assert list(run_in_cell(shell, "model list").to_pandas()["name"]) == ["churn"]
    assert complete_line("%azml model show ch") == ["churn"]
    assert complete_line("%azml model show churn:") == ["churn:1"]
