"""``%azml`` and ``%%azml``. Registering them imports neither the grammar nor the entities."""

from typing import Any

from .what_ran import remember_cells


def register(shell: Any) -> None:
    """Adds the magic to a shell; ``%load_ext jupyter_azml`` calls it."""

    def azml(line: str, cell: str | None = None) -> Any:
        """Azure Machine Learning: %azml --help lists the commands."""
        if cell is not None:
            from .cell_line import run_cell_line

            return run_cell_line(shell, line, cell)
        from .line import run_line

        return run_line(shell, line)

    def complete(_shell: Any, event: Any) -> list[str]:
        from .completion import complete_line

        return complete_line(event.line, event.symbol)

    remember_cells(shell)
    # IPython would expand {x} and $x in the whole line, which mangles ${{inputs.x}} and JSON (its no_var_expand).
    azml._ipython_magic_no_var_expand = True  # type: ignore[attr-defined]  # a mark on a function
    shell.register_magic_function(azml, magic_kind="line_cell", magic_name="azml")
    for sign in ("%", "%%"):
        shell.set_hook("complete_command", complete, str_key=f"{sign}azml")
