"""``--set a=1 b=2`` and ``--tags team=blue``: one option and as many pairs as follow it, as in ``az``."""

from typing import Any

import click


class Pairs(click.Option):
    """Taken several times, too. A word without an equals sign ends it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "multiple": True})

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        super().add_to_parser(parser, ctx)
        for name in self.opts:
            option = parser._long_opt.get(name) or parser._short_opt.get(name)
            option.process = _with_followers(option.process)


def _with_followers(process: Any) -> Any:
    def take(value: str, state: Any) -> None:
        process(value, state)
        while state.rargs and "=" in state.rargs[0] and not state.rargs[0].startswith("-"):
            process(state.rargs.pop(0), state)

    return take
