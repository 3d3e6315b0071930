"""The contract against the Azure workspace, through the emulator, onto a local workspace: what it offers so far.

Submitting, files and the list of experiments come with a later issue; those capabilities are absent and say so.
"""

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.errors import NotSupported
from tests.contract.rig import Rig
from tests.contract.suite import computes, jobs, lists
from tests.fakes.loopback import SECRET, FixedToken, served


@pytest.fixture
def rig(workspace, tmp_path):
    with served(create_app(workspace, SECRET, tmp_path)) as url:
        azure = AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "local", credential=FixedToken(), base_url=url)
        yield Rig(azure, workspace.jobs.submit)


class TestReadingJobs(jobs.ReadingJobs): ...


class TestFilteringJobs(lists.FilteringJobs): ...


class TestComputes(computes.Computes): ...


class TestLivingComputes(computes.LivingComputes): ...


def test_what_is_absent_says_so(rig, write_notebook, spec_of):
    assert "jobs.submit" not in rig.workspace.info().capabilities
    with pytest.raises(NotSupported):
        rig.workspace.jobs.submit(spec_of(write_notebook("1")))
