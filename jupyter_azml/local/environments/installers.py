"""What installs packages into an environment: uv where it is found, else pip."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ...execution.pipes import Pipes
from ..locks import FileLock
from .layers import installed

Write = Callable[[str], None]
Check = Callable[[], None]
"""Called while something runs; it may raise, and then that is ended."""

_NOT_OURS = (
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_USER",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_LOG",
    "PYTHONHOME",
    "UV_SYSTEM_PYTHON",
)
_LOOK = 0.1


class Installer:
    """One attempt at one environment; ``write`` is handed what the programs print."""

    def __init__(self, place: Path, lock: FileLock, write: Write, check: Check) -> None:
        """``place``: the folder of the environment, in which ``env`` is made already."""
        self._place = place
        self._python = place / "env" / "bin" / "python"
        self._lock = lock
        self._write = write
        self._check = check

    def install(self, wanted: Sequence[str], beneath: Sequence[Path]) -> bool:
        """Whether it worked; ``beneath`` are the folders of what is there already. Raises OSError."""
        lines = self._place / "wanted.txt"
        lines.write_text("\n".join(wanted) + "\n", "utf-8")
        uv = find_uv()
        return self._by_uv(uv, lines, beneath) if uv else self._by_pip(lines)

    def _by_pip(self, lines: Path) -> bool:
        """It sees what is beneath, and leaves it alone."""
        if importlib.util.find_spec("pip"):
            pip = [sys.executable, "-m", "pip", "--python", str(self._python)]
        elif self._run([str(self._python), "-m", "ensurepip"]):
            pip = [str(self._python), "-m", "pip"]
        else:
            return False
        return self._run([*pip, "install", "--no-input", "--no-color", "--progress-bar=off", "-r", str(lines)])

    def _by_uv(self, uv: str, lines: Path, beneath: Sequence[Path]) -> bool:
        """uv does not see what is beneath. So it says first which versions are to be there, and prefers those that are;
        then it is handed what is missing.
        """
        resolved, missing = self._place / "resolved.txt", self._place / "missing.txt"
        there = {name: package.version for name, package in installed(beneath).items()}
        resolved.write_text("".join(f"{name}=={version}\n" for name, version in there.items()), "utf-8")
        words = ["--python", str(self._python), "--no-progress", "--color=never", *_index_options()]
        listing = ["--no-header", "--no-annotate", "--quiet", "--emit-index-url", "--emit-find-links"]
        if not self._run([uv, "pip", "compile", str(lines), "-o", str(resolved), *listing, *words]):
            return False
        pins = {f"{name}=={version}" for name, version in there.items()}
        left = [line for line in resolved.read_text("utf-8").splitlines() if line.partition(" ")[0] not in pins]
        missing.write_text("\n".join(left) + "\n", "utf-8")
        return self._run([uv, "pip", "install", "--no-deps", "-r", str(missing), *words])

    def _run(self, command: list[str]) -> bool:
        """The lock goes along: what a killed builder has left running still holds it."""
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
        process = subprocess.Popen(
            command,
            cwd=self._place,
            env={**environment, "PYTHONUNBUFFERED": "1", "COLUMNS": "1000", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(self._lock.number,),
            process_group=0,
        )
        pipes = Pipes()
        if process.stdout:
            pipes.add(process.stdout, "stdout", lambda _stream, text: self._write(text))
        try:
            while not pipes.is_empty:
                pipes.read(_LOOK)
                self._check()
            return process.wait() == 0
        finally:
            if process.returncode is None:
                os.killpg(process.pid, 9)
                process.wait()
            pipes.close()


def find_uv() -> str | None:
    """Beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if os.access(beside, os.X_OK) else shutil.which("uv")


def _index_options() -> list[str]:
    """Where pip was told to look, for uv, which does not read pip's configuration."""
    if any(name.startswith(("UV_INDEX", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX", "UV_FIND_LINKS")) for name in os.environ):
        return []
    if not importlib.util.find_spec("pip"):
        return []
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, timeout=60, check=False
    )
    options: dict[str, list[str]] = {}
    for line in asked.stdout.splitlines():
        name, _equals, value = line.partition("=")
        key = name.rpartition(".")[2].replace("_", "-")
        if key in ("index-url", "extra-index-url", "find-links"):
            # pip quotes as Python does; the environment's comes last, and wins.
            options[key] = str(ast.literal_eval(value)).split()
    return [
        *(f"--default-index={each}" for each in options.get("index-url", ())[:1]),
        *(f"--index={each}" for each in options.get("extra-index-url", ())),
        *(f"--find-links={each}" for each in options.get("find-links", ())),
        # As pip does it: the best version, whichever index has it.
        *(["--index-strategy=unsafe-best-match"] if "extra-index-url" in options else []),
    ]
