"""The port: what any workspace can do. Types only: no disk, network or clock."""

from .base import Workspace
from .computes import ComputesOperations
from .connections import ConnectionsOperations
from .connector import Connector
from .data import DataOperations
from .datastores import DatastoresOperations
from .experiments import ExperimentsOperations
from .jobs import JobsOperations
from .secrets import SecretsOperations

__all__ = [
    "ComputesOperations",
    "ConnectionsOperations",
    "Connector",
    "DataOperations",
    "DatastoresOperations",
    "ExperimentsOperations",
    "JobsOperations",
    "SecretsOperations",
    "Workspace",
]
