"""The contract against the local workspace."""

import pytest

from tests.contract.rig import Rig
from tests.contract.suite import computes, jobs


@pytest.fixture
def rig(workspace):
    return Rig(workspace, workspace.jobs.submit)


class TestReadingJobs(jobs.ReadingJobs): ...


class TestRunningJobs(jobs.RunningJobs): ...


class TestComputes(computes.Computes): ...


class TestExperiments(computes.Experiments): ...
