"""Every cell does the same where it travels to, in another process, as in its notebook."""

import pytest

from tests.execution.cell.fixtures import FIXTURES
from tests.execution.cell.refusals import ALLOWED, REFUSALS


def lay_out(folder, files):
    folder.mkdir()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


@pytest.mark.parametrize("name", FIXTURES)
def test_a_cell_does_there_what_it_does_here(shells, tmp_path, name):
    fixture, payload = FIXTURES[name], str(tmp_path / "payload")
    here = shells.ask(
        folder=lay_out(tmp_path / "here", fixture.files),
        before=fixture.before,
        cell=fixture.cell,
        payload=payload,
        show=fixture.show,
    )
    assert here.get("trace", "") == ""
    assert here["raised"] == ""
    there = shells.ask(
        folder=lay_out(tmp_path / "there", fixture.files),
        names=here["names"],
        python=here["python"],
        packages=here["packages"],
        cell=fixture.cell,
        payload=payload,
        show=fixture.show,
    )
    assert there.get("trace", "") == ""
    assert [there[key] for key in ("raised", "said", "shown")] == [here[key] for key in ("raised", "said", "shown")]
    if fixture.travels is not None:
        assert set(here["names"]) == set(fixture.travels.split())


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_travel_is_refused_by_its_name(shells, tmp_path, name):
    before, cell, variable = REFUSALS[name]
    (tmp_path / "data.txt").touch()
    include = [variable] if name == "asked for by name" else []
    asked = shells.ask(
        folder=str(tmp_path), before=[before], cell=cell, payload=str(tmp_path / "p"), show="", include=include
    )
    assert asked["error"] == "CellNotPortable", asked
    said, hint = asked["message"].rsplit("\n", 1)
    assert said.startswith(f"{variable} (")
    assert hint


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_cell_does_not_read_is_not_asked_for(shells, tmp_path, name):
    before, cell = ALLOWED[name]
    (tmp_path / "data.txt").touch()
    asked = shells.ask(folder=str(tmp_path), before=[before], cell=cell, payload=str(tmp_path / "p"), show="")
    assert asked.get("trace", "") == ""
    assert set(asked["names"]) <= {"x"}
    assert asked["raised"] == ""


def test_all_that_cannot_travel_is_named_at_once_with_where_in_it(shells, tmp_path):
    before = (
        "import threading\na = {'x': [0, threading.Lock()]}\nclass B: pass\nb = B()\nb.gen = (i for i in [])\nc = 1"
    )
    asked = shells.ask(
        folder=str(tmp_path), before=[before], cell="print(a, b, c)", payload=str(tmp_path / "p"), show=""
    )
    first, second, _hint = asked["message"].split("\n")
    assert first == "a (dict) cannot travel: it holds a _thread.lock, which belongs to this process (at ['x'][1])"
    assert second == "b (B) cannot travel: it holds a generator, which belongs to this process (at .gen)"


def test_a_large_value_is_refused_by_name_and_told_with_its_size(shells, tmp_path):
    before = "import numpy as np\nimport pandas as pd\nsmall = 1\nbig = pd.DataFrame({'a': np.zeros(1_000_000)})"
    request = {"folder": str(tmp_path), "before": [before], "cell": "print(small, big.a.sum())", "show": ""}
    fits = shells.ask(**request, payload=str(tmp_path / "p"))
    assert 8_000_000 < fits["sizes"]["big"] < 8_010_000
    assert (tmp_path / "p").stat().st_size - sum(fits["sizes"].values()) < 1000
    refused = shells.ask(**request, payload=str(tmp_path / "p"), most=4 * 1024**2)
    assert refused["error"] == "CellTooLarge"
    assert refused["message"].startswith("big (pandas.DataFrame) does not fit: what a cell reads may take 4 MB.")
    assert "--max-size" in refused["message"]


