"""papermill's own command line, which also tells how far it is.

Among what the notebook prints stand lines that begin with ASCII's record separator: the journal of a local job, in its
words (``entities/event.py``). Whoever streams the log in Azure sees cells begin and end by them. This file is sent with
the job as text: it imports nothing of the package around it, and any Python that papermill runs on can read it.
"""

import json
import os
import signal
import sys
import time
from datetime import datetime, timezone

# The notebook is on this machine: clients of other places, and a grammar of their addresses, take seconds to import.
UNUSED = ("papermill.abs", "papermill.adl", "papermill.s3", "gcsfs", "github", "pyarrow", "rfc3987_syntax")
sys.modules.update({name: None for name in UNUSED if name not in sys.modules})  # type: ignore[misc]  # as if missing

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: E402
from papermill import cli  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import NBClientEngine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402

for unused in UNUSED:
    if sys.modules[unused] is None:
        del sys.modules[unused]

BEFORE = os.environ.pop("AZML_BEFORE", "")
"""What the kernel is to run first, unseen."""


def tell(**facts):  # type: ignore[no-untyped-def]  # read by any Python
    at = datetime.now(timezone.utc).isoformat()  # noqa: UP017
    sys.stdout.write("\x1e" + json.dumps(dict(at=at, **facts)) + "\n")
    sys.stdout.flush()


def runs(cell):  # type: ignore[no-untyped-def]
    """As everywhere in jupyter_azml: what has code, and is not marked to be left out."""
    is_skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and cell.source.strip() and not is_skipped


class Client(PapermillNotebookClient):
    number = 0
    cells = 0
    stream = "stdout"

    def papermill_execute_cells(self):  # type: ignore[no-untyped-def]
        ran = [index for index, cell in enumerate(self.nb.cells) if runs(cell)]
        self.cells = len(ran)
        Client.counted = {index: number for number, index in enumerate(ran, start=1)}
        tell(event="Begin", cells=self.cells, attempt=int(os.environ.get("AZML_ATTEMPT", 1)))
        if BEFORE:
            reply = self.wait_for_reply(self.kc.execute(BEFORE, silent=True, store_history=False))
            content = reply["content"]
            if content.get("status") == "error":
                end("CellNotRestored", detail=content["evalue"])
        signal.signal(signal.SIGTERM, self.leave)
        signal.signal(signal.SIGINT, self.leave)
        super().papermill_execute_cells()

    def execute_cell(self, cell, cell_index, *words, **options):  # type: ignore[no-untyped-def]
        number = Client.counted.get(cell_index)
        if number is None:
            return super().execute_cell(cell, cell_index, *words, **options)
        self.number, self.stream = number, "stdout"
        first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
        title = (first.lstrip("#%/- ").strip() or first)[:120]
        facts = {"event": "CellChanged", "cell": number, "cells": self.cells, "title": title}
        tell(state="running", **facts)
        began, state = time.monotonic(), "failed"
        try:
            done = super().execute_cell(cell, cell_index, *words, **options)
            state = "completed"
            return done
        except CellExecutionError as error:
            lines = [line for output in cell.outputs if output.output_type == "error" for line in output.traceback]
            tell(event="LogLines", cell=number, stream="error", text="\n".join(lines) + "\n")
            Client.end = {"code": "CellFailed", "cell": number, "ename": error.ename, "evalue": error.evalue}
            raise
        except CellTimeoutError:
            Client.end = {"code": "TimedOut", "cell": number, "seconds": self.timeout}
            raise
        except DeadKernelError:
            Client.end = {"code": "KernelDied", "cell": number}
            raise
        finally:
            tell(state=state, seconds=round(time.monotonic() - began, 3), **facts)

    def log_output_message(self, output):  # type: ignore[no-untyped-def]
        if output.output_type == "stream":
            if output.name != self.stream:
                self.stream = output.name
                tell(event="Stream", stream=output.name)
            sys.stdout.write("".join(output.text))
            sys.stdout.flush()

    def leave(self, *_signal):  # type: ignore[no-untyped-def]
        """Asked to stop: what ran until now is saved."""
        self.nb_man.save()
        sys.stdout.flush()
        os._exit(143)


Client.counted = {}
Client.end = None


class Engine(NBClientEngine):
    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **options):  # type: ignore[no-untyped-def]
        known = {
            "timeout": options.get("execution_timeout"),
            "startup_timeout": options.get("start_timeout", 60),
            "kernel_name": kernel_name,
            "stdout_file": sys.stdout,
        }
        return Client(nb_man, **known).execute()


def end(code, **values):  # type: ignore[no-untyped-def]
    tell(event="End", code=code, values=values)
    sys.stdout.flush()
    os._exit(1)


def main():  # type: ignore[no-untyped-def]
    papermill_engines.register(None, Engine)
    try:
        cli.papermill(standalone_mode=False)
    except PapermillExecutionError:
        pass  # told already
    except Exception as error:  # what papermill raises once the end was told is no news
        if Client.end is None:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            sys.exit(1)
    if Client.end is not None:
        code = Client.end.pop("code")
        tell(event="End", code=code, values=Client.end)
        sys.exit(1)


if __name__ == "__main__":
    main()
