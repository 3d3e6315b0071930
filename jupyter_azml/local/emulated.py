"""Jobs that came by the emulator: their own code finds the workspace under Azure's names, as it would in Azure.

What leads there is read from the file that the emulator keeps while it answers, when the job's code is about to start:
nothing of it is written down with the job, as there is a secret in it.
"""

import os
import socket
from contextlib import closing
from pathlib import Path

from .. import settings
from ..entities.emulator import EMULATED, STATE
from .files import read_json

_PATIENCE = 1.0
_HEADER = "IDENTITY_HEADER"


def emulator_variables_of_job(workspace: Path) -> dict[str, str]:
    """Of this process's job; {} for one that came another way, or when no emulator answers now."""
    if not os.environ.get(EMULATED):
        return {}
    folder = settings.emulator_folder("local", str(workspace), workspace.name)
    state = read_json(folder / STATE) or {}
    if not _answers(state.get("port")):
        return {}
    variables = dict(state.get("variables", {}))
    # By which azure-ai-ml gets a token for whoever submitted a job, on a machine of Azure's.
    return {**variables, "OBO_ENDPOINT": f"{variables.get('HTTPS_PROXY', '')}/msi/token"}


def secrets_in(variables: dict[str, str]) -> dict[str, str]:
    """Those of which what the job prints must not tell."""
    return {_HEADER: variables[_HEADER]} if _HEADER in variables else {}


def _answers(port: object) -> bool:
    if not isinstance(port, int):
        return False
    try:
        with closing(socket.create_connection(("127.0.0.1", port), _PATIENCE)):
            return True
    except OSError:
        return False
