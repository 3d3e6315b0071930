"""The emulator as a process of its own: started, found again, stopped, and what a command needs to go by it."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from .. import settings
from ..entities import WorkspaceInfo
from ..entities.emulator import EmulatorStatus
from ..errors import NotSupported, WorkspaceError
from ..language import _

_PATIENCE = 30.0
_LOOK = 0.05
_CONFIG = "config.json"
_LINES_SHOWN = 3


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
    log = folder / "emulator.log"
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


def variables_of(info: WorkspaceInfo) -> dict[str, str]:
    """Of the one that runs; {} when none does. There is a secret among them."""
    state = _state(info)
    found: dict[str, str] = state.get("variables", {}) if state and _is_emulator(int(state["pid"])) else {}
    return found


def name_workspace(status: EmulatorStatus, folder: Path) -> str:
    """Writes the config.json by which Azure's clients find the workspace from a folder, unless one is there.

    What there is to say about it.
    """
    _empty, _subscriptions, subscription, _groups, group, *_rest, name = status.identity.split("/")
    ours = {"subscription_id": subscription, "resource_group": group, "workspace_name": name}
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


def _names(file: Path, ours: dict[str, str]) -> bool:
    try:
        said = json.loads(file.read_text("utf-8"))
        return all(str(said[key]).lower() == value.lower() for key, value in ours.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _state(info: WorkspaceInfo) -> dict[str, Any]:
    file = settings.emulator_folder(info.kind, info.location, info.name) / "emulator.json"
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
