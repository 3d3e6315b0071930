"""A process that scores: loads the script, calls ``init()`` once and ``run(mini_batch)`` for each mini-batch.

``python -m jupyter_azml.execution.batch.worker SOCKET ORDER``; SOCKET is a descriptor, ORDER is JSON.
"""

import importlib.util
import json
import logging
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from .rows import lines_of

_MOST_TRACEBACKS = 20
_FOR_MLFLOW = Path(__file__).parents[2] / "tracking" / "batch_scoring.py"
"""A file, not a module: it stands where a user's script would."""


def main() -> None:
    number, text = sys.argv[1:]
    order = json.loads(text)
    # Ctrl-C goes to the whole group; whoever started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=order["logging_level"].upper(), format="%(asctime)s %(levelname)s %(message)s")
    with socket.socket(fileno=int(number)) as channel:
        os.set_inheritable(channel.fileno(), False)  # what the script starts must not keep it open
        answer = _answerer(channel)
        try:
            run = _load(order["script"])
        except BaseException as error:  # SystemExit, too: the script cannot be used
            traceback.print_exc()
            answer({"error": f"{_name(order['script'])}: {_said(error)}"})
            return
        answer({"ready": True})
        _serve(channel, answer, run, has_rows=order["rows"])


def _load(script: str | None) -> Callable[[list[str]], Any]:
    """Raises whatever the script does, and AttributeError for one without the two functions."""
    path = Path(script) if script else _FOR_MLFLOW
    # Beside the script lie what it imports.
    sys.path.insert(0, str(path.parent) if script else os.getcwd())
    module = _module(path)
    for name in ("init", "run"):
        if not callable(getattr(module, name, None)):
            raise AttributeError(f"it defines no function {name}({'mini_batch' if name == 'run' else ''})")
    module.init()
    run: Callable[[list[str]], Any] = module.run
    return run


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # what is pickled in it is found by this name
    spec.loader.exec_module(module)
    return module


def _serve(
    channel: socket.socket, answer: Callable[[dict[str, Any]], None], run: Callable[[list[str]], Any], *, has_rows: bool
) -> None:
    shown = 0
    with channel.makefile("rb") as requests:
        for line in requests:
            request = json.loads(line)
            try:
                result = run(list(request["files"]))
                lines = lines_of(result)
            except Exception as error:  # whatever the script raises fails this mini-batch alone
                shown += 1
                if shown <= _MOST_TRACEBACKS:
                    traceback.print_exc()
                answer({"error": _said(error)})
                continue
            _write_whole(Path(request["part"]), lines if has_rows else [])
            # As in Azure: each element of the result stands for a file that went well.
            answer({"failed": max(0, len(request["files"]) - len(lines))})


def _write_whole(path: Path, lines: list[str]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    os.replace(beside, path)


def _answerer(channel: socket.socket) -> Callable[[dict[str, Any]], None]:
    return lambda answer: channel.sendall(json.dumps(answer).encode() + b"\n")


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def _name(script: str | None) -> str:
    return Path(script).name if script else "the MLflow model"


if __name__ == "__main__":
    main()
