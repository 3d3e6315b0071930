"""What the result of a notebook depends on, as one hash: jobs that agree in it may stand for one another.

In it are the notebook's code and kernel, the parameters, the interpreter and the packages installed beside it, the
environment by its version, which never changes, the variables that the job is given, the other files that travel, and
the names of secrets, connections and data. Outputs and prose of notebooks are not, nor are the values of secrets, the
time, and what code reads from elsewhere.
"""

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ..entities import NotebookSpec
from ..entities.secrecy import hidden_values, hide
from ..execution.snapshot import list_snapshot

_TAGS = {"parameters", "injected-parameters", "skip-execution", "raises-exception"}
"""Those that change what runs."""
_CHUNK = 1 << 20


def fingerprint_of(spec: NotebookSpec, leave_out: Collection[Path] = ()) -> str:
    """``leave_out`` are files and folders that this very line writes: a report must not make its own job another one.

    Raises SnapshotTooLarge, SnapshotUnreadable.
    """
    facts = {
        "notebook": _code_of(Path(spec.code) / spec.notebook),
        "kernel": [spec.kernel_name, _kernel(spec.kernel_name or "")],
        "parameters": hide(spec.parameters, spec.secret_parameters),
        "hidden": _slow_hash(hidden_values(spec.parameters, spec.secret_parameters)),
        "interpreter": [sys.version, os.path.abspath(sys.executable)],
        "packages": sorted(set(_installed(sys.path))),
        "path": os.environ.get("PYTHONPATH", ""),
        "variables": spec.environment_variables,
        "environment": spec.environment,
        "data": spec.model_dump(include={"inputs", "outputs"}),
        "files": _files(spec, [path.absolute() for path in leave_out]),
        "names": [sorted(spec.secrets), sorted(spec.connections)],
        "how": spec.model_dump(include={"working_directory", "language", "report_mode"}),
    }
    return hashlib.sha256(
        json.dumps(facts, sort_keys=True, default=str).encode("utf-8", "backslashreplace")
    ).hexdigest()


def _slow_hash(secrets: list[Any]) -> str:
    """The fingerprint is on record: a password must not be guessed from it at millions a second."""
    text = json.dumps(secrets).encode()
    return hashlib.scrypt(text, salt=b"jupyter_azml", n=2**14, r=8, p=1).hex() if secrets else ""


def _code_of(path: Path) -> Any:
    """What would run of a notebook; of what is none, a hash of the whole file."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    try:
        notebook = json.loads(content)
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        kernel = notebook["metadata"].get("kernelspec", {}).get("name")
        return [kernel, [(_source(cell), sorted(_TAGS & set(cell["metadata"].get("tags", [])))) for cell in cells]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return hashlib.sha256(content).hexdigest()


def _source(cell: dict[str, Any]) -> str:
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def _files(spec: NotebookSpec, leave_out: list[Path]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for file in list_snapshot(Path(spec.code), spec.notebook):
        if file.name == spec.notebook or any(file.path.is_relative_to(path) for path in leave_out):
            continue
        # Beside it lie notebooks whose outputs come and go.
        code = _code_of(file.path) if file.name.endswith(".ipynb") else _hash(file.path)
        found.append((file.name, [code, os.access(file.path, os.X_OK)]))
    return found


def _hash(path: Path) -> str | None:
    whole = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                whole.update(chunk)
    except OSError:
        return None
    return whole.hexdigest()


def _kernel(name: str) -> Any:
    """The kernel's command, and the packages of the environment that it names, which need not be ours."""
    from jupyter_core.paths import jupyter_path

    for folder in jupyter_path("kernels"):
        try:
            spec = json.loads((Path(folder) / name / "kernel.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        program = Path((spec.get("argv") or [""])[0])
        places = program.parent.parent.glob("lib/python*/site-packages") if program.is_absolute() else ()
        return [spec.get("argv"), spec.get("env"), sorted(set(_installed(map(str, places))))]
    return None


def _installed(places: Any) -> Iterator[str]:
    """Names and versions as their folders tell them: asking each package for its metadata takes too long."""
    for place in places:
        try:
            names = os.listdir(place or ".")
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))
