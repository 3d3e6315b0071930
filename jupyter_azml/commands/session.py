"""What every command is given, and the two click classes that all of them are made of."""

from dataclasses import dataclass, field
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..language import _

if TYPE_CHECKING:  # the nouns take longer to import than --help may take
    from collections.abc import Callable
    from pathlib import Path

    from ..actions.run_cell import Cell
    from ..workspace import Connector, Workspace
    from ..workspace.datastores import Progress

FORMATS = ("table", "json", "tsv", "yaml")


@dataclass
class Session:
    """One line of input: who connects, and how the answer is wanted."""

    connector: "Connector"
    output: str = "table"
    notes: list[str] = field(default_factory=list)
    """What the user should know besides the answer."""
    cell: "Cell | None" = None
    """The cell below the line, where there is one."""
    bind: str | None = None
    """The variable that the answer is for."""
    progress: "Progress | None" = None
    """Told how far a transfer is, where somebody looks."""
    tell: "Callable[[str], None] | None" = None
    """Handed text of what takes long, as it comes, where somebody looks."""
    modules: "Callable[[], set[str]] | None" = None
    """The modules that the notebook has imported, by their first names."""
    current_notebook: "Callable[[], Path | None] | None" = None
    """Finds and saves the notebook that the line stands in; None when that is being run as a job already."""

    @property
    def workspace(self) -> "Workspace":
        return self.connector.workspace()

    def notebook_here(self) -> "Path | None":
        """Raises UsageError outside of a notebook."""
        if self.current_notebook is None:
            raise UsageError(_("Which notebook? Give its path."), _("For example: azml run train.ipynb"))
        return self.current_notebook()


pass_session = click.make_pass_decorator(Session)


class Verb(click.Command):
    """A command that takes ``-o`` like those of ``az``; what is asked for is left in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        option = click.Option(
            ["-o", "--output"],
            type=click.Choice(FORMATS),
            expose_value=False,
            callback=_remember_format,
            help="How to print the answer.",
        )
        self.params.append(option)

    def get_help(self, ctx: click.Context) -> str:
        self.help = _translated(self.help)
        for param in self.params:
            if isinstance(param, click.Option) and param.help:
                param.help = _(param.help)
        return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        return (_translated(self.help) or "").partition("\n")[0]


class Grammar(click.Group):
    """A group whose verbs are imported when they are used: ``--help`` has to be quick."""

    command_class = Verb

    def __init__(
        self,
        *args: Any,
        lazy: dict[str, tuple[str, str]] | None = None,
        aliases: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``aliases``: other spellings, which no list shows."""
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}
        self._aliases = aliases or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self._lazy, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = self._aliases.get(cmd_name, cmd_name)
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module = import_module(f".{self._lazy[cmd_name][0]}", __package__)
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = _translated(self.help)
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The summaries stand in the table, so that listing them imports none of the verbs.
        if not self._lazy:
            super().format_commands(ctx, formatter)
            return
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(self._lazy[name][1])) for name in sorted(self._lazy)])


def _translated(text: str | None) -> str | None:
    return _(cleandoc(text)) if text else None


def _remember_format(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value and isinstance(ctx.obj, Session):
        ctx.obj.output = value
