"""The page is whole by itself, and nothing of a notebook can do anything in it."""

import base64
import re
from datetime import datetime

import pytest

from jupyter_azml.reports.html import html_page
from tests.reports.reports import BAD, FAILED_CELL, GOOD, GOOD_CELL, INVALID, NOT_RUN, UNMET, notebook, run_report

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def page(*notebooks):
    return html_page(run_report(*notebooks), datetime(2026, 11, 21, 9, 0))


def with_outputs(*outputs):
    return page(notebook("a.ipynb", "Completed", GOOD_CELL.model_copy(update={"outputs": outputs})))


def display(**data):
    return {"output_type": "display_data", "data": {kind.replace("_", "/"): value for kind, value in data.items()}}


def test_it_lists_notebooks_with_cells_times_and_metrics():
    text = page(GOOD, BAD, INVALID, NOT_RUN, UNMET)
    assert "<h1>Notebooks: 1 of 5 completed</h1>" in text
    for said in (
        "deep/good.ipynb",
        "bad.ipynb",
        "0.83",
        "1.50 s",
        "Not run",
        "Save it again.",
        "accuracy&gt;=0.9 is not",
    ):
        assert said in text
    assert re.search(r'class="line at" data-n="2">.*x', text)
    assert '<pre class="traceback">Cell In[2], line 2\nbad</pre>' in text


def test_it_needs_no_network():
    text = with_outputs(display(image_png=PIXEL), display(text_html='<img src="http://x/y.png"><b>bold</b>'))
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', text) == [f"data:image/png;base64,{PIXEL}"]
    assert "<link" not in text
    assert "url(" not in text


@pytest.mark.parametrize(
    "output",
    [
        display(text_html="<script>alert(1)</script><td onclick='alert(1)'>x</td>"),
        display(text_html="<a href='javascript:alert(1)'>x</a><style>body{display:none}</style>"),
        display(**{"image_svg+xml": "<svg><script>alert(1)</script></svg>"}),
        display(image_png='"><script>alert(1)</script>'),
        display(text_plain="<script>alert(1)</script>"),
        {"output_type": "stream", "name": "stdout", "text": ["<script>", "alert(1)</script>"]},
        display(application_json={"a": "<script>alert(1)"}),
    ],
)
def test_no_script_of_a_notebook_gets_into_it(output):
    text = with_outputs(output)
    assert "<script" not in text
    assert "onclick" not in text
    assert "javascript:" not in text


def test_titles_sources_and_messages_are_text():
    error = FAILED_CELL.error.model_copy(update={"traceback": "<i>t</i>"})
    cell = FAILED_CELL.model_copy(update={"title": "<i>a</i>", "source": "<i>b</i>", "error": error})
    text = page(notebook("<i>c</i>.ipynb", "Failed", cell, message="<i>d</i>"))
    assert "<i>" not in text


def test_tables_survive_and_what_is_too_large_is_told_by_its_size():
    text = with_outputs(display(text_html="<table><tr><td>7</td></tr></table>"), display(image_png="A" * 6_000_000))
    assert "<td>7</td>" in text
    assert "An output of 6.0 MB" in text


def test_a_progress_bar_is_shown_as_it_ended():
    text = with_outputs({"output_type": "stream", "name": "stderr", "text": "10%\r50%\r100%\n"})
    assert "<pre>100%\n</pre>" in text
