"""Gates on metrics."""

import math

import pytest

from jupyter_azml.errors import UsageError
from jupyter_azml.reports.requirement import parse_requirement


@pytest.mark.parametrize(
    ("text", "value", "is_met"),
    [
        ("accuracy>=0.9", 0.9, True),
        ("accuracy >= 0.9", 0.89, False),
        ("loss<1e-3", 0.0001, True),
        ("loss<1e-3", 0.001, False),
        ("loss<=-1", -1.0, True),
        ("n==3", 3.0, True),
        ("n!=3", 3.0, False),
        ("val/f1 score.2>0", 0.1, True),
        ("x<inf", 1.0, True),
        ("x<1", math.inf, False),
        ("x>0", math.inf, True),
    ],
)
def test_the_last_value_is_compared(text, value, is_met):
    requirement = parse_requirement(text)
    assert requirement.judge({requirement.metric: value})[0] is is_met


def test_a_metric_that_was_not_logged_is_no_success_and_says_which_were():
    is_met, message = parse_requirement("acc!=1").judge({"accuracy": 1.0, "loss": 0.1})
    assert not is_met
    assert message == "acc!=1: the job logged no such metric; it has: accuracy, loss."


@pytest.mark.parametrize("text", ["x<1", "x>=1", "x!=1", "x==1"])
def test_nan_meets_nothing(text):
    is_met, message = parse_requirement(text).judge({"x": math.nan})
    assert not is_met
    assert "NaN" in message


@pytest.mark.parametrize(
    "text", ["accuracy", "accuracy=0.9", ">=0.9", "accuracy>=", "a>=b", "a>=nan", "a=>1", "a>=1>=2", ""]
)
def test_what_is_no_requirement_is_refused_with_an_example(text):
    with pytest.raises(UsageError) as caught:
        parse_requirement(text)
    assert '"accuracy>=0.9"' in caught.value.hint
