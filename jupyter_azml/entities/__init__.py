"""The nouns of Azure ML v2 as frozen values. No I/O, no clock."""

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
from .event import CellChanged, CellState, Event, EventBatch, LogLines, MetricPoint, MetricPoints, StatusChanged
from .experiment import Experiment
from .file import File
from .job import Job, JobStatus, JobType, MetricSummary, Output, Progress, advance
from .page import Page
from .query import JobQuery
from .reason import Reason
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
    "Captured",
    "CellChanged",
    "CellSpec",
    "CellState",
    "CommandSpec",
    "Compute",
    "ComputeSchedule",
    "ComputeSize",
    "ComputeState",
    "ComputeType",
    "Connection",
    "DataAsset",
    "DataInput",
    "DataOutput",
    "DataType",
    "Distribution",
    "Event",
    "EventBatch",
    "Experiment",
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
    "NotebookSpec",
    "Output",
    "Page",
    "Priority",
    "Progress",
    "PyTorchDistribution",
    "Reason",
    "Resources",
    "Secret",
    "Snapshot",
    "StatusChanged",
    "Submission",
    "TensorFlowDistribution",
    "Trigger",
    "Usage",
    "WorkspaceInfo",
    "advance",
]
