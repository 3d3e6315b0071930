"""The contract against the local workspace."""

import pytest

from tests.contract.rig import Rig
from tests.contract.suite import changes, computes, data, jobs, lists, secrets


@pytest.fixture
def rig(workspace):
    return Rig(workspace, workspace.jobs.submit)


class TestReadingJobs(jobs.ReadingJobs): ...


class TestRunningJobs(jobs.RunningJobs): ...


class TestEndingJobs(jobs.EndingJobs): ...


class TestComputes(computes.Computes): ...


class TestAttachedComputes(computes.AttachedComputes): ...


class TestLivingComputes(computes.LivingComputes): ...


class TestExperiments(computes.Experiments): ...


class TestFilteringJobs(lists.FilteringJobs): ...


class TestSortingJobs(lists.SortingJobs): ...


class TestChangingJobs(changes.ChangingJobs): ...


class TestSnapshots(changes.Snapshots): ...


class TestSecrets(secrets.Secrets): ...


class TestConnections(secrets.Connections): ...


class TestRunningWithSecrets(secrets.RunningWithSecrets): ...


class TestData(data.Data): ...


class TestRunningCommands(data.RunningCommands): ...
