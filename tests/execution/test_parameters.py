"""What a notebook can be given, and what of that fits."""

import math

import pytest

from jupyter_azml.errors import ParameterInvalid, ParameterUnknown
from jupyter_azml.execution.assignments import assignments
from jupyter_azml.execution.notebook import read_notebook
from jupyter_azml.execution.parameters import infer_parameters, settle_parameters


def facts(source, language="python"):
    return [(p.name, p.type, p.default, p.help) for p in assignments(source, language)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("epochs = 3", ("epochs", "int", "3", "")),
        ("epochs = 3  # how often", ("epochs", "int", "3", "how often")),
        ("epochs: int = 3 # how # often", ("epochs", "int", "3", "how # often")),
        ("rate = -1e-3", ("rate", "float", "-1e-3", "")),
        ("rate: float = 1", ("rate", "float", "1", "")),
        ("rate = float('inf')", ("rate", "float", "float('inf')", "")),
        ("on = True", ("on", "bool", "True", "")),
        ("name = 'a=b # c'  # d", ("name", "str", "'a=b # c'", "d")),
        ("name = f'{1}'", ("name", "str", "f'{1}'", "")),
        ("last = [\n  1,  # one\n  2,\n]  # help", ("last", "list", "[\n  1,  # one\n  2,\n]", "help")),
        ("pair = (1, 2)", ("pair", "list", "(1, 2)", "")),
        ("more = {'a': 1}", ("more", "dict", "{'a': 1}", "")),
        ("none = None", ("none", "", "None", "")),
        ("n: int = None", ("n", "int", "None", "")),
        ("n: 'Optional[int]' = None", ("n", "int", "None", "")),
        ("n: typing.Optional[int] = None", ("n", "int", "None", "")),
        ("n: int | None = None", ("n", "int", "None", "")),
        ("n: None | float = None", ("n", "float", "None", "")),
        ("n: int | str = 1", ("n", "", "1", "")),
        ("n: list[int] = None", ("n", "list", "None", "")),
        ("n: typing.Dict[str, int] = None", ("n", "dict", "None", "")),
        ("n: Final[int] = 3", ("n", "int", "3", "")),
        ("n = None  # type: int how many", ("n", "int", "None", "how many")),
        ("n = 60 * 60", ("n", "", "60 * 60", "")),
        ("p = Path('x')", ("p", "", "Path('x')", "")),
        ("naïve = 1", ("naïve", "int", "1", "")),
        ("%matplotlib inline\n!ls\nn = 1", ("n", "int", "1", "")),
        ("n = 1\nn = 'two'", ("n", "str", "'two'", "")),
    ],
)
def test_an_assignment_tells_name_type_default_and_help(source, expected):
    assert facts(source) == [expected]


def test_several_names_in_one_assignment():
    assert [fact[:3] for fact in facts("a, (b, c) = 1, ('x', None)\nd = e = 2.5\nf, *g = h()")] == [
        ("a", "int", "1"),
        ("b", "str", "'x'"),
        ("c", "", "None"),
        ("d", "float", "2.5"),
        ("e", "float", "2.5"),
        ("f", "", ""),
    ]


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("r", "rate <- 0.1 # how fast", ("rate", "float", "0.1", "how fast")),
        ("r", "n = 5", ("n", "float", "5", "")),
        ("r", "n <- 5L", ("n", "int", "5L", "")),
        ("r", "on <- TRUE", ("on", "bool", "TRUE", "")),
        ("r", "last <- c(1, 2)", ("last", "", "c(1, 2)", "")),
        ("julia", 'name = "a#b" # what', ("name", "str", '"a#b"', "what")),
        ("scala", "val rate: Double = 0.1 // how fast", ("rate", "float", "0.1", "how fast")),
        ("scala", 'val url = "http://x" // where', ("url", "str", '"http://x"', "where")),
        ("c#", "var n = 3; // how many", ("n", "int", "3", "how many")),
        ("powershell", "$on = $true # whether", ("on", "bool", "$true", "whether")),
        ("matlab", "n = 3; % how many", ("n", "float", "3", "how many")),
        ("bash", "n=3 # how many", ("n", "", "3", "how many")),
    ],
)
def test_other_languages_are_read_line_by_line(language, source, expected):
    assert facts(source, language) == [expected]


def test_the_first_tagged_cell_counts_and_without_one_there_is_none(write_notebook):
    path = write_notebook("# parameters\na = 1", "# parameters\nb = 2")
    found = infer_parameters(read_notebook(path), path)
    assert ([p.name for p in found.parameters], found.has_cell) == (["a"], True)
    path = write_notebook("a = 1")
    assert infer_parameters(read_notebook(path), path).has_cell is False


