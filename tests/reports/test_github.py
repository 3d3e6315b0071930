"""What GitHub Actions is told, in its own form."""

import json
import re

import pytest

from jupyter_azml.reports.github import MOST_SUMMARY, annotation, folded_log, line_in_file, summary
from tests.reports.reports import BAD, FAILED_CELL, GOOD, INVALID, NOT_RUN, UNMET, notebook, run_report


def test_an_annotation_names_file_line_and_cell(write_notebook):
    path = write_notebook("# Load\nx = 1", FAILED_CELL.source)
    source = path.read_text("utf-8")
    said = annotation(BAD, "deep/bad.ipynb", source)
    head, _colons, text = said.partition("::")[2].partition("::")
    line = int(re.search(r"line=(\d+)", head)[1])
    assert source.splitlines()[line - 1].strip() == '"x / y"'
    assert head == f"error file=deep/bad.ipynb,line={line},title=bad.ipynb%3A Failed [2] Train"
    assert text == "Cell 2 raised ZeroDivisionError: …%0ACell In[2], line 2%0Abad"


def test_an_annotation_is_one_line_that_nothing_breaks_out_of():
    cell = FAILED_CELL.model_copy(update={"title": "a,b::c\r\nd%0A"})
    said = annotation(notebook("a,b:c.ipynb", "Failed", cell, message="50%\n::error::x"), "a,b:c.ipynb")
    assert "\n" not in said
    assert said.startswith(
        "::error file=a%2Cb%3Ac.ipynb,title=a%2Cb%3Ac.ipynb%3A Failed [2] a%2Cb%3A%3Ac%0D%0Ad%250A::"
    )
    assert "50%25%0A::error::x" in said


@pytest.mark.parametrize("good", [GOOD, NOT_RUN])
def test_what_went_well_or_was_only_stopped_needs_no_annotation(good):
    assert annotation(good, good.path) == ""


def test_what_could_not_run_is_annotated_with_what_to_do():
    assert annotation(INVALID, "broken.ipynb").endswith("::It is no notebook.%0ASave it again.")


def test_the_line_is_found_in_a_notebook_with_equal_lines_and_signs(write_notebook):
    cell = FAILED_CELL.model_copy(update={"source": 'y = "é"\nx / y\n'})
    source = write_notebook("x / y", cell.source).read_text("utf-8")
    assert source.splitlines()[line_in_file(source, cell) - 1].strip().startswith('"x / y')
    assert line_in_file(json.dumps(json.loads(source)), cell) is None


def test_a_log_is_folded_and_its_text_is_no_command():
    cell = FAILED_CELL.model_copy(update={"text": "::error::mine\n"})
    lines = folded_log(notebook("a.ipynb", "Failed", cell)).splitlines()
    token = lines[1].removeprefix("::stop-commands::")
    assert lines[0] == "::group::a.ipynb: Failed"
    assert lines[-2:] == [f"::{token}::", "::endgroup::"]
    assert 1 < lines.index("::error::mine") < len(lines) - 2
    assert len(token) == 32


def test_the_summary_is_a_table_with_durations_and_metrics_and_the_failing_cell():
    text = summary(run_report(GOOD, BAD, INVALID, NOT_RUN, UNMET))
    assert text.startswith("### Notebooks: 1 of 5 completed\n")
    assert "| ✓ | `deep/good.ipynb` | Completed | 2.0 s | 0.83 |" in text
    assert "| – | `later.ipynb` | Not run |" in text
    assert "> 2 x / y" in text
    assert "ZeroDivisionError" in text


def test_what_notebooks_say_does_not_break_the_table_or_the_page():
    cell = FAILED_CELL.model_copy(update={"source": "```\n</details>", "title": "<b>|*x*"})
    text = summary(run_report(notebook("a|b.ipynb", "Failed", cell, message="<img src=x> @everybody")))
    assert "`a\\|b.ipynb`" in text
    assert "````python" in text
    assert "<img" not in text
    assert "@everybody" not in text


def test_a_summary_stays_below_what_github_takes():
    cell = FAILED_CELL.model_copy(update={"source": "x = 1\n" * 100_000})
    text = summary(run_report(*(notebook(f"{n}.ipynb", "Failed", cell) for n in range(100))))
    assert len(text.encode()) < MOST_SUMMARY
    assert "The rest is in the log" in text
