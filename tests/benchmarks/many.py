"""Many small notebooks, as in CI: what counts is what each of them costs beside its own work."""

import os

from .measure import Row, in_turn, notebook, python

NOTEBOOKS = 40
PATIENT = os.environ.get("AZML_BENCH_QUICK") != "1"


def many(folder: str) -> list[Row]:
    """Two at a time; papermill has no such option and so takes one after another, in processes of their own."""
    paths = [notebook(folder, ["print(1)"], f"many/n{number}.ipynb") for number in range(NOTEBOOKS)]
    together = paths[0].parent
    work = f"{NOTEBOOKS} notebooks of one cell, two at a time"

    def ours() -> None:
        python("-m", "jupyter_azml", "run", str(together), "-j", "2")

    def nbmake() -> None:
        python("-m", "pytest", "--nbmake", "-n", "2", "-q", "-p", "no:cacheprovider", str(together))

    def papermill() -> None:
        for path in paths:
            python("-m", "papermill", "--no-progress-bar", str(path), f"{folder}/peer.ipynb")

    ours()  # so that the agent is there, as in a session of work
    rows = [Row(work, *in_turn(ours, nbmake, 3), "nbmake, two workers", "≤ 0.5")]
    if PATIENT:
        rows.append(Row(work, *in_turn(ours, papermill, 1), "papermill, one by one", "≤ 0.125"))
    return rows
