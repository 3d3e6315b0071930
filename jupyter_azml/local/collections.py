"""Where the sampled inputs and outputs of a deployment are kept."""

from pathlib import Path

from ..entities import DataCollector, DatastorePath, read_address
from ..errors import AzmlError
from .paths import DATASTORE, WorkspacePaths


def collection_folders(
    paths: WorkspacePaths, endpoint: str, deployment: str, settings: DataCollector
) -> dict[str, Path]:
    """As Azure has it by default, or where the deployment's YAML says, as far as that is on this machine."""
    root = paths.datastore(DATASTORE).resolve()
    usual = root / "modelDataCollector" / endpoint / deployment
    found = {}
    for name in settings.enabled:
        data = settings.collections[name].data
        place = _in_own_datastore(data.path) if data and data.path else None
        chosen = (root / place).resolve() if place else usual / name
        found[name] = chosen if chosen.is_relative_to(root) else usual / name
    return found


def _in_own_datastore(path: str) -> str | None:
    try:
        address = read_address(path)
    except AzmlError:
        return None
    is_own = isinstance(address, DatastorePath) and address.datastore.lower() == DATASTORE
    return address.path if is_own and isinstance(address, DatastorePath) else None
