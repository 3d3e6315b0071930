"""The contract against the local workspace."""

import pytest

from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
from tests.azurite.server import KEY
from tests.contract.rig import Rig
from tests.contract.suite import cells, changes, computes, data, datastores, jobs, lists, secrets, series


@pytest.fixture
def rig(workspace):
    return Rig(workspace, workspace.jobs.submit)


class TestReadingJobs(jobs.ReadingJobs): ...


class TestRunningJobs(jobs.RunningJobs): ...


class TestEndingJobs(jobs.EndingJobs): ...


class TestRunningCells(cells.RunningCells): ...


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


class TestDatastores(datastores.Datastores): ...


class TestBlobDatastores(datastores.BlobDatastores):
    @pytest.fixture
    def blob_datastore(self, azurite, container):
        name = container.container_name
        kind = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.ACCOUNT_KEY}
        return Datastore(name=name, endpoint=azurite, container_name=name, **kind), {"account_key": KEY}


class TestCourses(series.Courses): ...
