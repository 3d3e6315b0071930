"""JUnit's XML as CI systems read it: a suite for each notebook, a case for each of its cells.

Elements and attributes are those that Jenkins' junit-10.xsd knows, which pytest and GitLab keep to as well.
"""

import re
from xml.etree import ElementTree

from ..language import _
from .report import CellReport, NotebookReport, RunReport
from .verdict import Verdict

# What XML 1.0 has no place for.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: RunReport) -> bytes:
    root = ElementTree.Element("testsuites", name="azml run", time=f"{report.seconds:.3f}")
    for notebook in report.notebooks:
        root.append(_suite(notebook))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root, " ")
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found + b"\n"


def _suite(notebook: NotebookReport) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_clean(notebook.path), time=f"{notebook.seconds:.3f}")
    if notebook.job:
        began = notebook.job.started or notebook.job.created
        suite.set("timestamp", began.strftime("%Y-%m-%dT%H:%M:%S"))
        properties = ElementTree.SubElement(suite, "properties")
        facts = {"job": notebook.job.name, "verdict": notebook.verdict, **notebook.metrics}
        for name, value in facts.items():
            ElementTree.SubElement(properties, "property", name=_clean(name), value=_clean(str(value)))
    cases = [_cell(notebook, cell) for cell in notebook.cells]
    for result in notebook.requirements:
        case = _case(notebook, str(result.requirement), 0.0)
        if not result.is_met:
            _told(case, "failure", "Requirement", result.message, result.message)
        cases.append(case)
    if notebook.verdict is not Verdict.COMPLETED and not any(len(case.findall("failure")) for case in cases):
        cases.append(_whole(notebook))
    elif not cases:
        cases.append(_case(notebook, _("the notebook"), notebook.seconds))
    suite.extend(cases)
    kinds = {"tests": "*", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, kind in kinds.items():
        suite.set(name, str(len(cases) if kind == "*" else sum(case.find(kind) is not None for case in cases)))
    return suite


def _cell(notebook: NotebookReport, cell: CellReport) -> ElementTree.Element:
    name = f"[{cell.number}] {cell.title}" if cell.number else cell.title
    case = _case(notebook, name, cell.seconds or 0.0)
    if cell.state == "skipped":
        why = _("it is tagged skip-execution") if cell.number is None else _("it was not reached")
        why = _("it was interrupted") if cell.seconds is not None else why
        ElementTree.SubElement(case, "skipped", message=why)
    elif cell.error:
        line = f"{_('Line {line} of the cell', line=cell.error.line)}\n" if cell.error.line else ""
        said = f"{line}{cell.error.traceback}\n\n{cell.numbered_source}"
        _told(case, "failure", cell.error.name, f"{cell.error.name}: {cell.error.value}", said)
    if cell.text:
        ElementTree.SubElement(case, "system-out").text = _clean(cell.text)
    return case


def _whole(notebook: NotebookReport) -> ElementTree.Element:
    """What went wrong beside the cells: no job, a job that was ended from outside, one that never began."""
    case = _case(notebook, _("the notebook"), notebook.seconds)
    if notebook.verdict is Verdict.NOT_RUN or notebook.is_consequence:
        ElementTree.SubElement(case, "skipped", message=_clean(notebook.message))
    else:
        said = f"{notebook.message}\n{notebook.hint}".strip()
        _told(case, "error", notebook.error or notebook.verdict, notebook.message, said)
    return case


def _case(notebook: NotebookReport, name: str, seconds: float) -> ElementTree.Element:
    # Folders become packages, which is how CI systems group them.
    package = notebook.path.removesuffix(".ipynb").strip("/").replace(".", "_").replace("/", ".")
    return ElementTree.Element("testcase", classname=_clean(package), name=_clean(name), time=f"{seconds:.3f}")


def _told(case: ElementTree.Element, kind: str, name: str, message: str, text: str) -> None:
    ElementTree.SubElement(case, kind, type=_clean(name), message=_clean(message)).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
