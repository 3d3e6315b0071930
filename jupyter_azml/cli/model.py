"""A version of a model on a terminal."""

from rich.markup import escape

from ..actions.describe_model import describe_model
from ..entities import Model
from .text import console, facts_table, print_text, readable_size


@print_text.register
def _model(model: Model) -> None:
    out = console()
    out.print(
        f"[bold]{escape(model.name)}:{escape(model.version)}[/]  {model.type}  [dim]{readable_size(model.size)}[/]"
    )
    out.print(facts_table(describe_model(model)))
