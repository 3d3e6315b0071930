"""Two shells in processes of their own: the notebook, and where its cell arrives.

``python shells.py`` reads one request a line and forks for each, so that IPython is imported once.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Shells:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **request: object) -> dict:
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def started(folder: Path) -> Iterator[Shells]:
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), "AZML_LANGUAGE": "en"}
    command = [sys.executable, __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder
    ) as process:
        yield Shells(process)
        process.stdin.close()


def main() -> None:
    import pandas  # noqa: F401 - once for all
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    import jupyter_azml.execution.cell.kernel
    import jupyter_azml.magics.notebook_cell  # noqa: F401

    # A history in a database does not outlive a fork.
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"hist_file": ":memory:", "enabled": False}}))

    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        ours, theirs = os.pipe()
        if not (child := os.fork()):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            with os.fdopen(theirs, "w") as answer:
                answer.write(json.dumps(handle(shell, json.loads(line))))
            os._exit(0)
        os.close(theirs)
        with os.fdopen(ours) as reading:
            answers.write(reading.read() + "\n")
        os.waitpid(child, 0)
        answers.flush()


def handle(shell, request: dict) -> dict:
    os.chdir(request["folder"])
    sys.path.insert(0, "")
    try:
        return in_notebook(shell, **request) if "before" in request else in_job(shell, **request)
    except BaseException as error:
        return {"error": type(error).__name__, "message": str(error), "trace": traceback.format_exc()}


def in_notebook(shell, folder, before, cell, payload, show, **options):
    """Captures the cell, and then runs it in place."""
    from jupyter_azml.magics.notebook_cell import NotebookCell

    for source in before:
        run(shell, source)
    found, homes = NotebookCell(shell, cell).capture(Path(payload), **options)
    facts = {
        "names": [each.name for each in found["captured"]],
        "kinds": {each.name: each.kind for each in found["captured"]},
        "sizes": {each.name: each.size for each in found["captured"]},
        "packages": found["packages"],
        "python": found["python"],
        "notes": [note.message for note in found["notes"]],
        "homes": {str(file): name for file, name in homes.items()},
    }
    return {**facts, **outcome(shell, cell, show)}


def in_job(shell, folder, names, python, packages, cell, payload, show, returns=()):
    from jupyter_azml.execution.cell.kernel import restore
    from jupyter_azml.execution.cell.returned import Returns

    restore(shell, payload, names, python, packages, Returns("job", f"{payload}.returns", returns, folder))
    return outcome(shell, cell, show)


def outcome(shell, cell, show):
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        result = shell.run_cell(cell, store_history=True)
    error = result.error_in_exec or result.error_before_exec
    # Times differ, and so do numbers of cells.
    text = re.sub(r"(?m)^(CPU times|Wall time|Out\[).*\n", "", said.getvalue()) if error is None else ""
    shown = repr(eval(show, shell.user_ns)) if show and error is None else ""
    return {"said": text, "complained": complained.getvalue(), "shown": shown, "raised": repr(error) if error else ""}


def run(shell, source):
    result = shell.run_cell(source, store_history=True)
    result.raise_error()


if __name__ == "__main__":
    main()
