"""What a cell prints is bounded, and nothing is left out without a word."""

import json

import pytest

from jupyter_azml.execution import output
from jupyter_azml.execution.cancellation import Cancellation
from jupyter_azml.execution.journal import CellJournal
from jupyter_azml.execution.output import CellOutput, shortened
from jupyter_azml.execution.run import run_notebook


@pytest.fixture
def clock(monkeypatch):
    """Stands still unless it is moved."""
    now = [100.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])
    return now


def texts(pieces):
    return "".join(text for _stream, text in pieces)


def test_what_is_not_too_much_passes_as_it_is(clock):
    said = CellOutput(None)
    assert said.take("stdout", "a") == [("stdout", "a")]
    assert said.take("stderr", "x" * 10_000_000) == [("stderr", "x" * 10_000_000)]
    assert said.rest() == []


def test_of_too_much_the_start_and_the_end_are_kept(clock):
    said = CellOutput(None)
    kept = [piece for n in range(40_000) for piece in said.take("stdout", f"{n:>999}\n")]
    whole = texts([*kept, *said.rest()])
    assert len(whole) < output.MOST_TEXT + 3 * output.MOST_HELD
    assert f"{0:>999}\n{1:>999}\n" in whole
    assert whole.endswith(f"{39_998:>999}\n{39_999:>999}\n")
    assert "prints too much" in whole
    assert "characters left out" in whole
    left_out = int(whole.rpartition(" characters left out")[0].rpartition("[")[2].replace(",", ""))
    notices = sum(len(line) + 1 for line in whole.split("\n") if line[:1] == "[") + 2 * len("\n")
    assert left_out + len(whole) - notices == 40_000_000


def test_one_text_that_is_too_long_is_cut(clock):
    said = CellOutput(None)
    whole = texts([*said.take("stdout", "a" * 10**8 + "end"), *said.rest()])
    assert whole.startswith("aaa")
    assert whole.endswith("end")
    assert len(whole) < output.MOST_TEXT + 2 * output.MOST_HELD


def test_a_cell_that_speaks_for_days_is_heard_again_after_a_while(clock):
    said = CellOutput(None)
    said.take("stdout", "x" * 2 * output.MOST_TEXT)
    assert said.take("stdout", "unheard") == []
    clock[0] += 3600
    assert texts(said.take("stdout", "heard")).endswith("unheardheard")
    assert said.take("stdout", "and again") == [("stdout", "and again")]


def test_pictures_between_do_not_make_room_for_more(clock):
    said = CellOutput(None)
    kept = [piece for _ in range(1000) for piece in [*said.take("stdout", "x" * 100_000), *said.pause()]]
    assert len(texts([*kept, *said.rest()])) < output.MOST_TEXT + 3 * output.MOST_HELD


def test_empty_outputs_without_end_are_too_much_as_well(clock):
    said = CellOutput(None)
    assert sum(len(said.take("stdout", "")) for _ in range(1_000_000)) < 200_000


@pytest.mark.parametrize("text", ["plain", 'é\n\t"quoted" \\ 漢字 🎉 \x00 \u2028', "\\u00e9" * 7, "🎉"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_of_a_text_that_is_too_long_to_unpack_the_start_is_kept(monkeypatch, text, ascii_only):
    content = json.dumps({"name": "stderr", "text": text * 50}, ensure_ascii=ascii_only).encode()
    for length in range(len(content) - 60, len(content) - 2):
        monkeypatch.setattr(output, "_START", length)
        kind, kept = shortened("stream", memoryview(content))
        start, _newline, notice = kept["text"].rstrip().rpartition("\n")
        assert (kind, kept["name"]) == ("stream", "stderr")
        assert (text * 50).startswith(start)
        assert len(start) > 20
        assert "left out" in notice


def test_what_is_no_text_is_replaced_by_a_notice():
    content = memoryview(b'{"data": {"text/plain": "' + b"x" * 3 * 1024**2)
    assert shortened("display_data", content)[1]["text"] == "\n[An output of 3 MB was left out here, or its end.]\n"
    assert shortened("execute_reply", memoryview(b'{"status": "error", "ename'))[1]["status"] == "error"


def test_a_notebook_that_prints_without_end_goes_on_to_its_end(tmp_path, write_notebook, monkeypatch):
    monkeypatch.setattr(output, "MOST_TEXT", 1_000_000)
    monkeypatch.setattr("jupyter_azml.execution.kernel.MOST_MESSAGE", 2_000_000)
    notebook = write_notebook(
        "for n in range(200): print('x' * 100_000)\nprint('its end')",
        "print('y' * 5_000_000)",
        "'z' * 5_000_000",
        "print('lives')",
    )
    journal = CellJournal(tmp_path / "events", tmp_path / "log")
    ending = run_notebook(notebook, tmp_path / "out.ipynb", journal=journal, cancellation=Cancellation(), parameters={})
    journal.close()
    assert ending.reason.code == "Finished"
    for name in ("out.ipynb", "log", "events"):
        text = (tmp_path / name).read_text()
        assert len(text) < 3_500_000
        assert text.count("left out") >= 2
        for said in ("its end", "lives", "yyyy", "prints too much"):
            assert said in text
