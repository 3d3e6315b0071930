"""Which cells have run, and when: a notebook's file may be older than what its user sees."""

import json
import time
from pathlib import Path
from typing import Any

_KEPT = "_azml_ran"


def remember_cells(shell: Any) -> None:
    """From now on. Of code that ran more than once the last time counts."""
    if hasattr(shell, _KEPT):
        return
    ran: dict[str, tuple[float, int]] = {}
    setattr(shell, _KEPT, ran)

    def remember(info: Any) -> None:
        if info.store_history:
            ran[info.raw_cell.strip()] = (time.time(), len(shell.history_manager.input_hist_raw))

    shell.events.register("pre_run_cell", remember)


def cells_not_in(path: Path, shell: Any) -> list[str]:
    """``[3]``: the numbers of cells that ran after the file was written, and the one that runs, and are not in it."""
    try:
        content = path.read_text("utf-8")
        written = path.stat().st_mtime
        sources = {_source(cell) for cell in json.loads(content)["cells"]}
    except (OSError, ValueError, LookupError, TypeError):
        return []
    ran = dict(getattr(shell, _KEPT, {}))
    inputs = shell.history_manager.input_hist_raw
    later = {source: number for source, (at, number) in ran.items() if at > written}
    # It may have run before anybody remembered: %load_ext stands in it.
    later.setdefault(inputs[-1].strip(), len(inputs) - 1)
    return [f"[{number}]" for source, number in later.items() if source and source not in sources]


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return (source if isinstance(source, str) else "".join(source)).strip()
