import pytest

from tests.execution.cell import shells as two_shells


@pytest.fixture(scope="module")
def shells(tmp_path_factory):
    with two_shells.started(tmp_path_factory.mktemp("shells")) as started:
        yield started
