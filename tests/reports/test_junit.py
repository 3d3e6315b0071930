"""JUnit's XML says of each cell how it went, whatever the cell printed."""

from xml.etree import ElementTree

import pytest

from jupyter_azml.reports.junit import junit_xml
from tests.reports.reports import BAD, FAILED_CELL, GOOD, GOOD_CELL, INVALID, NOT_RUN, UNMET, notebook, run_report

# Of Jenkins' junit-10.xsd.
KNOWN = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "package"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}


def parsed(*notebooks):
    return ElementTree.fromstring(junit_xml(run_report(*notebooks)))


def test_a_suite_for_each_notebook_and_a_case_for_each_cell():
    root = parsed(GOOD, BAD)
    assert [(suite.get("name"), suite.get("tests")) for suite in root] == [("deep/good.ipynb", "2"), ("bad.ipynb", "3")]
    assert [case.get("classname") for case in root[0].iter("testcase")] == ["deep.good"] * 2
    assert [(case.get("name"), case.get("time")) for case in root[1].iter("testcase")] == [
        ("[1] Load", "0.250"),
        ("[2] Train", "1.500"),
        ("[3] Evaluate", "0.000"),
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "1", "0")


def test_a_failed_cell_has_its_traceback_its_source_and_what_it_printed():
    case = parsed(BAD)[0].findall("testcase")[1]
    failure = case.find("failure")
    assert (failure.get("type"), failure.get("message")) == ("ZeroDivisionError", "ZeroDivisionError: division by zero")
    assert "Cell In[2], line 2\nbad" in failure.text
    assert "> 2 x / y" in failure.text
    assert case.find("system-out").text == "epoch 1\n"


def test_cells_that_did_not_run_are_skipped_and_say_why():
    good, bad = parsed(GOOD, BAD)
    assert good.findall("testcase")[1].find("skipped").get("message") == "it is tagged skip-execution"
    assert bad.findall("testcase")[2].find("skipped").get("message") == "it was not reached"
    assert (good.get("skipped"), bad.get("skipped")) == ("1", "1")


def test_what_went_wrong_beside_the_cells_is_an_error_and_what_never_began_is_skipped():
    killed = notebook("killed.ipynb", "Failed", GOOD_CELL, message="The process ended.")
    invalid, killed, later = parsed(INVALID, killed, NOT_RUN)
    assert invalid.find("testcase/error").get("type") == "NotebookInvalid"
    assert invalid.find("testcase/error").text == "It is no notebook.\nSave it again."
    assert killed.findall("testcase")[-1].find("error").get("message") == "The process ended."
    assert later.find("testcase/skipped").get("message") == "Too late."
    assert [suite.get("errors") for suite in (invalid, killed, later)] == ["1", "1", "0"]


def test_requirements_are_cases():
    suite = parsed(UNMET)[0]
    assert [case.get("name") for case in suite.findall("testcase")][1:] == ["accuracy>=0.9", "loss<1"]
    assert suite.findall("testcase")[1].find("failure").text == "accuracy>=0.9 is not met: it is 0.83."
    assert (suite.get("failures"), suite.get("errors")) == ("1", "0")


@pytest.mark.parametrize(
    "text", ["\x00\x1b[31m\x08", "]]><![CDATA[", "<&\"'>", "\ud800 half", "\ufffe", "naïve 日本 🎉"]
)
def test_whatever_a_notebook_says_the_file_can_be_read(text):
    error = FAILED_CELL.error.model_copy(update={"value": text, "traceback": text, "name": text})
    cell = FAILED_CELL.model_copy(update={"title": text, "source": text, "text": text, "error": error})
    suite = parsed(notebook(f"{text}.ipynb", "Failed", cell, message=text))[0]
    assert len(suite.findall("testcase")) == 1


def test_only_what_the_schema_knows_is_in_it():
    for element in parsed(GOOD, BAD, INVALID, NOT_RUN, UNMET).iter():
        assert set(element.attrib) <= KNOWN[element.tag]


def test_times_have_three_digits_as_the_schema_wants_it():
    assert all(element.get("time", "0.000").split(".")[1].__len__() == 3 for element in parsed(GOOD, BAD).iter())
