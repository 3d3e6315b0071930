"""One line of the terminal: parse, call, print, exit."""

import os
import sys
from collections.abc import Sequence

import click

from ..commands import Session, grammar
from ..connect import Connections
from ..errors import AzmlError
from .progress import Bar

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    for stream in (sys.stdout, sys.stderr):
        # What a notebook prints may be what no encoding has.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run_line(list(sys.argv[1:] if arguments is None else arguments)))


def _tell(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)


def run_line(arguments: list[str]) -> int:
    """The exit code. Expected errors are two lines on stderr; anything else is a bug and shows its traceback."""
    bar = Bar()
    session = Session(Connections(remember=True), progress=bar, tell=_tell)
    try:
        value = grammar.main(arguments, standalone_mode=False, obj=session, prog_name="azml")
        for note in session.notes:
            print(note, file=sys.stderr)
        if isinstance(value, int) or value is None:
            return value or 0
        from .show import show

        code = show(value, session.output)
        sys.stdout.flush()
        return code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AzmlError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # `azml job list | head`: whoever read has seen enough. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
