"""Tab completion of ``%azml``: nouns, verbs, flags and live names, by click's own machinery."""

import shlex

from click.shell_completion import ShellComplete

from ..commands import Session, grammar
from ..commands.run_cell import cell_grammar
from .line import connections


def complete_line(line: str, symbol: str | None = None) -> list[str]:
    """What may stand at the end of the line, in the place of ``symbol``.

    To IPython a word begins behind a colon, too: of ``azureml:diabetes`` it wants ``diabetes`` alone.
    """
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    grammar_here = cell_grammar if line.startswith("%%") else grammar
    incomplete = "" if line.endswith(" ") else words.pop()
    completer = ShellComplete(grammar_here, {"obj": Session(connections)}, "azml", "_AZML_COMPLETE")
    found = [item.value for item in completer.get_completions(words[1:], incomplete)]
    before = incomplete.removesuffix(symbol) if symbol is not None and incomplete.endswith(symbol) else ""
    return [value.removeprefix(before) for value in found if value.startswith(before)]
