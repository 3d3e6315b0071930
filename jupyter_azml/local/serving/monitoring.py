"""Where requests are told to monitoring."""

import threading
import traceback
from collections.abc import Callable
from contextlib import suppress

from ...entities import DataCollector
from ...monitoring import Collector, Exposition, Recorder
from ..collections import collection_folders
from ..paths import WorkspacePaths
from .routes import Routes


def open_monitoring(paths: WorkspacePaths) -> tuple[Recorder, Collector, Callable[[], str]]:
    """The recorder, the collector, and what gives the text of /metrics. Watches the alerts from now on."""
    threading.Thread(target=_watch, args=(paths,), name="azml-monitor", daemon=True).start()
    return Recorder(paths.endpoints), Collector(), Exposition(paths.endpoints).text


def plan_collection(paths: WorkspacePaths, collector: Collector, routes: Routes) -> None:
    """What is to be kept of each deployment's requests."""
    for route in routes.endpoints.values():
        for target in route.targets.values():
            settings = None
            with suppress(ValueError):  # the agent that wrote it knows more than this gateway
                settings = DataCollector.model_validate(target.collects) if target.collects else None
            folders = collection_folders(paths, route.name, target.name, settings) if settings else {}
            collector.plan((route.name.lower(), target.name.lower()), settings, folders)


def _watch(paths: WorkspacePaths) -> None:
    # It needs the database and more, and the gateway is to answer first.
    from .monitor import PERIOD, Monitor

    stop = threading.Event()
    while not stop.is_set():
        try:
            Monitor(paths).run(stop)
        except Exception:  # the database cannot be opened for now
            traceback.print_exc()
            stop.wait(PERIOD)
