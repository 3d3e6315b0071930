import json

import pytest

from jupyter_azml.entities import (
    CommandSpec,
    MpiDistribution,
    PyTorchDistribution,
    Resources,
    TensorFlowDistribution,
)
from jupyter_azml.execution.distribution import process_count, processes_of


def spec(distribution=None, instances=1):
    return CommandSpec(command="true", distribution=distribution, resources=Resources(instance_count=instances))


def column(found, name):
    return [process.environment[name] for process in found]


def test_pytorch_tells_each_process_its_ranks_and_one_meeting_point():
    found = processes_of(spec(PyTorchDistribution(process_count_per_instance=3), instances=2))
    assert column(found, "RANK") == list("012345")
    assert column(found, "LOCAL_RANK") == list("012012")
    assert column(found, "NODE_RANK") == list("000111")
    assert set(column(found, "WORLD_SIZE")) == {"6"}
    assert set(column(found, "LOCAL_WORLD_SIZE")) == {"3"}
    assert set(column(found, "MASTER_ADDR")) == {"127.0.0.1"}
    assert len(set(column(found, "MASTER_PORT"))) == 1


def test_mpi_tells_what_open_mpi_tells():
    found = processes_of(spec(MpiDistribution(process_count_per_instance=2), instances=2))
    assert column(found, "OMPI_COMM_WORLD_RANK") == list("0123")
    assert column(found, "OMPI_COMM_WORLD_LOCAL_RANK") == list("0101")
    assert set(column(found, "OMPI_COMM_WORLD_SIZE")) == {"4"}


def test_tensorflow_tells_the_whole_cluster_and_the_task():
    found = processes_of(spec(TensorFlowDistribution(worker_count=2, parameter_server_count=1)))
    told = [json.loads(text) for text in column(found, "TF_CONFIG")]
    assert [one["task"] for one in told] == [
        {"type": "worker", "index": 0},
        {"type": "worker", "index": 1},
        {"type": "ps", "index": 0},
    ]
    addresses = [address for group in told[0]["cluster"].values() for address in group]
    assert len(set(addresses)) == 3
    assert [process.is_server for process in found] == [False, False, True]


@pytest.mark.parametrize(
    ("distribution", "instances", "count"),
    [
        (None, 1, 1),
        (None, 4, 1),
        (PyTorchDistribution(process_count_per_instance=2), 3, 6),
        (TensorFlowDistribution(worker_count=2, parameter_server_count=2), 2, 4),
    ],
)
def test_how_many_run_at_once(distribution, instances, count):
    asked = spec(distribution, instances)
    assert process_count(asked) == len(processes_of(asked)) == count
