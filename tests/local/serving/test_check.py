"""What traffic may be, and what a scoring script."""

import pytest

from jupyter_azml.entities import CodeConfiguration, OnlineEndpoint
from jupyter_azml.errors import UsageError
from jupyter_azml.execution.scoring_script import check_script
from jupyter_azml.local.serving.check import check_traffic

THERE = {"blue": True, "green": True, "grey": False}


@pytest.fixture(scope="module")
def azml_home():
    """None is needed."""


@pytest.mark.parametrize(
    "traffic", [{}, {"blue": 100}, {"blue": 90, "Green": 10}, {"blue": 0}, {"grey": 0, "blue": 100}]
)
def test_whole_traffic_is_taken(traffic):
    check_traffic(OnlineEndpoint(name="churn", traffic=traffic), THERE)


@pytest.mark.parametrize(
    "traffic", [{"blue": 99}, {"blue": 60, "green": 60}, {"blue": -10, "green": 110}, {"grey": 100}, {"gone": 100}]
)
def test_other_traffic_is_refused(traffic):
    with pytest.raises(UsageError):
        check_traffic(OnlineEndpoint(name="churn", traffic=traffic), THERE)


def test_copies_go_to_one_that_gets_no_traffic_and_not_to_many():
    check_traffic(OnlineEndpoint(name="churn", traffic={"blue": 100}, mirror_traffic={"green": 50}), THERE)
    for mirror in ({"green": 51}, {"blue": 10}, {"green": 10, "grey": 10}, {"gone": 10}):
        with pytest.raises(UsageError):
            check_traffic(OnlineEndpoint(name="churn", traffic={"blue": 100}, mirror_traffic=mirror), THERE)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def init(): ...", r"no function run\(\)"),
        ("def run(data): ...", r"no function init\(\)"),
        ("def init(): ...\ndef run(): ...", r"has run\(\)"),
        ("def init(model): ...\ndef run(data): ...", r"has init\(model\)"),
        ("def init(): ...\ndef run(a, b, c=3): ...", r"has run\(a, b, c=3\)"),
        ("def init(): ...\ndef run(data, *, limit): ...", "has run"),
        ("def init(:", "is not Python"),
    ],
)
def test_a_script_that_could_not_be_called_is_refused(source, said, tmp_path):
    (tmp_path / "score.py").write_text(source)
    with pytest.raises(UsageError, match=said):
        check_script(CodeConfiguration(code=str(tmp_path), scoring_script="score.py"))


@pytest.mark.parametrize(
    "source",
    [
        "def init(): ...\ndef run(data, limit=3, **more): ...",
        "def init(*whatever): ...\ndef run(*data): ...",
        "def init(): ...\n@input_schema('a', A)\n@input_schema('b', B)\ndef run(a, b): ...",
        "from mine import init, run",
        "from mine import *",
        "class Model: ...\ninit = Model\nrun = lambda data: 1",
    ],
)
def test_a_script_that_may_be_called_is_taken(source, tmp_path):
    (tmp_path / "score.py").write_text(source)
    check_script(CodeConfiguration(code=str(tmp_path), scoring_script="score.py"))
