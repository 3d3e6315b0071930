"""An environment as files: a virtual environment whose Python also finds the packages of the one that made it.

``--system-site-packages`` would show it those of the base interpreter only. So a ``.pth`` file names the folders.
"""

import hashlib
import json
import os
import shutil
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ...entities import BuildState
from ...errors import EnvironmentBuildFailed
from ...language import _
from ..files import read_json, remove_removed, remove_tree, write_whole
from ..locks import FileLock, is_held
from .failures import Failure, failure_of
from .installers import Check, Installer, Write, find_uv
from .layers import Found, clashes, installed, look_up, site_folders
from .namespaces import put_first

_LOOK = 0.1
_DAY = 86_400
_LINES_KEPT = 2000
"""Of the output, for finding out why it failed."""


class Overlay(NamedTuple):
    python: Path
    packages: dict[str, str]
    """Names and versions of what was asked for, and of what that needs."""


class Overlays:
    """Those in one folder, for the interpreter that asks. One without ``built.json`` is half built, and built anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._beneath = site_folders()

    def find(self, requirements: Sequence[str]) -> Overlay | None:
        """The one that was built, if what it takes from beneath is there still."""
        place = self._place(requirements)
        built = read_json(place / "built.json")
        if built is None or not (python := place / "env" / "bin" / "python").exists():
            return None
        if not all(os.path.exists(path) for path in built["borrowed"]):
            return None
        os.utime(place / "built.json")  # when it was last used
        return Overlay(python, built["packages"])

    def state(self, requirements: Sequence[str]) -> tuple[BuildState, Failure | None]:
        if not requirements:
            return BuildState.NOT_NEEDED, None
        if self.find(requirements):
            return BuildState.SUCCEEDED, None
        place = self._place(requirements)
        if is_held(_lock_of(place)):
            return BuildState.BUILDING, None
        if failed := read_json(place / "failed.json"):
            return BuildState.FAILED, Failure(str(failed["package"]), str(failed["detail"]))
        return BuildState.NOT_BUILT, None

    def build(
        self,
        requirements: Sequence[str],
        write: Write = lambda _text: None,
        check: Check = lambda: None,
        begun: Callable[[], None] = lambda: None,
    ) -> Overlay:
        """The one that is there, or a new one. Whoever comes second waits. ``begun`` is called before it takes long.

        Raises EnvironmentBuildFailed, what ``check`` raises, OSError.
        """
        if found := self.find(requirements):
            return found
        begun()
        place = self._place(requirements)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock.take(_lock_of(place))
        if lock is None:
            write(_("Another one is building this environment; waiting for it.") + "\n")
        while lock is None:
            check()
            lock = FileLock.take(_lock_of(place), patience=_LOOK)
        try:
            return self.find(requirements) or self._build(place, requirements, lock, write, check)
        finally:
            lock.release()

    def keep(self, requirements: Sequence[str]) -> FileLock | None:
        """Nobody removes it until the lock is released, as it is when this process ends. None when it is gone."""
        lock = FileLock.share(_lock_of(self._place(requirements)))
        if self.find(requirements):
            return lock
        lock.release()
        return None

    def prune(self, unused_days: float) -> tuple[int, int]:
        """How many were removed, and how many bytes that were."""
        count = size = 0
        for place in self._folder.glob("*/") if self._folder.is_dir() else ():
            marks = [file.stat().st_mtime for file in (place / "built.json", place / "failed.json") if file.exists()]
            if place.name.startswith(".") or time.time() - max(marks, default=0.0) < unused_days * _DAY:
                continue
            if (lock := FileLock.take(_lock_of(place))) is None:
                continue
            try:
                size += sum(file.lstat().st_size for file in place.rglob("*") if not file.is_dir())
                remove_tree(place)
                count += 1
            finally:
                lock.release()
        remove_removed(self._folder)
        return count, size

    def _place(self, requirements: Sequence[str]) -> Path:
        version = ".".join(map(str, sys.version_info[:2]))
        made_of = [sorted(requirements), sys.prefix, version, [str(folder) for folder in self._beneath]]
        return self._folder / hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:24]

    def _build(self, place: Path, requirements: Sequence[str], lock: FileLock, write: Write, check: Check) -> Overlay:
        remove_tree(place)
        place.mkdir(mode=0o700)
        began = time.monotonic()
        with (place / "build.log").open("w", encoding="utf-8") as log:
            printed: list[str] = []

            def tell(text: str) -> None:
                log.write(text)
                log.flush()
                printed.extend(text.splitlines())
                del printed[:-_LINES_KEPT]
                write(text)

            tell(
                _(
                    "Building an environment with {installer}: {names}",
                    installer=_installer(),
                    names=_short(requirements),
                )
                + "\n"
            )
            if not self._fill(place, requirements, Installer(place, lock, tell, check), tell):
                failure = failure_of(printed, (place / "wanted.txt").read_text("utf-8").splitlines())
                raise self._failed(place, failure)
            found = self._found(place, requirements)
            if found.unmet and not any("://" in line for line in requirements):
                tell(_("Not all is as asked for: {names}", names=", ".join(found.unmet)) + "\n")
            tell(_("Built in {seconds} s.", seconds=round(time.monotonic() - began, 1)) + "\n")
        borrowed = [str(path) for path in found.places.values() if not path.is_relative_to(place)]
        write_whole(place / "built.json", json.dumps({"packages": found.packages, "borrowed": borrowed}, indent=1))
        return Overlay(place / "env" / "bin" / "python", found.packages)

    def _fill(self, place: Path, requirements: Sequence[str], installer: Installer, tell: Write) -> bool:
        venv.EnvBuilder(symlinks=True, with_pip=False).create(place / "env")
        packages = _packages_of(place)
        # As code, since the folders' own .pth files are to be read as well.
        lines = "".join(f"import site; site.addsitedir({str(folder)!r})\n" for folder in self._beneath)
        (packages / "azml_beneath.pth").write_text(lines, "utf-8")
        beneath = installed(self._beneath)
        missing = look_up(requirements, beneath).unmet
        if missing and not installer.install([*_options(requirements), *missing], self._beneath):
            return False
        put_first(packages, self._beneath)
        for clash in clashes(installed([packages]), beneath):
            tell(_("Beware: {clash} is asked for beneath, and the environment has another.", clash=clash) + "\n")
        return True

    def _found(self, place: Path, requirements: Sequence[str]) -> Found:
        return look_up(requirements, installed([_packages_of(place), *self._beneath]))

    def _failed(self, place: Path, failure: Failure) -> EnvironmentBuildFailed:
        shutil.rmtree(place / "env", ignore_errors=True)
        write_whole(place / "failed.json", json.dumps(failure._asdict()))
        return build_failed(failure, place / "build.log")


def build_failed(failure: Failure, log: Path) -> EnvironmentBuildFailed:
    error = EnvironmentBuildFailed(
        _("{package} could not be installed: {detail}", package=failure.package, detail=failure.detail),
        _("Correct the package, or see that its index can be reached (PIP_INDEX_URL). The log: {log}", log=log),
    )
    error.package, error.detail = failure
    return error


def _lock_of(place: Path) -> Path:
    """Beside the folder, which is removed and made again."""
    return place.with_name(f"{place.name}.lock")


def _packages_of(place: Path) -> Path:
    version = ".".join(map(str, sys.version_info[:2]))
    return place / "env" / "lib" / f"python{version}" / "site-packages"


def _options(requirements: Sequence[str]) -> list[str]:
    return [line for line in requirements if line.startswith("-")]


def _short(requirements: Sequence[str]) -> str:
    shown = [line for line in requirements if not line.startswith("-")]
    return ", ".join(shown[:8]) + (", …" if len(shown) > 8 else "")


def _installer() -> str:
    return "uv" if find_uv() else "pip"
