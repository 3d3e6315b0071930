"""Whether a folder can hold a workspace: writable, and on a disk of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from ..errors import WorkspaceNotWritable, WorkspaceOnNetwork
from ..language import _

# SQLite's write-ahead log, flock and O_APPEND do not hold across the machines of these.
_NETWORK = {
    *("afs", "ceph", "cifs", "glusterfs", "lustre", "nfs", "nfs4", "smb3", "smbfs"),
    *("fuse.blobfuse", "fuse.blobfuse2", "fuse.sshfs"),
}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Translates what a file system says when it does not take a file."""
    try:
        yield
    except OSError as error:
        raise WorkspaceNotWritable(
            _(
                "The workspace folder {folder} cannot be written: {detail}.",
                folder=folder,
                detail=error.strerror or error,
            ),
            _("Free disk space or fix the folder's permissions; or set AZML_HOME to a folder that you can write."),
        ) from error


def refuse_network_folder(folder: Path) -> None:
    """Raises WorkspaceOnNetwork."""
    mounts = {Path(part.mountpoint): part.fstype for part in psutil.disk_partitions(all=True)}
    mount = next((parent for parent in (folder, *folder.parents) if parent in mounts), None)
    if mount and mounts[mount] in _NETWORK:
        raise WorkspaceOnNetwork(
            _(
                "{folder} is on a network file system ({kind}), where jobs could be lost.",
                folder=folder,
                kind=mounts[mount],
            ),
            _("Set AZML_HOME to a folder on a local disk, for example /tmp/azml or /mnt/azml."),
        )
