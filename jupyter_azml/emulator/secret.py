"""The secret that guards a workspace's emulator: made once, kept in a file that only this user can read."""

import secrets
from pathlib import Path

from .. import settings
from ..entities import WorkspaceInfo
from ..errors import WorkspaceError
from ..language import _
from .private import make_private


def secret_file(info: WorkspaceInfo) -> Path:
    return folder_of(info) / "emulator.secret"


def folder_of(info: WorkspaceInfo) -> Path:
    return settings.emulator_folder(info.kind, info.location, info.name)


def read_or_make_secret(file: Path) -> str:
    """Raises WorkspaceError when others could read the file, since then its secret is none."""
    if not file.exists():
        make_private(file, secrets.token_urlsafe(32).encode())
    if file.stat().st_mode & 0o077:
        raise WorkspaceError(
            _("Others can read the emulator's secret: {file}", file=file),
            _("Delete the file; the emulator makes a new one."),
        )
    return file.read_text("ascii").strip()
