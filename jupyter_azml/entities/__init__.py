"""The nouns of Azure ML v2 as frozen values. No I/O, no clock."""

from .compute import Compute, ComputeState, ComputeType
from .event import CellChanged, CellState, Event, EventBatch, LogLines, MetricPoint, MetricPoints, StatusChanged
from .experiment import Experiment
from .file import File
from .job import Job, JobStatus, JobType, MetricSummary, NotebookSpec, Output, Progress, advance
from .page import Page
from .reason import Reason
from .workspace import WorkspaceInfo

__all__ = [
    "CellChanged",
    "CellState",
    "Compute",
    "ComputeState",
    "ComputeType",
    "Event",
    "EventBatch",
    "Experiment",
    "File",
    "Job",
    "JobStatus",
    "JobType",
    "LogLines",
    "MetricPoint",
    "MetricPoints",
    "MetricSummary",
    "NotebookSpec",
    "Output",
    "Page",
    "Progress",
    "Reason",
    "StatusChanged",
    "WorkspaceInfo",
    "advance",
]
