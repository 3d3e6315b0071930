"""What can go wrong, as one tree. An expected error says what happened and, as a hint, what to do.

AzmlError
├── JobFailed                  1   a job that was waited for did not complete
├── UsageError                 2   words that the grammar does not take
├── NotSignedIn                5
├── NotFound                  20   a name that the workspace does not have
│   ├── JobNotFound           21
│   ├── ComputeNotFound       22
│   ├── WorkspaceNotFound     23
│   ├── FileNotInJob          24
│   ├── DataNotFound          25   a data asset, or data that an input names
│   ├── ConnectionNotFound    26
│   ├── SecretNotFound        27
│   ├── DatastoreNotFound     28
│   ├── ModelNotFound         29
│   ├── EnvironmentNotFound   57
│   ├── AlertNotFound         85
│   ├── EndpointNotFound      83
│   └── DeploymentNotFound    84
├── NotebookError             30
│   ├── NotebookMissing       31
│   ├── NotebookInvalid       32
│   ├── KernelspecMissing     33
│   ├── ParameterUnknown      34
│   ├── CellNotPortable       36   a value that a cell reads or gives back cannot travel
│   ├── CellTooLarge          37
│   └── ParameterInvalid      38   a value of another type than the notebook declares
├── SpecInvalid               35   a YAML file that does not follow its schema
├── WorkspaceError            40
│   ├── WorkspaceNotWritable  41
│   ├── WorkspaceTooNew       42
│   ├── WorkspaceDamaged      43
│   ├── WorkspaceOnNetwork    44
│   └── AgentOfOtherVersion   45   the agent that serves the workspace is of another version
├── SnapshotTooLarge          50
├── SnapshotUnreadable        51
├── StorageError              52   the place behind a datastore
│   ├── StorageRefused        53   it does not accept the credentials
│   ├── StorageUnreachable    54
│   └── StorageChanged        55   a file changed while it was read
├── EnvironmentBuildFailed    56   a package that cannot be had or built
├── DataUnreadable            58   a file that is not what its name says, or damaged
├── Conflict                  60   the thing is in a state that refuses the request
│   ├── ComputeStopped        62
│   └── QuotaExceeded         63
├── NotSupported              61   a capability that this workspace lacks
├── ServiceError              70   Azure answered with an error
│   ├── NotAllowed            71   whoever is signed in lacks a role
│   └── ServiceBusy           72   Azure asks to be left alone for a while, or is down
└── EndpointError             80
    ├── DeploymentFailed      81   its model server does not come up
    └── InvocationFailed      82   the endpoint did not answer, or with an error

The numbers are exit codes of the command line, one per error, so that a script can tell them apart.
0, 1, 3, 4 and 138 belong to jobs (see ``cli/exit_codes.py``).
"""

from http import HTTPStatus


class AzmlError(Exception):
    """Base of all expected errors: ``code`` (the class's name), ``message``, ``hint``."""

    exit_code = 19
    http_status = HTTPStatus.BAD_REQUEST

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    @property
    def code(self) -> str:
        return type(self).__name__

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    def to_dict(self) -> dict[str, str]:
        """The one shape that REST, WebSocket and ``-o json`` show."""
        return {"code": self.code, "message": self.message, "hint": self.hint}

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: an expected error shows its two lines, not our stack.
        return [f"{self.code}: {self.message}", *([self.hint] if self.hint else [])]


class JobFailed(AzmlError):
    """``ename``, ``evalue`` and ``lines`` of the traceback are those of the cell, where one has failed."""

    exit_code = 1
    ename = ""
    evalue = ""
    lines: tuple[str, ...] = ()

    def _render_traceback_(self) -> list[str]:
        return [*self.lines, *super()._render_traceback_()]


class UsageError(AzmlError):
    exit_code = 2


class NotSignedIn(AzmlError):
    exit_code = 5
    http_status = HTTPStatus.UNAUTHORIZED


