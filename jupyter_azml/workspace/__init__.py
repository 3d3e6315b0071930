"""The port: what any workspace can do. Types only: no disk, network or clock."""

from .base import Workspace
from .computes import ComputesOperations
from .connector import Connector
from .experiments import ExperimentsOperations
from .jobs import JobsOperations

__all__ = ["ComputesOperations", "Connector", "ExperimentsOperations", "JobsOperations", "Workspace"]
