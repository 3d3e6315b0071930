"""The contract against the local workspace."""

import pytest

from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
from tests.azurite.server import KEY
from tests.contract.rig import Rig
from tests.contract.suite import (
    batch,
    cells,
    changes,
    computes,
    data,
    datastores,
    endpoints,
    environments,
    jobs,
    lists,
    models,
    secrets,
    series,
)


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


class TestEnvironments(environments.Environments): ...


class TestFilteringJobs(lists.FilteringJobs): ...


class TestSortingJobs(lists.SortingJobs): ...


class TestChangingTheWorkspace(changes.ChangingTheWorkspace): ...


class TestChangingJobs(changes.ChangingJobs): ...


class TestSnapshots(changes.Snapshots): ...


class TestBatchEndpoints(batch.BatchEndpoints): ...


class TestSecrets(secrets.Secrets): ...


class TestConnections(secrets.Connections): ...


class TestRunningWithSecrets(secrets.RunningWithSecrets): ...


class TestData(data.Data): ...


class TestDataVersions(data.DataVersions): ...


class TestRunningCommands(data.RunningCommands): ...


class TestModels(models.Models): ...


class TestDatastores(datastores.Datastores): ...


@pytest.fixture
def blob_datastore(azurite, container):
    name = container.container_name
    kind = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.ACCOUNT_KEY}
    return Datastore(name=name, endpoint=azurite, container_name=name, **kind), {"account_key": KEY}


class TestBlobDatastores(datastores.BlobDatastores): ...


class TestBlobData(data.BlobData): ...


class TestCourses(series.Courses): ...


class TestEndpoints(endpoints.Endpoints): ...
