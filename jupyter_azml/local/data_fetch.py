"""Data as files of this machine: where they are, or as copies from the workspace's cache."""

from pathlib import Path

from .. import settings
from ..entities import Location
from ..storage.cache import Cache
from ..storage.files import translated
from ..storage.store import Progress
from ..storage.web import fetch_web
from .data_places import Places
from .paths import WorkspacePaths


def fetch(paths: WorkspacePaths, places: Places, location: Location, progress: Progress | None = None) -> Path:
    """Raises what ``DataOperations.fetch`` does."""
    if location.is_web:
        return fetch_web(location.path, paths.fetched / "web", progress=progress)
    if not location.datastore:
        places.stat(location)
        return Path(location.path)
    reached = places.reach(location)
    if here := reached.here:
        places.stat(location)
        return here
    with translated(reached.name, reached.path):
        return cache_of(paths).fetch(reached.store, reached.path, progress=progress)


def cache_of(paths: WorkspacePaths) -> Cache:
    return Cache(paths.fetched, settings.cache_bytes())
