"""The nouns of Azure ML v2 as frozen values. No I/O, no clock."""

from .comparison import ComparedMetric, Comparison, Fact, SourceChange
from .compute import (
    Compute,
    ComputeSchedule,
    ComputeSize,
    ComputeState,
    ComputeType,
    Node,
    NodeState,
    Trigger,
    Usage,
)
from .connection import Connection, Secret
from .data import DataAsset
from .datastore import CredentialsType, Datastore, DatastoreType
from .event import CellChanged, CellState, Event, EventBatch, LogLines, MetricPoint, MetricPoints, StatusChanged
from .experiment import Experiment
from .file import File
from .job import Job, JobStatus, JobType, MetricSummary, Output, Progress, advance
from .page import Page
from .parameter import NotebookParameters, Parameter
from .query import JobQuery
from .reason import Reason
from .series import Axis, Series
from .snapshot import Snapshot
from .spec import (
    Captured,
    CellSpec,
    CommandSpec,
    DataInput,
    DataOutput,
    DataType,
    Distribution,
    JobSpec,
    MpiDistribution,
    NotebookSpec,
    Priority,
    PyTorchDistribution,
    Resources,
    Submission,
    TensorFlowDistribution,
)
from .workspace import WorkspaceInfo

__all__ = [
    "Axis",
    "Captured",
    "CellChanged",
    "CellSpec",
    "CellState",
    "CommandSpec",
    "ComparedMetric",
    "Comparison",
    "Compute",
    "ComputeSchedule",
    "ComputeSize",
    "ComputeState",
    "ComputeType",
    "Connection",
    "CredentialsType",
    "DataAsset",
    "DataInput",
    "DataOutput",
    "DataType",
    "Datastore",
    "DatastoreType",
    "Distribution",
    "Event",
    "EventBatch",
    "Experiment",
    "Fact",
    "File",
    "Job",
    "JobQuery",
    "JobSpec",
    "JobStatus",
    "JobType",
    "LogLines",
    "MetricPoint",
    "MetricPoints",
    "MetricSummary",
    "MpiDistribution",
    "Node",
    "NodeState",
    "NotebookParameters",
    "NotebookSpec",
    "Output",
    "Page",
    "Parameter",
    "Priority",
    "Progress",
    "PyTorchDistribution",
    "Reason",
    "Resources",
    "Secret",
    "Series",
    "Snapshot",
    "SourceChange",
    "StatusChanged",
    "Submission",
    "TensorFlowDistribution",
    "Trigger",
    "Usage",
    "WorkspaceInfo",
    "advance",
]
