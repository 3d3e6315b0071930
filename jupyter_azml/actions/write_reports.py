"""The reports that were asked for, written where they were asked for."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import UsageError
from ..language import _
from ..reports.report import RunReport


@dataclass(frozen=True)
class Reports:
    junit: Path | None = None
    html: Path | None = None
    """A file, or a folder for one named index.html."""
    github: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.junit, self._page()) if path)

    def prepare(self) -> None:
        """Before anything runs. Raises UsageError for a file that cannot be written."""
        for path in self.files:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _refused(path, error.strerror) from error
            if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
                raise _refused(path, _("it is a folder, or no place that you can write to"))

    def write(self, report: RunReport) -> list[str]:
        """What went wrong, in sentences: a report that cannot be written stops none of the others."""
        faults = []
        if self.junit:
            from ..reports.junit import junit_xml

            faults += _written(self.junit, junit_xml(report))
        if page := self._page():
            from ..reports.html import html_page

            faults += _written(page, html_page(report, datetime.now()).encode("utf-8", "backslashreplace"))
        if self.github and (summary_file := os.environ.get("GITHUB_STEP_SUMMARY")):
            from ..reports.github import summary

            faults += _appended(Path(summary_file), summary(report))
        return faults

    def _page(self) -> Path | None:
        if self.html and (self.html.is_dir() or self.html.suffix.lower() not in (".html", ".htm")):
            return self.html / "index.html"
        return self.html


def _written(path: Path, content: bytes) -> list[str]:
    try:
        beside = path.with_name(f".{path.name[:100]}.{os.getpid()}")
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        return [_("{file} cannot be written: {detail}.", file=path, detail=error.strerror or error)]
    return []


def _appended(path: Path, text: str) -> list[str]:
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        return [_("{file} cannot be written: {detail}.", file=path, detail=error.strerror or error)]
    return []


def _refused(path: Path, detail: str | None) -> UsageError:
    return UsageError(
        _("{file} cannot be written: {detail}.", file=path, detail=detail), _("Give the path of a file for the report.")
    )
