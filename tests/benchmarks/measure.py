"""What every row of the table is made of: a time of ours beside a peer's, in turn, in one run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat


class Row(NamedTuple):
    work: str
    ours: float
    """Seconds, or what ``unit`` says."""
    peer: float | None = None
    who: str = ""
    goal: str = ""
    """What the ratio, or the figure alone, ought to be."""
    unit: str = "s"


def notebook(folder: str, sources: list[str], name: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = Path(folder) / "notebooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def printed_time(output: Path) -> float:
    return float(nbformat.read(output, 4).cells[0].outputs[0].text.split()[-1])


def in_turn(ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians; a function that returns a number has measured itself."""
    pairs = [(timed(ours), timed(peer)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def timed(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    value = function()
    return value if isinstance(value, float) else time.perf_counter() - began


def python(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)


def end_processes(folder: str) -> None:
    """Agents, and whatever else serves workspaces below the folder."""
    from tests.processes import end_processes_below

    end_processes_below(Path(folder))
