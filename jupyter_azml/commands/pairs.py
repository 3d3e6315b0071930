"""``--set a=1 b=2`` and ``--packages numpy pandas``: one option and as many words as follow it, as in ``az``."""

from collections.abc import Callable
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
            option.process = _with_followers(option.process, self.follows)

    @staticmethod
    def follows(word: str) -> bool:
        """Whether it is one more of them."""
        return "=" in word and not word.startswith("-")


class Words(Pairs):
    """The same for any words: what begins with a dash ends it."""

    @staticmethod
    def follows(word: str) -> bool:
        return not word.startswith("-")


def _with_followers(process: Any, follows: Callable[[str], bool]) -> Any:
    def take(value: str, state: Any) -> None:
        process(value, state)
        while state.rargs and follows(state.rargs[0]):
            process(state.rargs.pop(0), state)

    return take
