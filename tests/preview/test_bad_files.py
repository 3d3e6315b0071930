"""A file that cannot be shown is named, in two lines; reading goes no further than it must."""

import gzip
import io
import os

import pyarrow
import pytest
from pyarrow import parquet

from jupyter_azml.errors import DataUnreadable, NotSupported
from jupyter_azml.preview.look import preview_file, preview_folder, profile_file
from jupyter_azml.preview.places import Folder


def some_parquet():
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"a": [os.urandom(20) for _ in range(5000)]}), out)
    return out.getvalue()


WHOLE = some_parquet()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("empty.parquet", b"", "cannot be read as Parquet"),
        ("empty.jsonl", b"", "is empty"),
        ("junk.csv", os.urandom(50_000), "is not text"),
        ("zeros.csv.gz", gzip.compress(bytes(100_000_000), 9), "is not text"),
        ("torn.csv.gz", b"\x1f\x8b" + os.urandom(100), "is damaged"),
        ("cut.parquet", WHOLE[: len(WHOLE) // 2], "cannot be read as Parquet"),
        ("hollow.parquet", WHOLE[:1000] + bytes(2000) + WHOLE[3000:], "cannot be read as Parquet"),
        ("text.parquet", b"a,b\n1,2\n", "cannot be read as Parquet"),
        ("one-line.csv", b"x" * 20_000_000, "is longer than 8 MB"),
        ("torn.jsonl", b'{"a":1}\n{"a":2\n{"a":3}\n', "line 2 cannot be read"),
        ("torn.json", b'[{"a":1},\n{"a":}]', "line 2 cannot be read"),
        ("torn.png", b"\x89PNG\r\n\x1a\n" + os.urandom(500), "is a damaged image"),
    ],
)
def test_it_is_named(source, name, content, said):
    made = source(name, content)
    for look in (preview_file, profile_file):
        if look is profile_file and name.endswith(".png"):
            continue
        with pytest.raises(DataUnreadable, match=said) as caught:
            look(made)
        assert name in caught.value.message
        assert caught.value.hint
    assert made.bytes_read < 20_000_000


def test_what_is_no_table_is_not_measured(source):
    with pytest.raises(NotSupported, match="is no table"):
        profile_file(source("read.me", b"hello"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing: here", "lead to no file"),
        ("[", "not a valid MLTable file"),
        ("paths:\n  - file: ../../etc/passwd", "leads out of"),
        ("paths:\n  - file: MLTable", "is no table"),
    ],
)
def test_an_mltable_that_leads_nowhere_is_named(tmp_path, text, said):
    (tmp_path / "MLTable").write_text(text)
    with pytest.raises(Exception, match=said):
        preview_folder(Folder(tmp_path), "", "table")
