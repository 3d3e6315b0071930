"""All of a table, as pandas and as DuckDB read it."""

import gzip

import pandas
import pytest

from jupyter_azml.errors import NotSupported
from jupyter_azml.preview.frame import read_frame, read_relation


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", b"a,b\n1,x\n2,y\n"),
        ("semi.csv", b"a;b\n1;x\n2;y\n"),
        ("packed.csv.gz", gzip.compress(b"a,b\n1,x\n2,y\n")),
        ("wide.csv", "a,b\n1,x\n2,y\n".encode("utf-16")),
        ("spaces.csv", b"b a\n1 2\n3 4\n"),
        ("lines.jsonl", b'{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'),
        ("list.json", b'[{"a":1,"b":"x"},{"a":2,"b":"y"}]'),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_both_read_the_same(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    frame = read_frame(path)
    assert list(frame.columns) in (["a", "b"], ["b", "a"])
    assert read_relation(path).fetchall() == [tuple(row) for row in frame.itertuples(index=False)]


def test_parquet_and_mltable(tmp_path):
    (tmp_path / "parts").mkdir()
    for part in (1, 2):
        pandas.DataFrame({"n": [part], "drop": [0]}).to_parquet(tmp_path / "parts" / f"{part}.parquet")
    (tmp_path / "MLTable").write_text(
        "paths: [{pattern: ./parts/*.parquet}]\ntransformations: [read_parquet, {drop_columns: [drop]}]"
    )
    assert read_frame(tmp_path).to_dict("list") == {"n": [1, 2]}
    assert read_relation(tmp_path).aggregate("sum(n)").fetchall() == [(3,)]


def test_what_is_no_table_says_to_take_its_path(tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    for path in (tmp_path, tmp_path / "a.txt"):
        with pytest.raises(NotSupported, match="no table") as caught:
            read_frame(path)
        assert ".path()" in caught.value.hint
