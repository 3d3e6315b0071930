"""Times beside the peers' times, in one run, as ratios. ``make bench``; never a test, since machines are noisy.

Medians of several rounds, ours and the peer's in turn. ``… run.py NAME`` measures one group alone. Each group is a
section of ``docs/benchmarks.md``, with its date, and is written anew when it was measured.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.azure import azure
from tests.benchmarks.cells import cells, large_outputs
from tests.benchmarks.gateway import gateway
from tests.benchmarks.listing import listing
from tests.benchmarks.live import live
from tests.benchmarks.many import many
from tests.benchmarks.measure import Row
from tests.benchmarks.monitoring import monitoring
from tests.benchmarks.page import page
from tests.benchmarks.preview import preview
from tests.benchmarks.series import series
from tests.benchmarks.starting import first_line, idling, starting
from tests.benchmarks.storage import storage
from tests.benchmarks.tracking import log_metric

GROUPS: tuple[Callable[[str], list[Row]], ...] = (
    cells,
    large_outputs,
    first_line,
    many,
    idling,
    log_metric,
    starting,
    listing,
    series,
    live,
    page,
    storage,
    preview,
    monitoring,
    gateway,
    azure,
)
PEERS = ("papermill", "nbclient", "nbmake", "mlflow-skinny", "jupyter_client", "ipykernel")
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
TITLE = """# Benchmarks

Written by `make bench`, a group at a time. Medians of rounds in which ours and the peer's take turns, in one run; a
ratio below 1 means that ours is faster. The machines that these ran on are virtual and noisy: ratios
count, seconds do not.
"""


def main(names: list[str]) -> None:
    """``names``: of the groups to measure; all when there is none."""
    groups = [group for group in GROUPS if not names or group.__name__ in names]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    print(machine, peers, sep="\n", end="\n\n")
    print(f"{'work':56} {'ours':>9} {'peer':>9} {'ratio':>6}  {'goal':7} peer")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AZML_HOME"] = str(Path(folder) / "home")
        os.environ["AZML_AGENT_IDLE_SECONDS"] = "30"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        for group in groups:
            rows = []
            for row in group(folder):
                rows.append(row)
                work, ours, peer, ratio, goal, who = columns(row)
                print(f"{work:56} {ours:>9} {peer:>9} {ratio:>6}  {goal:7} {who}", flush=True)
            write_section(group.__name__, rows, f"{date.today()}: {machine}; {peers}.")


def columns(row: Row) -> tuple[str, ...]:
    ratio = row.ours / row.peer if row.peer else None
    shown_ratio = "" if ratio is None else f"{ratio:.{2 if ratio >= 0.1 else 3}f}"
    return row.work, shown(row.ours, row.unit), shown(row.peer, row.unit), shown_ratio, row.goal, row.who


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit != "s":
        return f"{value:,.4g} {unit}"
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def write_section(name: str, rows: list[Row], measured: str) -> None:
    head = ("work", "ours", "peer's", "ratio", "goal", "peer")
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *map(columns, rows))]
    title, *others = PAGE.read_text("utf-8").split("\n## ") if PAGE.exists() else [TITLE]
    sections = {other.partition("\n")[0]: other.rstrip("\n") for other in others}
    sections[name] = "\n".join([name, "", measured, "", *lines])
    kept = [sections[group.__name__] for group in GROUPS if group.__name__ in sections]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n\n## ".join([title.rstrip("\n"), *kept]) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
