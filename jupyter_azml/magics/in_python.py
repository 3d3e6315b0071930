"""What ``import jupyter_azml`` offers: the workspace that ``%azml`` of this kernel uses."""

from .data_handle import Data, WorkspaceHere
from .line import connections


def data_here(reference: str) -> Data:
    return Data(connections.workspace(), reference)


def workspace_here() -> WorkspaceHere:
    return WorkspaceHere(connections.workspace())
