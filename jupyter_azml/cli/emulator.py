"""The emulator in a terminal: its state, its variables for a shell, and a command run under it."""

import os
import shlex
import subprocess

from ..actions.emulate import release_emulator
from ..commands.answers import ShellVariables, UnderEmulator
from ..entities.emulator import EmulatorStatus
from ..errors import UsageError
from ..language import _
from .text import print_text


@print_text.register
def _status(status: EmulatorStatus) -> None:
    if not status.is_running:
        print(_("The emulator of {name} does not run.", name=status.workspace))
        return
    print(_("The emulator of {name} runs on port {port}, as", name=status.workspace, port=status.port))
    print(status.identity)


@print_text.register
def _variables(variables: ShellVariables) -> None:
    for name, value in variables.values.items():
        print(f"export {name}={shlex.quote(value)}")


def run_under_emulator(under: UnderEmulator) -> int:
    """The command's exit code; 128 and the number of the signal that ended it, as shells have it."""
    try:
        # An interrupt reaches both, and it is the command that decides what it means.
        process = subprocess.Popen(under.command, env={**os.environ, **under.variables})
        while True:
            try:
                code = process.wait()
                return code if code >= 0 else 128 - code
            except KeyboardInterrupt:
                continue
    except OSError as error:
        raise UsageError(
            _("{command} cannot be run: {detail}", command=under.command[0], detail=error.strerror),
            _("Check the name after --, as in: azml emulator -- jupyter lab"),
        ) from error
    finally:
        if under.stops:
            release_emulator(under.info)
