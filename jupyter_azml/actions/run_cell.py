"""Submitting one cell of a notebook with what it reads, or showing what would travel."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from .. import settings
from ..entities import Captured, CellSpec, Job, Reason, Snapshot
from ..entities.base import Entity
from ..errors import CellNotPortable, NotSupported, SnapshotTooLarge, UsageError
from ..execution.snapshot import list_snapshot
from ..language import _
from ..workspace import Workspace
from .preview_snapshot import preview_snapshot


class Cell(Protocol):
    """A cell in its notebook: only there are its variables."""

    source: str

    def capture(
        self, file: Path, *, returns: Sequence[str] = (), include: Sequence[str] = (), most: int | None = None
    ) -> tuple[dict[str, Any], dict[Path, str]]:
        """Writes what the cell reads to the file, in at most so many bytes. Fields of ``CellSpec``, and the files of
        local modules with the variable that needs each.

        Raises NotebookInvalid, UsageError, CellNotPortable, CellTooLarge.
        """
        ...


class CellPreview(Entity):
    captured: tuple[Captured, ...]
    size: int
    """Bytes."""
    python: str
    packages: dict[str, str]
    notes: tuple[Reason, ...] = ()
    snapshot: Snapshot | None = None
    """The folder that travels too."""


def run_cell(workspace: Workspace, cell: Cell, *, code: Path | None, **asked: Any) -> Job:
    """Queues the cell with the folder ``code``, or with none; ``asked`` are further fields of ``CellSpec``, and
    ``include`` and ``most`` as for ``Cell.capture``.

    Raises what capturing does, ComputeNotFound, NotFound, NotSupported, SnapshotTooLarge, WorkspaceError.
    """
    if "jobs.submit" not in workspace.info().capabilities:
        raise NotSupported(
            _("A cell cannot run as a job of this workspace yet."),
            _("Attach a local one, where it can: %azml attach local"),
        )
    # Before anything is written: large values take their time.
    workspace.computes.get(asked.get("compute") or "local")
    with _captured(cell, code, **asked) as spec:
        try:
            return workspace.jobs.submit(spec)
        except SnapshotTooLarge as error:
            raise _too_large(error) from None


def preview_cell(cell: Cell, *, code: Path | None, **asked: Any) -> CellPreview:
    """Raises what capturing does, SnapshotTooLarge, SnapshotUnreadable."""
    with _captured(cell, code, **asked) as spec:
        try:
            snapshot = preview_snapshot(code) if code else None
        except SnapshotTooLarge as error:
            raise _too_large(error) from None
        return CellPreview(
            captured=spec.captured,
            size=os.path.getsize(spec.payload),
            python=spec.python,
            packages=spec.packages,
            notes=spec.notes,
            snapshot=snapshot,
        )


@contextmanager
def _captured(
    cell: Cell,
    code: Path | None,
    *,
    returns: Sequence[str] = (),
    include: Sequence[str] = (),
    most: int | None = None,
    compute: str | None = None,
    experiment: str | None = None,
    display_name: str | None = None,
    **fields: Any,
) -> Iterator[CellSpec]:
    """The specification, and for as long as it is used the file of values that it names."""
    if not cell.source.strip():
        raise UsageError(_("The cell is empty."), _("Write what is to run below the line with %%azml run."))
    folder = _folder(code)
    home = settings.home()
    home.mkdir(parents=True, exist_ok=True)
    # Beside the workspaces, since the system's temporary folder is often kept in memory.
    with tempfile.TemporaryDirectory(prefix=".cell-", dir=home) as place:
        found, homes = cell.capture(Path(place) / "payload.pickle", returns=returns, include=include, most=most)
        _check_modules(homes, folder)
        yield CellSpec(
            **found,
            **fields,
            code=str(folder) if folder else None,
            compute=compute or "local",
            display_name=display_name or "",
            experiment=experiment or (folder or Path.cwd()).name or "Default",
        )


def _folder(code: Path | None) -> Path | None:
    folder = code.expanduser().absolute() if code else None
    if folder and not folder.is_dir():
        raise UsageError(_("There is no folder at {path}.", path=folder), _("Check --code, or leave it out."))
    return folder


def _check_modules(homes: dict[Path, str], folder: Path | None) -> None:
    """Raises CellNotPortable for a value whose module would stay behind."""
    here = Path.cwd()
    near = {file: name for file, name in homes.items() if file.is_relative_to(here)}
    if not near:
        return
    travelling = {file.path for file in list_snapshot(folder, "")} if folder else set()
    for file, name in near.items():
        # A folder other than the notebook's may hold the same module, at the same place in it.
        if file not in travelling and (folder in (None, here) or folder / file.relative_to(here) not in travelling):
            raise CellNotPortable(
                _("{name} needs {file}, which does not travel with the cell.", name=name, file=file),
                _("Let its folder travel with --code DIR, and see that {file} does not name it.", file=".amlignore"),
            )


def _too_large(error: SnapshotTooLarge) -> SnapshotTooLarge:
    return SnapshotTooLarge(
        error.message,
        _("Name what stays behind in .amlignore, choose another folder with --code DIR, or none with --no-code."),
    )
