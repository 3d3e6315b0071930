"""The processes of a distributed job, and the variables by which its launcher tells each who it is.

Sources: https://learn.microsoft.com/azure/machine-learning/how-to-train-distributed-gpu, and the documents of
Open MPI and TensorFlow.
"""

import json
import socket
from contextlib import ExitStack
from typing import NamedTuple

from ..entities import CommandSpec, MpiDistribution, TensorFlowDistribution

HOST = "127.0.0.1"


class Process(NamedTuple):
    environment: dict[str, str]
    is_server: bool = False
    """A parameter server: it ends when the others have."""


def process_count(spec: CommandSpec) -> int:
    """How many run at once. Without a distribution it is one, however many instances there are."""
    if isinstance(spec.distribution, TensorFlowDistribution):
        return spec.distribution.worker_count + spec.distribution.parameter_server_count
    if spec.distribution is None:
        return 1
    return spec.resources.instance_count * processes_per_instance(spec)


def processes_per_instance(spec: CommandSpec) -> int:
    if isinstance(spec.distribution, TensorFlowDistribution):
        return -(-process_count(spec) // spec.resources.instance_count)
    return spec.distribution.process_count_per_instance if spec.distribution else 1


def processes_of(spec: CommandSpec) -> list[Process]:
    """In the order of their rank. All instances are this machine."""
    common = {"AZUREML_NODE_COUNT": str(spec.resources.instance_count)}
    if spec.distribution is None:
        return [Process(common)]
    if isinstance(spec.distribution, TensorFlowDistribution):
        return _tensorflow(spec.distribution, common)
    size, local_size = process_count(spec), processes_per_instance(spec)
    (port,) = free_ports(1)
    common |= {"MASTER_ADDR": HOST, "MASTER_PORT": str(port)}
    found = []
    for rank in range(size):
        node, local_rank = divmod(rank, local_size)
        ranks = _mpi(rank, size, node, local_rank, local_size, port)
        if not isinstance(spec.distribution, MpiDistribution):
            ranks = {
                "NODE_RANK": str(node),
                "RANK": str(rank),
                "LOCAL_RANK": str(local_rank),
                "WORLD_SIZE": str(size),
                "LOCAL_WORLD_SIZE": str(local_size),
            }
        found.append(Process({**common, **ranks}))
    return found


def free_ports(count: int) -> list[int]:
    """Of this machine, each another one."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in held:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in held]


def _mpi(rank: int, size: int, node: int, local_rank: int, local_size: int, port: int) -> dict[str, str]:
    return {
        "OMPI_COMM_WORLD_RANK": str(rank),
        "OMPI_COMM_WORLD_SIZE": str(size),
        "OMPI_COMM_WORLD_LOCAL_RANK": str(local_rank),
        "OMPI_COMM_WORLD_LOCAL_SIZE": str(local_size),
        "OMPI_COMM_WORLD_NODE_RANK": str(local_rank),
        "OMPI_UNIVERSE_SIZE": str(size),
        "AZ_BATCHAI_MPI_MASTER_NODE": HOST,
        "AZ_BATCH_MASTER_NODE": f"{HOST}:{port}",
        "NODE_RANK": str(node),
    }


def _tensorflow(distribution: TensorFlowDistribution, common: dict[str, str]) -> list[Process]:
    workers, servers = distribution.worker_count, distribution.parameter_server_count
    addresses = [f"{HOST}:{port}" for port in free_ports(workers + servers)]
    cluster = {"worker": addresses[:workers], **({"ps": addresses[workers:]} if servers else {})}
    tasks = [("worker", index) for index in range(workers)] + [("ps", index) for index in range(servers)]
    return [
        Process(
            {
                **common,
                "TF_CONFIG": json.dumps(
                    {"cluster": cluster, "task": {"type": kind, "index": index}, "environment": "cloud"}
                ),
            },
            is_server=kind == "ps",
        )
        for kind, index in tasks
    ]
