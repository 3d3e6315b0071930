"""A cell is not sent to Azure yet, and says so before its values are written anywhere."""

import pytest

from jupyter_azml.actions.run_cell import run_cell
from jupyter_azml.errors import NotSupported
from tests.fakes.workspace import FakeWorkspace


class CellThatMustNotBeCaptured:
    source = "x = 1"

    def capture(self, file, **asked):
        raise AssertionError


def test_a_workspace_that_cannot_run_it_is_named_before_anything_is_captured(tmp_path):
    with pytest.raises(NotSupported) as refused:
        run_cell(FakeWorkspace(), CellThatMustNotBeCaptured(), code=tmp_path)
    assert "%azml attach local" in refused.value.hint
