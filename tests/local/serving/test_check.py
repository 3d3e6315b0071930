"""What traffic may be."""

import pytest

from jupyter_azml.entities import OnlineEndpoint
from jupyter_azml.errors import UsageError
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