def settle(write_notebook, source, given, texts=None):
    path = write_notebook(f"# parameters\n{source}")
    return settle_parameters(read_notebook(path), path, given, texts)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = 1", 2),
        ("x = 1", None),
        ("x = 1.0", 2),
        ("x = 1.0", 2.5),
        ("x = 1.0", math.inf),
        ("x = True", False),
        ("x = 'a'", "b"),
        ("x = [1]", ["a", {"b": None}]),
        ("x = {}", {"a": 1}),
        ("x = None", "anything"),
        ("x = None", [1]),
        ("x = f()", 3),
        ("if True:\n    x = 1", "anything"),
    ],
)
def test_what_fits_is_taken_as_it_is(write_notebook, source, value):
    assert settle(write_notebook, source, {"x": value}) == {"x": value}


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("x = 1", "five", r"x of train.ipynb takes a whole number \(int\), not \"five\""),
        ("x = 1", 1.5, "whole number"),
        ("x = 1", True, "whole number"),
        ("x = 1.0", "fast", "a number"),
        ("x = 1.0", True, "a number"),
        ("x = True", 1, "True or False"),
        ("x = True", "yes", "True or False"),
        ("x = 'a'", 5, "text"),
        ("x = [1]", "a", "a list"),
        ("x = {}", [1], "a dictionary"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_expected(write_notebook, source, value, expected):
    with pytest.raises(ParameterInvalid, match=expected) as caught:
        settle(write_notebook, source, {"x": value})
    assert caught.value.hint


@pytest.mark.parametrize(
    ("source", "text", "guessed", "expected"),
    [
        ("x = 'a'", "1.10", 1.1, "1.10"),
        ("x = 'a'", "True", True, "True"),
        ("x = 'a'", "None", None, None),
        ("x = False", "true", "true", True),
        ("x = [1]", "[1, 2]", "[1, 2]", [1, 2]),
        ("x = [1]", "('a', None)", "('a', None)", ["a", None]),
        ("x = {}", '{"a": true}', '{"a": true}', {"a": True}),
        ("x = 1.0", "nan", math.nan, math.nan),
        ("x = 1", "1_000", 1000, 1000),
        ("x = None", "1.10", 1.1, 1.1),
    ],
)
def test_a_text_of_the_command_line_is_read_as_the_notebook_declares(write_notebook, source, text, guessed, expected):
    found = settle(write_notebook, source, {"x": guessed}, {"x": text})["x"]
    assert found == expected or (expected != expected and math.isnan(found))
    assert type(found) is type(expected)


def test_a_secret_that_does_not_fit_is_not_told(write_notebook):
    with pytest.raises(ParameterInvalid) as caught:
        settle(write_notebook, "password = 12345", {"password": "hunter2"})
    assert "hunter2" not in str(caught.value)
    assert "12345" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("epochs = 3", "epochs"),
        ("x, y = 1, 2", "y"),
        ("for x in range(3): y = x", "y"),
        ("rate <- 0.1", "rate"),
        ("val rate = 0.1", "rate"),
    ],
)
def test_names_of_the_parameters_cell_are_accepted(write_notebook, source, name):
    settle(write_notebook, source, {name: 5})


def test_an_unknown_parameter_is_refused_with_the_nearest_name(write_notebook):
    with pytest.raises(ParameterUnknown) as caught:
        settle(write_notebook, "learning_rate = 0.1\nepochs = 3", {"learnin_rate": 1})
    assert caught.value.hint == "Did you mean learning_rate? It has: learning_rate, epochs."


def test_what_a_second_parameters_cell_would_set_back_is_refused(write_notebook):
    path = write_notebook("# parameters\na = 1\nb = 1", "# parameters\nb = 2")
    notebook = read_notebook(path)
    assert settle_parameters(notebook, path, {"a": 5}) == {"a": 5}
    with pytest.raises(ParameterUnknown, match="second cell"):
        settle_parameters(notebook, path, {"b": 5})


def test_without_a_parameters_cell_a_name_that_the_code_reads_is_accepted_as_papermill_does(write_notebook):
    path = write_notebook("print(rate)")
    assert settle_parameters(read_notebook(path), path, {"rate": "x"}) == {"rate": "x"}
    with pytest.raises(ParameterUnknown):
        settle_parameters(read_notebook(path), path, {"speed": 1})
