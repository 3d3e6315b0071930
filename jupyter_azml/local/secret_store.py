"""Where values are kept that nobody may read over a shoulder: the system's keyring, else files of mode 0600.

Chosen once for a workspace, so that a value is looked for where it was put.
"""

import json
import os
import secrets
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from ..errors import WorkspaceError
from ..language import _
from .files import read_json, write_whole
from .filesystem import writing
from .locks import held
from .paths import WorkspacePaths

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")


class SecretStore(Protocol):
    def put(self, key: str, value: str) -> None: ...

    def get(self, key: str) -> str | None: ...

    def remove(self, key: str) -> None: ...


def open_store(paths: WorkspacePaths) -> SecretStore:
    """Raises WorkspaceError."""
    files = private_files(paths)
    with writing(paths.secrets), held(paths.secrets_lock):
        chosen = read_json(paths.secrets_store) or _choose(paths)
    return Keyring(str(chosen["service"])) if chosen["kept"] == "keyring" else files


def private_files(paths: WorkspacePaths) -> "Files":
    """For what has to be found without anybody who unlocks a keyring. Raises WorkspaceError."""
    with writing(paths.secrets):
        paths.secrets.mkdir(mode=0o700, exist_ok=True)
        paths.secrets.chmod(0o700)
    return Files(paths)


def describe_store(paths: WorkspacePaths) -> str:
    """For people; asks no keyring."""
    chosen = read_json(paths.secrets_store)
    if chosen is None:
        return _("the system's keyring where there is one, else files of mode 0600 in {folder}", folder=paths.secrets)
    if chosen["kept"] == "keyring":
        return _("the system's keyring ({backend})", backend=chosen.get("backend", ""))
    return _("files of mode 0600 in {folder}", folder=paths.secrets)


class Files:
    """One a value, in a folder that only the user can enter."""

    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths

    def put(self, key: str, value: str) -> None:
        with writing(self._paths.secrets):
            _write_private(self._paths, key, value)

    def get(self, key: str) -> str | None:
        try:
            return self._paths.secret(key).read_bytes().decode()
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> None:
        with writing(self._paths.secrets):
            self._paths.secret(key).unlink(missing_ok=True)


class Keyring:
    """Of the system: GNOME's or KDE's, macOS' Keychain, …"""

    def __init__(self, service: str) -> None:
        self._service = service

    def put(self, key: str, value: str) -> None:
        _answered(lambda: _backend().set_password(self._service, key, value))

    def get(self, key: str) -> str | None:
        return _answered(lambda: _backend().get_password(self._service, key))

    def remove(self, key: str) -> None:
        from keyring.errors import PasswordDeleteError

        def delete() -> None:
            with suppress(PasswordDeleteError):
                _backend().delete_password(self._service, key)

        _answered(delete)


def _choose(paths: WorkspacePaths) -> dict[str, str]:
    service = f"jupyter_azml {paths.folder.name} {secrets.token_hex(6)}"
    backend = _usable_backend(service)
    chosen = {"kept": "keyring", "service": service, "backend": backend} if backend else {"kept": "files"}
    write_whole(paths.secrets_store, json.dumps(chosen))
    return chosen


def _usable_backend(service: str) -> str:
    """The name of a keyring that gives back what it is given; "" when there is none."""
    probe = Keyring(service)

    def real() -> str:
        backend = _backend()
        # keyring's own mark for one that can be trusted: https://keyring.readthedocs.io/en/latest/#api-interface
        return backend.name if _is_real(backend) and backend.priority >= 1 else ""

    try:
        name = _answered(real)
        if not name:
            return ""
        value = secrets.token_hex(4)
        probe.put("probe", value)
        kept = probe.get("probe") == value
        probe.remove("probe")
    except WorkspaceError:
        return ""
    return name if kept else ""


def _is_real(backend: "KeyringBackend") -> bool:
    from keyring.backends import fail, null

    if isinstance(backend, fail.Keyring | null.Keyring):
        return False
    chained = getattr(backend, "backends", None)
    return chained is None or any(_is_real(one) for one in chained)


def _backend() -> "KeyringBackend":
    import keyring

    return keyring.get_keyring()


def _answered(question: Callable[[], Answer]) -> Answer:
    """A locked keyring asks on the desktop, and one without a desktop for ever: it is waited for, but not for long.

    What it says of an error is left out, since it may quote what it was given. Raises WorkspaceError.
    """
    answers: list[Answer] = []
    faults: list[str] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:  # backends raise what their libraries raise
            faults.append(type(error).__name__)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_patience())
    if answers:
        return answers[0]
    raise WorkspaceError(
        _("The system's keyring gives no access: {detail}.", detail=faults[0] if faults else _("it does not answer")),
        _("Unlock it, or sign in on the desktop, and try again."),
    )


def _patience() -> float:
    """Seconds. Where there is a desktop, somebody may have to type a password."""
    has_desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return 30.0 if has_desktop else 3.0


def _write_private(paths: WorkspacePaths, key: str, value: str) -> None:
    beside = paths.secrets / f".{secrets.token_hex(6)}"
    number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(number, "wb") as file:
            file.write(value.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, paths.secret(key))
    finally:
        beside.unlink(missing_ok=True)
