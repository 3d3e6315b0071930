"""The contract against the Azure workspace, through the emulator, onto a local workspace.

What is about running jobs is in ``test_azure_jobs_through_emulator.py``.
"""

import os

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.entities import DataAsset, Environment, Model
from jupyter_azml.errors import DatastoreNotFound, UsageError
from tests.contract.rig import AzureRig
from tests.contract.suite import computes, data, datastores, environments, jobs, lists, models
from tests.fakes.loopback import SECRET, FixedToken, served


@pytest.fixture
def rig(workspace, tmp_path):
    with served(create_app(workspace, SECRET, tmp_path)) as url:
        azure = AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "local", credential=FixedToken(), base_url=url)
        yield AzureRig(azure, workspace.jobs.submit)


class TestReadingJobs(jobs.ReadingJobs): ...


class TestFilteringJobs(lists.FilteringJobs): ...


class TestComputes(computes.Computes): ...


class TestLivingComputes(computes.LivingComputes): ...


class TestData(data.Data): ...


class TestDataVersions(data.DataVersions): ...


class TestModels(models.Models):
    def test_links_and_odd_names_inside_are_files_like_others(self, models, folder, tmp_path):
        """Azure's storage takes no control characters in a name: before anything is sent, it is said so."""
        (folder / "a b é.txt").write_text("odd")
        os.symlink(folder / "model.pkl", folder / "link.pkl")
        os.symlink(folder, folder / "circle")
        models.create_or_update(Model(name="churn", path=str(folder)))
        got = models.download("churn", "1", tmp_path / "got")
        assert (got / "link.pkl").read_bytes() == b"weights" * 1000
        assert (got / "a b é.txt").read_text() == "odd"
        assert not (got / "circle").exists()
        (folder / "a\n.txt").write_text("odd")
        with pytest.raises(UsageError, match="control characters"):
            models.create_or_update(Model(name="churn", path=str(folder)))


class TestDatastores(datastores.Datastores):
    def test_a_place_that_does_not_answer_is_not_kept(self, rig, raw):
        """Whether it answers the service asks, and the emulator keeps an account for every name."""
        gone = raw.model_copy(update={"name": "gone", "account_name": "gone"})
        assert rig.workspace.datastores.create_or_update(gone, {"account_key": "a2V5"}).name == "gone"
        assert rig.workspace.datastores.browse("gone").items == ()

    def test_one_that_data_assets_lie_in_is_not_forgotten(self, rig, raw):
        """The service does not look for them: tutorials clean up by deleting what they made."""
        asset = DataAsset(name="rows", type="uri_file", path="azureml://datastores/raw/paths/a.csv")
        rig.workspace.data.create(asset)
        rig.workspace.datastores.delete("Raw")
        with pytest.raises(DatastoreNotFound):
            rig.workspace.data.open("azureml:rows:1")


class TestEnvironments(environments.Environments):
    def test_another_python_and_what_only_conda_has_are_named(self, rig):
        """Azure has conda and every Python: it takes them, and so does the emulator, which says what it leaves out."""
        conda = {"dependencies": ["python=3.1", "cudatoolkit=11.8", {"pip": ["roman"]}]}
        made = rig.workspace.environments.create_or_update(Environment(name="gpu", image="x", conda_file=conda))
        assert rig.workspace.environments.get("gpu", made.version).conda_file == conda
