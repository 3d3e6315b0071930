"""What costs nothing: each thing is made, found, changed and removed under a name of this run's own."""

import pytest

from jupyter_azml.entities import (
    BatchEndpoint,
    Compute,
    ComputeType,
    Connection,
    DataAsset,
    Environment,
    Model,
    OnlineEndpoint,
)
from jupyter_azml.errors import (
    ComputeNotFound,
    EndpointNotFound,
    InvocationFailed,
    JobNotFound,
    NotAllowed,
    WorkspaceNotFound,
)
from tests.contract.suite.computes import eventually

pytestmark = pytest.mark.timeout(3600)


def test_the_workspace_says_what_stands_behind_it_and_who_may_enter(live):
    found = live.check()
    assert found.storage_account
    assert found.key_vault
    assert live.roles.list().items


def test_another_name_is_not_found(live):
    from jupyter_azml.azure import AzureWorkspace

    subscription, group = live.info().location.split("/")
    with pytest.raises((WorkspaceNotFound, NotAllowed)):
        AzureWorkspace(subscription, group, "azml-live-nowhere").check()


def test_jobs_are_listed_in_pages_and_one_that_is_not_there_is_not_found(live):
    page = live.jobs.list(limit=2)
    assert len(page.items) <= 2
    for job in page.items:
        assert live.jobs.get(job.name).name == job.name
    with pytest.raises(JobNotFound):
        live.jobs.get("azml-live-nowhere")


def test_a_cluster_without_nodes_is_made_changed_and_removed(live, name):
    wanted = Compute(name=name, type=ComputeType.AMLCOMPUTE, size="Standard_DS2_v2", min_nodes=0, max_nodes=1)
    live.computes.create_or_update(wanted)
    found = eventually(lambda: (each := live.computes.get(name)).state == "Running" and each, 300)
    assert (found.size.lower(), found.min_nodes, found.max_nodes) == ("standard_ds2_v2", 0, 1)
    assert any(size.name == "Standard_DS2_v2" for size in live.computes.sizes().items)
    assert live.computes.usage().items
    live.computes.delete(name)
    with pytest.raises(ComputeNotFound):
        live.computes.get("azml-live-nowhere")


def test_files_become_data_a_model_and_an_environment(live, name, tmp_path):
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    asset = live.data.upload(DataAsset(name=name, type="uri_file", path=str(tmp_path / "rows.csv")))
    assert live.data.fetch(f"azureml:{asset.name}:{asset.version}").read_text() == "a,b\n1,2\n"
    model = live.models.create_or_update(Model(name=name, path=str(tmp_path / "rows.csv")))
    assert live.models.download(name, model.version, tmp_path / "got").read_text() == "a,b\n1,2\n"
    image = "mcr.microsoft.com/azureml/minimal-py312-inference"
    made = live.environments.create_or_update(Environment(name=name, image=image))
    assert live.environments.get(name, made.version).image == image


def test_an_endpoint_without_a_deployment_has_keys_and_says_that_nothing_answers(live, name):
    live.endpoints.create_or_update(OnlineEndpoint(name=name, tags={"made": "by a test"}))
    eventually(lambda: live.endpoints.get(name).state == "Succeeded", 600)
    assert live.endpoints.get(name).tags == {"made": "by a test"}
    keys = live.endpoints.keys(name)
    assert keys.primary_key != keys.secondary_key
    with pytest.raises(InvocationFailed):
        live.endpoints.invoke(name, b"{}")
    live.batch_endpoints.create_or_update(BatchEndpoint(name=f"{name}b"))
    assert eventually(lambda: live.batch_endpoints.get(f"{name}b"), 300).default_deployment == ""
    live.endpoints.delete(name)
    with pytest.raises(EndpointNotFound):
        live.endpoints.get("azml-live-nowhere")


def test_a_connection_and_a_secret_are_kept_apart_from_their_values(live, name):
    live.connections.create_or_update(
        Connection(name=name, type="python_feed", target="https://x.example"), {"pat": "1"}
    )
    found = live.connections.get(name)
    assert (found.target, found.credentials) == ("https://x.example", ("pat",))
    live.connections.delete(name)
    try:
        live.secrets.set(name, "value")
    except NotAllowed as error:
        pytest.skip(f"the key vault does not let us: {error.message}")
    assert name in [secret.name for secret in live.secrets.list(limit=500).items]
    live.secrets.delete(name)


@pytest.mark.costs
def test_a_notebook_runs_on_a_cluster_of_one_node(live, name, write_notebook):
    from jupyter_azml.actions.follow_job import JobStream
    from jupyter_azml.entities import NotebookSpec

    wanted = Compute(name=name, type=ComputeType.AMLCOMPUTE, size="Standard_DS2_v2", min_nodes=0, max_nodes=1)
    live.computes.create_or_update(wanted)
    eventually(lambda: live.computes.get(name).state == "Running", 300)
    notebook = write_notebook("print(6 * 7)")
    job = live.jobs.submit(NotebookSpec(notebook=notebook.name, code=str(notebook.parent), compute=name, timeout=1800))
    assert JobStream(live, job.name).wait().status == "Completed"
    live.computes.delete(name)