def test_another_python_is_refused_and_another_version_of_a_package_is_told(shells, tmp_path):
    payload = str(tmp_path / "p")
    folder = str(tmp_path)
    here = shells.ask(
        folder=folder, before=["import numpy as np\na = np.ones(2)"], cell="print(a)", payload=payload, show=""
    )
    assert list(here["packages"]) == ["numpy"]
    request = {"folder": folder, "names": here["names"], "cell": "y = 1", "payload": payload, "show": "y"}
    refused = shells.ask(**request, python="3.1.4", packages={})
    assert refused["error"] == "CellNotPortable"
    assert "Python 3.1.4" in refused["message"]
    assert here["python"] in refused["message"]
    told = shells.ask(**request, python=here["python"], packages={"numpy": "0.1"})
    assert told["shown"] == "1"
    assert f"numpy 0.1 → {here['packages']['numpy']}" in told["complained"]


def test_a_value_whose_module_did_not_come_along_is_named(shells, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    (tmp_path / "here" / "mine.py").write_text("class A: pass")
    payload = str(tmp_path / "p")
    here = shells.ask(
        folder=str(tmp_path / "here"), before=["import mine\nthing = mine.A()"], cell="thing", payload=payload, show=""
    )
    assert here["homes"] == {str(tmp_path / "here" / "mine.py"): "thing"}
    there = shells.ask(
        folder=str(tmp_path / "there"),
        names=here["names"],
        python=here["python"],
        packages={},
        cell="1",
        payload=payload,
        show="",
    )
    assert there["message"].startswith("thing cannot be put back where the job runs: ModuleNotFoundError")
    assert "--code" in there["message"]


def test_names_in_text_that_is_not_constant_are_warned_of_and_can_be_included(shells, tmp_path):
    request = {
        "folder": str(tmp_path),
        "before": ["a = 1\nn = 'a'"],
        "cell": "y = eval(n)",
        "payload": str(tmp_path / "p"),
    }
    here = shells.ask(**request, show="y")
    assert here["names"] == ["n"]
    assert here["notes"][0].startswith("The cell calls eval")
    assert shells.ask(**request, show="y", include=["a"])["names"] == ["n", "a"]


@pytest.mark.parametrize(
    ("cell", "asked", "word"),
    [
        ("model = 1", "modle", "Did you mean model?"),
        ("x = 1", "other", "Assign it in the cell"),
        ("x = 1", "x.y", "not a variable's name"),
        ("def f():\n    x = 1\nf()", "x", "neither binds nor reads"),
        ("[i for i in range(3)]", "i", "neither binds nor reads"),
    ],
)
def test_a_return_that_the_cell_cannot_bind_is_refused_at_once(shells, tmp_path, cell, asked, word):
    answer = shells.ask(
        folder=str(tmp_path), before=["other = 1"], cell=cell, payload=str(tmp_path / "p"), show="", returns=[asked]
    )
    assert answer["error"] == "UsageError"
    assert word in answer["message"]


@pytest.mark.parametrize(
    "cell",
    [
        "for r in [1]: pass", "with open('data.txt') as r: pass", "import os as r", "def r(): pass", "class r: pass",
        "(r := 1)", "[0 for i in [1] if (r := i)]", "def f():\n    global r\n    r = 1\nf()", "if True: r = 1",
        "%%capture r\n1", "r = !ls", "%time r = 1", "exec('r = 1')", "from math import *\nr = pi",
        "mutable.append(1); r",
        "try: r = 1\nfinally: pass", "match 1:\n    case r: pass", "a, *r = 1, 2", "globals()['r'] = 1",
        "%%time\nr = 1",
        "from colorsys import *", "r: int = 1", "async def r(): pass", "r = await __import__('asyncio').sleep(0, 1)",
    ],
)  # fmt: skip
def test_every_way_to_bind_a_name_lets_it_be_returned(shells, tmp_path, cell):
    (tmp_path / "data.txt").touch()
    request = {"folder": str(tmp_path), "before": ["mutable = []\nr = 0" if "mutable" in cell else "1"], "cell": cell}
    answer = shells.ask(**request, payload=str(tmp_path / "p"), show="", returns=["r"])
    assert answer.get("trace", "") == ""
