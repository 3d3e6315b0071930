"""``azml endpoint …`` and ``azml deployment …`` on the command line and in a cell, before anything is deployed."""

import json

import pandas
import pytest

from jupyter_azml.actions.follow_logs import DeploymentLog
from jupyter_azml.cli.main import run_line
from jupyter_azml.entities import Invocation
from jupyter_azml.errors import UsageError
from jupyter_azml.magics.endpoint import Answer, _body, show_log
from jupyter_azml.magics.line import run_line as run_in_cell

DEPLOYMENT = "name: blue\nendpoint_name: churn\nmodel: azureml:churn:1\n"


@pytest.fixture
def azml(capfd, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = run_line([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


def test_an_endpoint_goes_through_all_verbs_of_both_spellings(azml, shell, tmp_path):
    (tmp_path / "churn.yml").write_text("name: churn\ntags: {team: blue}\nauth_mode: key\n")
    (tmp_path / "blue.yml").write_text(DEPLOYMENT)
    (tmp_path / "rows.json").write_text("{}")
    code, out, _err = azml(
        "online-endpoint", "create", "-f", "churn.yml", "--set", "description=who leaves", "-o", "json"
    )
    made = json.loads(out)
    assert (code, made["tags"], made["description"]) == (0, {"team": "blue"}, "who leaves")
    assert made["scoring_uri"].startswith("http://127.0.0.1:")
    assert made["scoring_uri"].endswith("/endpoints/churn/score")
    assert azml("endpoint", "list")[1].splitlines()[1].split()[0] == "churn"
    assert "who leaves" in azml("endpoint", "show", "-n", "churn")[1]

    keys = json.loads(azml("endpoint", "get-credentials", "churn", "-o", "json")[1])
    assert keys["primary_key"] in azml("endpoint", "get-credentials", "churn")[1]
    assert azml("endpoint", "regenerate-keys", "churn")[0] == 2  # it asks first
    code, out, _err = azml("endpoint", "regenerate-keys", "churn", "--key-type", "secondary", "-y", "-o", "json")
    assert json.loads(out)["primary_key"] == keys["primary_key"]
    assert json.loads(out)["secondary_key"] != keys["secondary_key"]

    for words, code, said in (
        (("endpoint", "show", "chur"), 83, "There are: churn"),
        (("endpoint", "create"), 2, "Give its name"),
        (("endpoint", "update", "churn", "--traffic", "blue"), 2, '--traffic "blue=90 green=10"'),
        (("endpoint", "update", "churn", "--traffic", "blue=90", "green=20"), 2, "azml deployment create"),
        (("endpoint", "invoke", "churn", "-r", "none.json"), 2, "none.json cannot be read"),
        (("endpoint", "invoke", "churn", "-r", "rows.json"), 82, "--traffic"),
        (("endpoint", "deploy", "churn", "--model", "none:1"), 29, "none"),
        (("deployment", "create"), 2, "-f FILE.yml"),
        (("deployment", "create", "-f", "blue.yml"), 29, "churn"),
        (("deployment", "create", "-f", "blue.yml", "--all-traffic", "--no-wait"), 2, "Leave --no-wait out"),
        (("deployment", "show", "blue"), 2, "ENDPOINT/NAME"),
        (("deployment", "show", "churn/blue"), 84, "azml deployment create"),
        (("deployment", "get-logs", "-e", "churn", "-n", "blue"), 84, "no deployment named blue"),
        (("deployment", "list"), 2, "azml endpoint list"),
        (("deployment", "delete", "churn/blue", "--yes"), 84, "no deployment named blue"),
    ):
        found, _out, err = azml(*words)
        assert (found, said in err) == (code, True), (words, found, err)
    assert azml("deployment", "list", "churn")[:2] == (0, "")

    _in_a_cell(shell, keys)
    assert azml("endpoint", "delete", "churn")[0] == 2
    assert azml("endpoint", "delete", "churn", "--yes")[0] == 0
    assert azml("endpoint", "list")[1] == ""


def _in_a_cell(shell, keys):
    """The same endpoint in a notebook, where nothing that is displayed has a key in it."""
    endpoint = run_in_cell(shell, "endpoint show churn")
    assert (endpoint.name, endpoint.auth_mode, endpoint.tags) == ("churn", "key", {"team": "blue"})
    assert "who leaves" in repr(endpoint)
    assert endpoint.scoring_uri in endpoint._repr_html_()
    assert endpoint.credentials().primary_key == keys["primary_key"]
    for line in ("endpoint get-credentials churn", "endpoint get-credentials churn -o json"):
        found = run_in_cell(shell, line)
        assert found.primary_key == keys["primary_key"]
        assert keys["primary_key"] not in shell.display_formatter.format(found)[0]["text/plain"]
    with pytest.raises(Exception, match="No deployment of churn gets traffic"):
        endpoint.invoke([1])


def test_a_cell_sends_what_it_has_and_reads_what_is_answered():
    frame = pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    assert json.loads(_body(frame)) == {
        "input_data": {"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}
    }
    assert json.loads(_body({"data": frame["a"].to_numpy(), "n": frame["a"].sum()})) == {"data": [1, 2], "n": 3}
    assert (_body("as it is"), _body(b"\0")) == (b"as it is", b"\0")
    with pytest.raises(UsageError, match="type object"):
        _body(object())
    said = Invocation(endpoint="churn", deployment="blue", status=200, content_type="", body='["<b>"]', seconds=0.0123)
    answer = Answer(said)
    assert (answer.json(), answer.deployment) == (["<b>"], "blue")
    assert repr(answer) == 'churn/blue, 12 ms\n["<b>"]'
    assert "<b>" not in answer._repr_html_()


class Logged:
    """A workspace whose deployment prints one more line at each look, until somebody interrupts."""

    def __init__(self):
        self.endpoints = self
        self.deployments = self
        self.looks = 0

    def logs(self, _endpoint, _name, *, tail=0, offset=None):
        self.looks += 1
        if self.looks > 3:
            raise KeyboardInterrupt
        return f"line {self.looks} of <{tail}>\n", self.looks


def test_a_log_is_shown_in_a_cell_and_followed_until_the_kernel_is_interrupted(capsys, monkeypatch):
    monkeypatch.setattr("jupyter_azml.actions.follow_logs.PAUSE", 0)
    shown = show_log(DeploymentLog(Logged(), "churn", "blue", lines=7, follows=False))
    assert repr(shown) == "line 1 of <7>\n"
    assert "&lt;7&gt;" in shown._repr_html_()
    assert show_log(DeploymentLog(Logged(), "churn", "blue", lines=7, follows=True)) is None
    assert capsys.readouterr().out == "line 1 of <7>\nline 2 of <0>\nline 3 of <0>\n\n"
