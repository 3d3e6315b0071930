"""The one table of URLs. jupyter_server puts its base URL before them."""

from .handlers.comparison import BestHandler, ComparisonHandler
from .handlers.contents import CheckpointsHandler, ContentsHandler
from .handlers.jobs import (
    ArchiveHandler,
    CancelHandler,
    FilesHandler,
    JobHandler,
    JobsHandler,
    RestoreHandler,
    SeriesHandler,
    SnapshotHandler,
)
from .handlers.notebooks import ParametersHandler, SaveHandler
from .handlers.workspace import ComputesHandler, ExperimentsHandler, WorkspaceHandler
from .socket import LiveSocket

_API = "/azml/api"
_JOB = r"(?P<name>[\w-]+)"

ROUTES = [
    (rf"{_API}/workspace", WorkspaceHandler),
    (rf"{_API}/computes", ComputesHandler),
    (rf"{_API}/experiments", ExperimentsHandler),
    (rf"{_API}/jobs", JobsHandler),
    (rf"{_API}/compare", ComparisonHandler),
    (rf"{_API}/best", BestHandler),
    (rf"{_API}/jobs/{_JOB}", JobHandler),
    (rf"{_API}/jobs/{_JOB}/cancel", CancelHandler),
    (rf"{_API}/jobs/{_JOB}/archive", ArchiveHandler),
    (rf"{_API}/jobs/{_JOB}/restore", RestoreHandler),
    (rf"{_API}/jobs/{_JOB}/snapshot", SnapshotHandler),
    (rf"{_API}/jobs/{_JOB}/files", FilesHandler),
    (rf"{_API}/jobs/{_JOB}/series", SeriesHandler),
    (rf"{_API}/notebooks/parameters", ParametersHandler),
    (rf"{_API}/notebooks/save", SaveHandler),
    (rf"{_API}/contents(?P<path>/.+)?/checkpoints", CheckpointsHandler),
    (rf"{_API}/contents(?P<path>/.*)?", ContentsHandler),
    (rf"{_API}/ws", LiveSocket),
]
