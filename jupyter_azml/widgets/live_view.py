"""What both views have in common: a thread that looks at jobs until they have ended, and an output that outlives it."""

import base64
import contextlib
import pathlib
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from ..actions.watch_jobs import JobsWatch
from ..entities import Event
from ..errors import AzmlError
from .labels import labels

STATIC = pathlib.Path(__file__).parent.parent / "static"
SAVED = "application/vnd.azml.view+json"
"""What our JupyterLab extension draws when the notebook is opened again and no kernel has the view any more."""
SHORTEST_PAUSE = 0.08
HIDDEN_PAUSE = 2.0
AFTER_ERROR = 5.0
UNSEEN_AFTER = 60.0
"""Seconds; a page that shows the view says so every twenty."""
BEAT = 5.0
SHARE = 4
"""A look is followed by a pause this many times as long as it kept the processor busy."""


class LiveView(anywidget.AnyWidget):
    _kind = ""
    is_behind = False
    """Whether there is something that the page has not been told, though nothing happens."""
    labels = traitlets.Dict().tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)
    """Whether the jobs are being looked at. In a notebook opened again it may say so of a kernel that is gone."""
    problem = traitlets.Unicode("").tag(sync=True)
    """Why the workspace cannot be read at the moment."""
    beat = traitlets.Int(0).tag(sync=True)
    """Counts up while jobs are being looked at: a page that hears nothing knows that the kernel is gone."""
    seen = traitlets.Float(-1.0).tag(sync=True)
    """When a page last said that it shows the view; 0 when none does, -1 before any said anything."""

    def __init__(self, watch: JobsWatch, **traits: Any) -> None:
        super().__init__(labels=labels(), **traits)
        self.watch = watch
        self._displays: list[Any] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._is_asked = False
        self._is_closed = False
        self._seen_at = self._beat_at = time.monotonic()
        self.observe(self._note_seen, "seen")
        self._look()
        if not watch.is_over:
            self.go_on()

    def take(self, told: Mapping[str, Sequence[Event]], *, is_asked: bool) -> None:
        """Puts what has happened into the traits."""
        raise NotImplementedError

    def saved_state(self) -> dict[str, Any]:
        """The last truth as JSON, for the output; small."""
        raise NotImplementedError

    def saved_html(self) -> str:
        raise NotImplementedError

    def saved_picture(self) -> bytes | None:
        """A PNG."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Looks again, at once, and as long as there is something to see."""
        with self._lock:
            self._is_asked = True
            self._wake.set()
            if self._thread is None and not self._is_closed:
                self._thread = threading.Thread(target=self._follow, name=f"azml-{self._kind}", daemon=True)
                self._thread.start()

    def close(self) -> None:
        self._is_closed = True
        self._wake.set()
        super().close()

    def _follow(self) -> None:
        was_live = not self.watch.is_over
        self.live = was_live
        while not self._is_closed:
            began = time.thread_time()
            self._look()
            with self._lock:
                if self.watch.is_over and not self._is_asked:
                    self._thread = None
                    break
            self._wake.wait(self._pause(time.thread_time() - began))
            self._wake.clear()
        if was_live and not self._is_closed:
            self.live = False
            self._save_end()

    def _look(self) -> None:
        is_asked, self._is_asked = self._is_asked, False
        try:
            told = self.watch.look()
            with self.hold_sync():
                if told or is_asked or self.is_behind:
                    self.take(told, is_asked=is_asked)
                self.problem = ""
                self._tell_of_life()
        except AzmlError as error:
            self.problem = f"{error.message} {error.hint}".strip()

    def _tell_of_life(self) -> None:
        if self.live and time.monotonic() - self._beat_at > BEAT:
            self._beat_at = time.monotonic()
            self.beat += 1

    def _pause(self, took: float) -> float:
        if self.problem:
            return AFTER_ERROR
        is_hidden = self.seen == 0 or time.monotonic() - self._seen_at > UNSEEN_AFTER
        return HIDDEN_PAUSE if is_hidden else max(SHORTEST_PAUSE, self.watch.workspace.jobs.pause, SHARE * took)

    def _note_seen(self, change: Any) -> None:
        was_hidden = change["old"] == 0
        self._seen_at = time.monotonic()
        if was_hidden:
            self._wake.set()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data, metadata = self._bundle()
        self._displays.append(display(data, metadata=metadata, raw=True, display_id=True))

    def _save_end(self) -> None:
        """What stands in the notebook says how it ended. Where it is shown no longer nobody minds."""
        data, metadata = self._bundle()
        for shown in self._displays:
            with contextlib.suppress(Exception):
                shown.update(data, metadata=metadata, raw=True)

    def _bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self._repr_mimebundle_() or ({}, {})
        html, picture = self.saved_html(), self.saved_picture() if self.watch.is_over else None
        if picture:
            encoded = base64.b64encode(picture).decode()
            data["image/png"] = encoded
            # A reader shows one form of an output, and most of them the HTML before the picture.
            html += f'<p><img alt="" src="data:image/png;base64,{encoded}"></p>'
        data["text/html"] = html
        data["text/plain"] = "\n".join(f"{job.name}  {job.status}" for job in self.watch.jobs.values())
        data[SAVED] = {"kind": self._kind, **self.saved_state(), "labels": self.labels}
        return data, metadata
