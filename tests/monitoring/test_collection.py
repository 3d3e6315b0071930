"""Sampled inputs and outputs: what is kept, in which form, and how much of it."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.entities import DataCollection, DataCollector
from jupyter_azml.monitoring import Collector
from jupyter_azml.monitoring import collection as module
from jupyter_azml.monitoring.baseline import read_baseline
from jupyter_azml.monitoring.collection import LARGEST_BODY, collected_rows
from jupyter_azml.monitoring.drift import MOST_ROWS
from jupyter_azml.monitoring.payload import rows_of

KEY = ("churn", "blue")


def settings(*names, **fields):
    return DataCollector(collections={name: DataCollection() for name in names}, **fields)


def folders(tmp_path):
    return {name: tmp_path / name for name in ("model_inputs", "model_outputs", "request", "response")}


def collect(tmp_path, exchanges, *names, **fields):
    collector = Collector("one")
    collector.plan(KEY, settings(*(names or ("model_inputs", "model_outputs")), **fields), folders(tmp_path))
    for request, response in exchanges:
        collector.offer(KEY, request, response, "id-1")
    collector.close()
    return collector


def test_a_request_is_kept_as_azures_collector_keeps_it(tmp_path):
    body = json.dumps({"input_data": {"columns": ["age", "city"], "data": [[31, "Rome"], [64, "Oslo"]]}}).encode()
    collect(tmp_path, [(body, b"[0, 1]")])
    (inputs,) = (tmp_path / "model_inputs").rglob("*.jsonl")
    assert inputs.relative_to(tmp_path).as_posix() == datetime.now(UTC).strftime("model_inputs/%Y/%m/%d/%H/one.jsonl")
    event = json.loads(inputs.read_text())
    assert event["data"] == [{"age": 31, "city": "Rome"}, {"age": 64, "city": "Oslo"}]
    assert (event["specversion"], event["type"], event["correlationid"]) == ("1.0", "azureml.inference.inputs", "id-1")
    (outputs,) = (tmp_path / "model_outputs").rglob("*.jsonl")
    assert json.loads(outputs.read_text())["data"] == [{"prediction": 0}, {"prediction": 1}]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ({"input_data": [[1, 2]]}, [{"input_0": 1, "input_1": 2}]),
        ({"dataframe_split": {"columns": ["a"], "index": [0], "data": [[1], [2]]}}, [{"a": 1}, {"a": 2}]),
        ({"dataframe_records": [{"a": 1}]}, [{"a": 1}]),
        ({"inputs": {"a": [1, 2], "b": [3, 4]}}, [{"a": 1, "b": 3}, {"a": 2, "b": 4}]),
        ({"instances": [5, 6]}, [{"input": 5}, {"input": 6}]),
        ({"data": [[1, 2]]}, [{"input_0": 1, "input_1": 2}]),
        ({"age": 31}, [{"age": 31}]),
        ([{"a": 1}], [{"a": 1}]),
        (json.dumps({"predictions": [1]}), [{"input": 1}]),
        (7, [{"input": 7}]),
        (None, []),
        ({}, []),
        ([], []),
    ],
)
def test_rows_are_found_in_every_usual_form(body, rows):
    assert rows_of(json.dumps(body).encode(), "input") == rows


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"NaN"])
def test_what_is_no_rows_is_no_fault(body):
    rows_of(body, "input")


def test_a_share_of_the_requests_is_drawn_and_none_where_nothing_is_collected():
    collector = Collector()
    assert not collector.plan(KEY, None, {})
    assert not collector.draws(KEY)
    collector.plan(KEY, settings("request", sampling_rate=0.2), {"request": None})
    drawn = sum(collector.draws(KEY) for _ in range(5_000))
    assert 850 < drawn < 1_150
    off = DataCollector(collections={"request": DataCollection(enabled=False)})
    assert not collector.plan(KEY, off, {"request": None})
    assert not collector.draws(KEY)


def test_bodies_as_they_are_when_they_are_asked_for(tmp_path):
    collect(tmp_path, [(b"\xffnot json", b"")], "request", "response")
    (path,) = tmp_path.rglob("*.jsonl")
    assert json.loads(path.read_text())["data"] == "\ufffdnot json"


def test_a_large_body_and_what_comes_too_fast_are_left_out(tmp_path, monkeypatch):
    collector = collect(tmp_path, [(b"x" * (LARGEST_BODY + 1), b"[]")])
    assert collector.left_out == 1
    gate = threading.Event()
    slow = Collector("slow")
    slow.plan(KEY, settings("model_inputs"), folders(tmp_path))
    monkeypatch.setattr(slow, "_write", lambda *_args: gate.wait(10))
    for _ in range(module._WAITING + 50):
        slow.offer(KEY, b"[1]", b"[1]", "")
    assert slow.left_out >= 48
    gate.set()
    slow.close()


def test_the_oldest_file_goes_when_a_collection_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_FILE", 2_000)
    monkeypatch.setattr(module, "LARGEST_COLLECTION", 5_000)
    for hour in range(6):
        old = tmp_path / "model_inputs" / "2026" / "01" / "01" / f"{hour:02}" / "one.jsonl"
        old.parent.mkdir(parents=True)
        old.write_text("x" * 1_000)
    collector = collect(tmp_path, [(b"[1]", b"[1]")] * 20)
    left = sorted((tmp_path / "model_inputs" / "2026" / "01").rglob("*.jsonl"))
    assert [path.parent.name for path in left] == ["03", "04", "05"]
    assert collector.left_out > 0
    total = sum(path.stat().st_size for path in (tmp_path / "model_inputs").rglob("*.jsonl"))
    assert total <= module.LARGEST_COLLECTION


def test_the_newest_rows_of_the_window_are_read_back(tmp_path):
    collect(tmp_path, [(json.dumps([{"n": number}]).encode(), b"[1]") for number in range(30)])
    hour = timedelta(hours=1)
    rows = collected_rows(tmp_path / "model_inputs", since=datetime.now(UTC) - hour, most=10)
    assert [row["n"] for row in rows] == list(range(29, 19, -1))
    assert collected_rows(tmp_path / "model_inputs", since=datetime.now(UTC) + hour, most=10) == []
    assert collected_rows(tmp_path / "nothing", since=datetime.now(UTC), most=10) == []


def test_a_baseline_is_an_even_sample_and_the_same_each_time(tmp_path):
    file = tmp_path / "it's a base.csv"
    file.write_text("n,city\n" + "".join(f"{number},Rome\n" for number in range(40_000)))
    found = read_baseline(file, "base")
    assert found == read_baseline(file, "base")
    assert len(found["n"]) == MOST_ROWS
    assert abs(sum(found["n"]) / MOST_ROWS - 20_000) < 1_000
    assert set(found["city"]) == {"Rome"}


def test_what_cannot_be_a_baseline_is_told(tmp_path):
    for name, content in (("a.txt", "hello"), ("b.parquet", "no parquet")):
        (tmp_path / name).write_text(content)
        with pytest.raises(Exception, match=r"cannot be a baseline") as caught:
            read_baseline(tmp_path / name, "base:1")
        assert caught.value.hint
