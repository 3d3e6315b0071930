import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_azml.entities import CommandSpec, DataInput, DataOutput
from jupyter_azml.errors import UsageError
from jupyter_azml.execution.substitution import check_references, substitute


def test_literals_are_text_and_may_be_several_words():
    assert (
        substitute(
            "run ${{inputs.flags}} ${{ search_space.lr }}", {"inputs.flags": "-a -b", "search_space.lr": "0.1"}, {}
        )
        == "run -a -b 0.1"
    )


def test_what_only_looks_like_a_reference_is_left_to_bash():
    command = "echo ${HOME} $((1+2)) $[[ --x ]] {{inputs.x}} ${inputs.x}"
    assert substitute(command, {}, {}) == command


@pytest.mark.parametrize(
    "written", ["printf %s ${{inputs.d}}", 'printf %s "${{inputs.d}}"', "printf %s '${{inputs.d}}'"]
)
@settings(max_examples=25, deadline=None)
@given(path=st.text("ab/ \"'$`\\&;(é", min_size=1, max_size=12))
def test_a_path_arrives_as_one_word_however_it_is_quoted(written, path):
    command = substitute(written, {}, {"inputs.d": path})
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=True).stdout.decode() == path


def test_a_path_inside_a_longer_word_stays_inside_it():
    command = substitute("printf '%s|' --data=${{inputs.d}}/x.csv", {}, {"inputs.d": "/my data"})
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=True).stdout == b"--data=/my data/x.csv|"


def test_a_reference_to_nothing_names_the_nearest():
    spec = CommandSpec(
        command="x ${{inputs.dta}}", inputs={"data": DataInput(path="/d"), "lr": 1}, outputs={"m": DataOutput()}
    )
    with pytest.raises(UsageError) as caught:
        check_references(spec)
    assert caught.value.message == "The command names ${{inputs.dta}}, which is not there."
    assert caught.value.hint == "Did you mean ${{inputs.data}}?"


def test_references_that_are_there_pass():
    check_references(
        CommandSpec(
            command="${{inputs.a}} ${{ outputs.b }} ${{search_space.c}}",
            inputs={"a": 1},
            outputs={"b": DataOutput()},
            search_space={"c": 2},
        )
    )
