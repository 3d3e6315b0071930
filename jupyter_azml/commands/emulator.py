"""``azml emulator …``: the local workspace, spoken to as Azure ML by Microsoft's own clients."""

import os
from pathlib import Path

import click

from ..actions.emulate import emulator_status, name_workspace, start_emulator, stop_emulator, variables_of_machine
from ..entities.emulator import EmulatorStatus
from ..errors import UsageError
from ..language import _
from .answers import ShellVariables, UnderEmulator
from .session import Grammar, Session, pass_session


class _Emulator(Grammar):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``azml emulator -- jupyter lab`` is ``azml emulator run -- jupyter lab``."""
        return super().parse_args(ctx, ["run", *args] if args[:1] == ["--"] else args)


@click.group(cls=_Emulator)
def emulator() -> None:
    """Azure ML on this machine, for Microsoft's own clients, offline: azml emulator -- jupyter lab

    What is started by it finds the workspace under Azure's names, signed in.
    """


@emulator.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@pass_session
def run_under_emulator(session: Session, command: tuple[str, ...]) -> UnderEmulator:
    """Run COMMAND where Microsoft's clients find the workspace; the emulator leaves with it if it came with it."""
    info = session.workspace.info()
    was_running = emulator_status(info).is_running
    status = start_emulator(info)
    _name_workspace(session, status)
    return UnderEmulator(command=command, variables=variables_of_machine(info), info=info, stops=not was_running)


@emulator.command("start")
@pass_session
def start(session: Session) -> EmulatorStatus:
    """Start it, to be left running."""
    status = start_emulator(session.workspace.info())
    _name_workspace(session, status)
    session.notes.append(_('In a shell: eval "$(azml emulator env)"'))
    return status


@emulator.command("stop")
@pass_session
def stop(session: Session) -> EmulatorStatus:
    """Stop it. Jobs go on."""
    return stop_emulator(session.workspace.info())


@emulator.command("status")
@pass_session
def status(session: Session) -> EmulatorStatus:
    """Whether it runs, on which port, as which workspace."""
    return emulator_status(session.workspace.info())


@emulator.command("env")
@pass_session
def env(session: Session) -> ShellVariables:
    """The variables by which clients find it, for eval. There is a secret among them."""
    found = variables_of_machine(session.workspace.info())
    if not found:
        raise UsageError(_("The emulator does not run."), _("Start it first: azml emulator start"))
    return ShellVariables(found)


def _name_workspace(session: Session, status: EmulatorStatus) -> None:
    if said := name_workspace(status, Path(os.getcwd())):
        session.notes.append(said)
