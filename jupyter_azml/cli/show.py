"""Values on a terminal: a table for people, data when ``-o`` asks for it."""

import sys
from typing import Any

from ..actions.follow_job import JobStream
from ..commands.data import as_data
from ..entities import Job, Page
from ..language import _
from .data import print_data
from .exit_codes import exit_code_of
from .stream import show_stream
from .text import print_text


def show(value: Any, output: str) -> int:
    """Prints and returns the exit code: a job that was waited for hands on how it ended."""
    as_text = output == "table"
    if isinstance(value, JobStream):
        job = show_stream(value, to_stdout=as_text)
        print_text(job) if as_text else print_data(as_data(job), output)
        return exit_code_of(job)
    if as_text and isinstance(value, Job) and not value.status.is_terminal and value.started is None:
        print(value.name)
        print(_("Queued. Follow it with: azml job stream {name}", name=value.name), file=sys.stderr)
    elif as_text:
        print_text(value)
    else:
        print_data(as_data(value), output)
    if isinstance(value, Page) and value.continuation:
        print(_("There are more: --continuation {token}", token=value.continuation), file=sys.stderr)
    return 0
