"""The port: what any workspace can do. Types only: no disk, network or clock."""

from .base import Workspace
from .batch import BatchDeploymentsOperations, BatchEndpointsOperations
from .computes import ComputesOperations
from .connections import ConnectionsOperations
from .connector import Connector
from .data import DataOperations
from .datastores import DatastoresOperations
from .endpoints import DeploymentsOperations, EndpointsOperations
from .environments import EnvironmentsOperations
from .experiments import ExperimentsOperations
from .jobs import JobsOperations
from .models import ModelsOperations
from .monitoring import MonitoringOperations
from .roles import RolesOperations
from .secrets import SecretsOperations
from .tracking import TrackingOperations

__all__ = [
    "BatchDeploymentsOperations",
    "BatchEndpointsOperations",
    "ComputesOperations",
    "ConnectionsOperations",
    "Connector",
    "DataOperations",
    "DatastoresOperations",
    "DeploymentsOperations",
    "EndpointsOperations",
    "EnvironmentsOperations",
    "ExperimentsOperations",
    "JobsOperations",
    "ModelsOperations",
    "MonitoringOperations",
    "RolesOperations",
    "SecretsOperations",
    "TrackingOperations",
    "Workspace",
]
