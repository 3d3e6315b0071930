"""Values on a terminal: a table for people, data when ``-o`` asks for it."""

import sys
from typing import Any

from ..actions.change_jobs import JobsChanged
from ..actions.follow_job import JobStream
from ..actions.watch_jobs import JobsWatch
from ..commands.answers import Submissions, Together, UnderEmulator
from ..commands.plain import as_data
from ..commands.run import Submitted
from ..entities import Page
from ..language import _
from . import comparison, emulator, endpoint, model, monitoring, preview  # noqa: F401 - they say how one is printed
from .data import print_data
from .exit_codes import JOB_FAILED, exit_code_of
from .reports import print_text
from .stream import show_stream


def show(value: Any, output: str) -> int:
    """Prints and returns the exit code: a job that was waited for hands on how it ended."""
    as_text = output == "table"
    if isinstance(value, JobStream):
        return _show_job(value, output)
    if isinstance(value, JobsWatch):
        from .watch import show_watch

        return show_watch(value, output)
    if isinstance(value, Together | Submissions):
        from .together import show_submissions, show_together

        return show_together(value, output) if isinstance(value, Together) else show_submissions(value, output)
    if isinstance(value, UnderEmulator):
        return emulator.run_under_emulator(value)
    if as_text:
        print_text(value)
    else:
        print_data(as_data(value), output)
    if isinstance(value, Page) and value.continuation:
        print(_("There are more: --continuation {token}", token=value.continuation), file=sys.stderr)
    return JOB_FAILED if isinstance(value, JobsChanged) and value.failed else 0


def _show_job(stream: JobStream, output: str) -> int:
    """The job's name comes first, on stderr where stdout is for data."""
    as_text = output == "table"
    print(stream.name, file=sys.stdout if as_text else sys.stderr, flush=True)
    if isinstance(stream, Submitted):
        print(_("Queued. Follow it with: azml job stream {name}", name=stream.name), file=sys.stderr)
        if not as_text:
            print_data(as_data(stream.job()), output)
        return 0
    job = show_stream(stream, to_stdout=as_text)
    if as_text:
        print_text(job)
    else:
        print_data(as_data(job), output)
    return exit_code_of(job)
