"""What of a job's output gives way to asterisks."""

import html
import json
import urllib.parse

import pytest

from jupyter_azml.execution.masking import Mask, maskable


def masked(text, *values):
    return Mask(maskable(values))(text)


@pytest.mark.parametrize("value", ["", " ", "1", "abc", True, False, None, "True", "none", "NULL", 7, 3.5, "    "])
def test_what_says_little_stays_readable(value):
    text = f"epoch 1 of 7: loss 3.5 True None null abc {value}"
    assert masked(text, value) == text


def test_a_value_is_masked_wherever_it_stands_and_the_longer_first():
    assert masked("xhunter2y hunter22", "hunter2", "hunter22") == "x***y ***"


def test_a_number_is_masked_as_a_whole_one():
    assert masked("pin=1234, 12345, 3.1234, 1234.", 1234) == "pin=***, 12345, 3.1234, ***."


@pytest.mark.parametrize("value", ['a"b\\c', "tab\tand é", "x<y>&z", "p@ss w/rd", "semi'quote\"s"])
def test_it_is_found_as_programs_quote_it(value):
    forms = (value, repr(value), json.dumps(value), html.escape(value), urllib.parse.quote(value, safe=""))
    for form in (*forms, urllib.parse.quote_plus(value), json.dumps(value, ensure_ascii=False)):
        assert "***" in masked(f"<{form}>", value)
        assert value not in masked(f"<{form}>", value)


def test_each_line_of_a_long_one_is_masked():
    assert masked("said:\nsecond line of it", "first line of it\nsecond line of it\n}") == "said:\n***"


def test_texts_at_any_depth_and_names():
    mask = Mask(maskable(["hunter2"]))
    assert mask.inside({"hunter2": ["a hunter2", 5, {"x": None}]}) == {"***": ["a ***", 5, {"x": None}]}


def test_it_can_learn_of_more():
    mask = Mask(maskable(["hunter2"])).also(["opensesame"])
    assert mask("hunter2 opensesame") == "*** ***"
    assert Mask().also([]).is_empty
