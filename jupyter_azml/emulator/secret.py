"""The secret that guards a workspace's emulator: made once, kept in a file that only this user can read."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import quote

from .. import settings
from ..entities import WorkspaceInfo
from ..errors import WorkspaceError
from ..language import _


def secret_file(info: WorkspaceInfo) -> Path:
    """One per workspace: the name is for people, the digest tells workspaces of one name apart."""
    digest = hashlib.sha256(f"{info.kind}\n{info.location}\n{info.name}".encode()).hexdigest()[:12]
    return settings.home() / "emulator" / f"{quote(info.name, safe='')[:80]}-{digest}.secret"


def read_or_make_secret(file: Path) -> str:
    """Raises WorkspaceError when others could read the file, since then its secret is none."""
    if not file.exists():
        _make(file)
    if file.stat().st_mode & 0o077:
        raise WorkspaceError(
            _("Others can read the emulator's secret: {file}", file=file),
            _("Delete the file; the emulator makes a new one."),
        )
    return file.read_text("ascii").strip()


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it 0600; a link appears whole or not at all, and the first of two emulators wins.
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(32))
    try:
        os.link(temporary, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
