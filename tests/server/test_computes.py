"""Computes over the REST API of a real server."""

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.entities import JobStatus
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job

CLUSTER = {"name": "cpu", "type": "amlcompute", "max_nodes": 3}


async def test_a_cluster_is_made_changed_and_deleted(api, refused):
    made = await api("computes", method="POST", body=CLUSTER)
    assert (made["name"], made["state"], made["size"]) == ("cpu", "Running", "Standard_DS3_v2")
    assert [each["name"] for each in (await api("computes"))["items"]] == ["local", "cpu"]
    changed = await api("computes", "cpu", method="PUT", body={**made, "max_nodes": 5})
    assert ((await api("computes", "CPU"))["max_nodes"], changed["max_nodes"]) == (5, 5)
    assert (await api("computes", "cpu", "nodes"))["items"] == []
    # Who makes one must not change another one by its name.
    assert await refused("computes", method="POST", body={**CLUSTER, "name": "CPU"}) == (409, "Conflict")
    assert await api("computes", "cpu", method="DELETE") is None
    assert await refused("computes", "cpu") == (404, "ComputeNotFound")


async def test_an_instance_is_stopped_and_started(api, refused):
    await api("computes", method="POST", body={"name": "box", "type": "computeinstance"})
    assert (await api("computes", "box", "stop", method="POST"))["state"] in ("Stopping", "Stopped")
    assert (await api("computes", "box", "start", method="POST"))["state"] in ("Starting", "Running")
    assert await refused("computes", "local", "stop", method="POST") == (400, "UsageError")
    assert await refused("computes", "nobody", "start", method="POST") == (404, "ComputeNotFound")
    with pytest.raises(HTTPClientError) as unknown:  # what is no verb is no URL
        await api("computes", "box", "delete", method="POST")
    assert unknown.value.code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**CLUSTER, "name": "<b>x</b>"}, 400),
        ({**CLUSTER, "max_nodes": -1}, 400),
        ({**CLUSTER, "min_nodes": 4}, 400),
        ({**CLUSTER, "size": "Standard_Nothing"}, 400),
        ({**CLUSTER, "nodes": 4}, 400),
        ("not json", 400),
    ],
)
async def test_what_cannot_be_made_is_refused_in_one_shape(refused, body, status):
    assert (await refused("computes", method="POST", body=body))[0] == status


async def test_one_with_jobs_is_not_deleted(api, refused, workspace):
    await api("computes", method="POST", body=CLUSTER)
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("waits", JobStatus.QUEUED, compute="cpu"))
    assert await refused("computes", "cpu", method="DELETE") == (409, "Conflict")


async def test_sizes_and_quotas_are_told(api):
    sizes = {each["name"]: each["cores"] for each in (await api("compute-sizes"))["items"]}
    assert sizes["Standard_DS3_v2"] == 4
    assert all(each["used"] <= each["limit"] for each in (await api("compute-usage"))["items"])


async def test_many_jobs_are_changed_at_once_and_those_that_refuse_are_named(api, refused, workspace):
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("ended", JobStatus.COMPLETED))
        insert_job(connection, make_job("runs", JobStatus.RUNNING))
    told = await api("change-jobs", method="POST", body={"change": "delete", "names": ["runs", "ended", "nobody"]})
    assert told["done"] == ["ended"]
    refusals = [(each["name"], each["code"]) for each in told["failed"]]
    assert refusals == [("runs", "Conflict"), ("nobody", "JobNotFound")]
    assert (await refused("change-jobs", method="POST", body={"change": "explode", "names": ["a"]}))[0] == 400
    assert (await refused("change-jobs", method="POST", body={"change": "cancel", "names": []}))[0] == 400
