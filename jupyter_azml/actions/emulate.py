"""The emulator as a process of its own: started, found again, stopped, and what a command needs to go by it."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from .. import settings
from ..arm.workspaces import API
from ..entities import WorkspaceInfo
from ..entities.emulator import STATE, EmulatorStatus
from ..errors import NotSupported, WorkspaceError
from ..language import _

_PATIENCE = 30.0
_LOOK = 0.05
_CONFIG = "config.json"
_LINES_SHOWN = 3
_TRACKING = "MLFLOW_TRACKING_URI"


def start_emulator(info: WorkspaceInfo) -> EmulatorStatus:
    """The one that runs, or a new one, once it answers. Raises WorkspaceError, NotSupported."""
    if info.kind != "local":
        raise NotSupported(
            _("The workspace {name} is in Azure already.", name=info.name),
            _("Attach a local one to emulate: azml attach local"),
        )
    if (running := emulator_status(info)).is_running:
        return running
    folder = settings.emulator_folder(info.kind, info.location, info.name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "starting.lock").open("ab") as lock:
        # Of two that start it at once, one would be found by nobody, and stopped by nobody.
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = emulator_status(info)
        return found if found.is_running else _started(info, folder / "emulator.log")


def emulator_status(info: WorkspaceInfo) -> EmulatorStatus:
    state = _state(info)
    is_running = bool(state) and _is_emulator(int(state["pid"]))
    return EmulatorStatus(
        workspace=info.name,
        is_running=is_running,
        port=int(state["port"]) if is_running else None,
        identity=str(state["identity"]) if is_running else "",
    )


def stop_emulator(info: WorkspaceInfo) -> EmulatorStatus:
    """Raises WorkspaceError when it does not leave."""
    state = _state(info)
    if not state or not _is_emulator(pid := int(state["pid"])):
        return emulator_status(info)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE
    while _is_emulator(pid):
        if time.monotonic() > deadline:
            raise WorkspaceError(
                _("The emulator, process {pid}, does not leave.", pid=pid), _("End it: kill -9 {pid}", pid=pid)
            )
        time.sleep(_LOOK)
    return emulator_status(info)


def release_emulator(info: WorkspaceInfo) -> None:
    """Stops it, once the jobs have ended that it may have been told to: their own code may need it."""
    state = _state(info)
    if state and _is_emulator(pid := int(state["pid"])):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGHUP)
        deadline = time.monotonic() + _PATIENCE
        while _state(info).get("pid") == pid and _is_emulator(pid) and time.monotonic() < deadline:
            time.sleep(_LOOK)


def variables_of(info: WorkspaceInfo) -> dict[str, str]:
    """Of the one that runs; {} when none does. There is a secret among them."""
    state = _state(info)
    found: dict[str, str] = state.get("variables", {}) if state and _is_emulator(int(state["pid"])) else {}
    return found


def variables_of_machine(info: WorkspaceInfo) -> dict[str, str]:
    """The same, and what a compute instance of Azure's says besides: where plain MLflow tracks."""
    found, identity = variables_of(info), _state(info).get("identity")
    # Only azureml-mlflow understands the address; who chose another one means it.
    if found and _TRACKING not in os.environ and next(iter(distributions(name="azureml-mlflow")), None):
        found = {**found, _TRACKING: f"azureml://{API}/mlflow/v2.0{identity}"}
    return found


def name_workspace(status: EmulatorStatus, folder: Path) -> str:
    """Writes the config.json by which Azure's clients find the workspace from a folder, unless one is there.

    What there is to say about it.
    """
    ours = status.config
    for place in (folder, *folder.parents):
        for file in (place / _CONFIG, place / ".azureml" / _CONFIG):
            if file.is_file():
                return (
                    ""
                    if _names(file, ours)
                    else _(
                        "{file} names another workspace; clients that read it will not find the emulated one.",
                        file=file,
                    )
                )
    (folder / _CONFIG).write_text(json.dumps(ours, indent=1) + "\n", "utf-8")
    return _("Wrote {file}, which names the emulated workspace.", file=folder / _CONFIG)


def _started(info: WorkspaceInfo, log: Path) -> EmulatorStatus:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "jupyter_azml.emulator"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "AZML_WORKSPACE": info.location},
            start_new_session=True,
        )
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if (found := emulator_status(info)).is_running:
            return found
        time.sleep(_LOOK)
    said = log.read_text("utf-8", "replace").strip().splitlines()
    raise WorkspaceError(
        _("The emulator does not start: {detail}", detail=" ".join(said[-_LINES_SHOWN:]) or process.returncode),
        _("See {file}", file=log),
    )


def _names(file: Path, ours: dict[str, str]) -> bool:
    try:
        said = json.loads(file.read_text("utf-8"))
        return all(str(said[key]).lower() == value.lower() for key, value in ours.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _state(info: WorkspaceInfo) -> dict[str, Any]:
    file = settings.emulator_folder(info.kind, info.location, info.name) / STATE
    try:
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _is_emulator(pid: int) -> bool:
    """A number alone may be another process's by now."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "jupyter_azml.emulator" in process.cmdline()
    return False