class NotFound(AzmlError):
    exit_code = 20
    http_status = HTTPStatus.NOT_FOUND


class JobNotFound(NotFound):
    exit_code = 21


class ComputeNotFound(NotFound):
    exit_code = 22


class WorkspaceNotFound(NotFound):
    exit_code = 23


class FileNotInJob(NotFound):
    exit_code = 24


class DataNotFound(NotFound):
    exit_code = 25


class ConnectionNotFound(NotFound):
    exit_code = 26


class SecretNotFound(NotFound):
    exit_code = 27


class DatastoreNotFound(NotFound):
    exit_code = 28


class ModelNotFound(NotFound):
    exit_code = 29


class EnvironmentNotFound(NotFound):
    exit_code = 57


class AlertNotFound(NotFound):
    exit_code = 85


class EndpointNotFound(NotFound):
    exit_code = 83


class DeploymentNotFound(NotFound):
    exit_code = 84


class NotebookError(AzmlError):
    exit_code = 30


class NotebookMissing(NotebookError):
    exit_code = 31
    http_status = HTTPStatus.NOT_FOUND


class NotebookInvalid(NotebookError):
    exit_code = 32


class KernelspecMissing(NotebookError):
    exit_code = 33


class ParameterUnknown(NotebookError):
    exit_code = 34


class CellNotPortable(NotebookError):
    exit_code = 36


class CellTooLarge(NotebookError):
    exit_code = 37


class ParameterInvalid(NotebookError):
    exit_code = 38


class SpecInvalid(AzmlError):
    exit_code = 35


class WorkspaceError(AzmlError):
    exit_code = 40
    http_status = HTTPStatus.INTERNAL_SERVER_ERROR


class WorkspaceNotWritable(WorkspaceError):
    exit_code = 41


class WorkspaceTooNew(WorkspaceError):
    exit_code = 42


class WorkspaceDamaged(WorkspaceError):
    exit_code = 43


class WorkspaceOnNetwork(WorkspaceError):
    exit_code = 44


class AgentOfOtherVersion(WorkspaceError):
    exit_code = 45
    http_status = HTTPStatus.CONFLICT


class SnapshotTooLarge(AzmlError):
    exit_code = 50


class SnapshotUnreadable(AzmlError):
    exit_code = 51


class StorageError(AzmlError):
    exit_code = 52
    http_status = HTTPStatus.BAD_GATEWAY


class StorageRefused(StorageError):
    exit_code = 53
    http_status = HTTPStatus.FORBIDDEN


class StorageUnreachable(StorageError):
    exit_code = 54


class StorageChanged(StorageError):
    exit_code = 55
    http_status = HTTPStatus.CONFLICT


class EnvironmentBuildFailed(AzmlError):
    """``package`` could not be had, and ``detail`` says why."""

    exit_code = 56
    package = ""
    detail = ""


class DataUnreadable(AzmlError):
    exit_code = 58


class Conflict(AzmlError):
    exit_code = 60
    http_status = HTTPStatus.CONFLICT


class ComputeStopped(Conflict):
    exit_code = 62


class QuotaExceeded(Conflict):
    exit_code = 63


class NotSupported(AzmlError):
    exit_code = 61
    http_status = HTTPStatus.NOT_IMPLEMENTED


class ServiceError(AzmlError):
    exit_code = 70
    http_status = HTTPStatus.BAD_GATEWAY


class NotAllowed(ServiceError):
    exit_code = 71
    http_status = HTTPStatus.FORBIDDEN


class ServiceBusy(ServiceError):
    exit_code = 72
    http_status = HTTPStatus.SERVICE_UNAVAILABLE


class EndpointError(AzmlError):
    exit_code = 80
    http_status = HTTPStatus.BAD_GATEWAY


class DeploymentFailed(EndpointError):
    exit_code = 81


class InvocationFailed(EndpointError):
    """``status`` and ``body`` are the endpoint's own."""

    exit_code = 82
    status = 0
    body = ""
