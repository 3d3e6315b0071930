"""A look shows what is there, whatever the file is like."""

import base64
import gzip
import io
import json

import nbformat
import pyarrow
import pytest
from PIL import Image
from pyarrow import parquet

from jupyter_azml.entities import PreviewKind
from jupyter_azml.preview.look import preview_file, preview_folder, profile_folder
from jupyter_azml.preview.places import Folder


def as_parquet(columns, **options):
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "columns", "first"),
    [
        ("plain.csv", b"a,b\n1,x\n2,y\n", {"a": "BIGINT", "b": "VARCHAR"}, (1, "x")),
        ("semi.csv", b"a;b\r\n1,5;2\r\n", {"a": "VARCHAR", "b": "BIGINT"}, ("1,5", 2)),
        ("tabs.tsv", b"a\tb\n1\t2.5\n", {"a": "BIGINT", "b": "DOUBLE"}, (1, 2.5)),
        ("pipes.txt.csv", b"a|b\n1|true\n", {"a": "BIGINT", "b": "BOOLEAN"}, (1, True)),
        ("quoted.csv", b'a,b\n"x, ""y""",2\n"two\nlines",3\n', {"a": "VARCHAR", "b": "BIGINT"}, ('x, "y"', 2)),
        ("told.csv", b"# made by hand\n\na,b\n1,2\n", {"a": "BIGINT", "b": "BIGINT"}, (1, 2)),
        ("latin.csv", "nom,âge\nZoé,3\n".encode("latin-1"), {"nom": "VARCHAR", "âge": "BIGINT"}, ("Zoé", 3)),
        ("bom.csv", "\ufeffa,b\né,1\n".encode(), {"a": "VARCHAR", "b": "BIGINT"}, ("é", 1)),
        ("wide.csv", "a,b\né,1\n".encode("utf-16"), {"a": "VARCHAR", "b": "BIGINT"}, ("é", 1)),
        ("wide-le.csv", b"a,b\nx,1\n".decode().encode("utf-16-le"), {"a": "VARCHAR", "b": "BIGINT"}, ("x", 1)),
        ("packed.csv.gz", gzip.compress(b"a,b\n1,2\n"), {"a": "BIGINT", "b": "BIGINT"}, (1, 2)),
        ("zone.csv", b"t\n2024-01-01T10:00:00+02:00\n", {"t": "TIMESTAMP WITH TIME ZONE"}, ("2024-01-01 08:00:00+00",)),
        ("lines.jsonl", b'{"a":1}\n{"a":2,"b":"x"}\n', {"a": "BIGINT", "b": "VARCHAR"}, (1, None)),
        ("list.json", b'[{"a": 1.5}, {"a": 2}]', {"a": "DOUBLE"}, (1.5,)),
        (
            "some.parquet",
            as_parquet({"a": [2**60], "b": [[1, 2]]}),
            {"a": "BIGINT", "b": "BIGINT[]"},
            (str(2**60), "[1, 2]"),
        ),
        ("no-rows.csv", b"a,b\n", {"a": "VARCHAR", "b": "VARCHAR"}, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tables_of_every_kind_are_understood(source, name, content, columns, first):
    looked = preview_file(source(name, content))
    assert looked.kind is PreviewKind.TABLE
    assert {column.name: column.type for column in looked.columns} == columns
    assert next(iter(looked.rows), None) == first
    assert looked.is_row_count_exact
    json.loads(looked.model_dump_json())


def test_only_the_beginning_is_read_and_the_rest_is_estimated(source):
    line = b"123456,some text here\n"
    looked = preview_file(source("long.csv", b"number,words\n" + line * 500_000), rows=10)
    assert len(looked.rows) == 10
    assert looked.bytes_read < 1_000_000
    assert (looked.is_row_count_exact, abs(looked.row_count - 500_000) < 5_000) == (False, True)


def test_a_parquet_of_one_large_row_group_is_read_by_its_pages(source):
    columns = {f"c{n}": [n * 7919 % 1_000_003 / 7 for n in range(n, n + 400_000)] for n in range(8)}
    made = source("large.parquet", as_parquet(columns, row_group_size=400_000, compression="none"))
    looked = preview_file(made, rows=5)
    assert made.size > 20_000_000
    assert looked.bytes_read < 16 * 1024 * 1024
    assert (len(looked.rows), looked.row_count, len(looked.columns)) == (5, 400_000, 8)


def test_columns_that_would_cost_too_much_are_left_out_and_named(source):
    heavy = [bytes([n % 251]) * 1_000_000 for n in range(40)]
    content = as_parquet({"light": list(range(40)), "heavy": heavy}, compression="none", use_dictionary=False)
    looked = preview_file(source("heavy.parquet", content), rows=40)
    assert [column.name for column in looked.columns] == ["light"]
    assert looked.column_count == 2
    assert "heavy would take more than 16 MB" in looked.notes[0]
    assert looked.bytes_read <= 16 * 1024 * 1024


def test_ten_thousand_columns_are_counted_and_the_first_ones_are_shown(source):
    head = ",".join(f"c{n}" for n in range(10_000))
    body = ",".join("1" for _ in range(10_000))
    looked = preview_file(source("wide.csv", f"{head}\n{body}\n{body}\n".encode()))
    assert (looked.column_count, len(looked.columns), len(looked.rows[0])) == (10_000, 200, 200)
    assert "10000 columns" in looked.notes[0]


def test_lines_of_several_lengths_are_shown_and_the_first_of_them_is_named(source):
    looked = preview_file(source("ragged.csv", b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n"))
    assert looked.rows == ((1, 2, 3, None), (4, 5, None, None), (6, 7, 8, 9))
    assert looked.notes == ("2 lines have more or fewer fields than the first: line 3 has 2 instead of 3.",)


def test_what_is_packed_never_unpacks_to_more_than_a_look_needs(source):
    bomb = gzip.compress(b"a,b\n" + b"1,2\n" * 20_000_000, 9)
    looked = preview_file(source("bomb.csv.gz", bomb), rows=3)
    assert looked.rows == ((1, 2),) * 3
    assert not looked.is_row_count_exact
    assert looked.row_count > 5_000_000


def test_a_packed_file_that_was_cut_shows_what_is_there(source):
    content = gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(50_000)))
    looked = preview_file(source("cut.csv.gz", content[: len(content) // 3]))
    assert looked.rows[:2] == ((0, 0), (1, 1))
    assert looked.notes == ("The file ends in the middle of its compressed content.",)


def test_images_are_shown_small(source):
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), "red").save(out, "PNG")
    looked = preview_file(source("photo.png", out.getvalue()))
    assert (looked.kind, looked.format, looked.details["size"]) == (PreviewKind.IMAGE, "PNG", "3000 × 1500")
    kind, data = looked.image.split(";base64,")
    assert kind == "data:image/jpeg"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (800, 400)


def test_a_notebook_is_told_in_short(source):
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Title"),
            nbformat.v4.new_code_cell("\n".join(f"x = {n}" for n in range(30))),
        ]
    )
    looked = preview_file(source("a.ipynb", nbformat.writes(notebook).encode()))
    assert (looked.kind, looked.details["code cells"]) == (PreviewKind.NOTEBOOK, "1")
    assert "# Title" in looked.text
    assert "18 more lines" in looked.text


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("read.me", b"hello\n" * 5000, PreviewKind.TEXT),
        ("settings.json", b'{\n"a": 1\n}', PreviewKind.TEXT),
        ("broken.ipynb", b"{nothing", PreviewKind.TEXT),
        ("model.pkl", bytes(range(256)) * 20, PreviewKind.BINARY),
        ("nothing.bin", b"", PreviewKind.TEXT),
    ],
)
def test_anything_else_is_text_or_bytes(source, name, content, kind):
    looked = preview_file(source(name, content))
    assert looked.kind is kind
    assert len(looked.text) < 70_000


def test_an_mltable_is_read_as_it_says(tmp_path):
    (tmp_path / "MLTable").write_text(
        "paths:\n  - pattern: ./parts/*.txt\ntransformations:\n"
        "  - read_delimited: {delimiter: ';', header: all_files_same_headers}\n"
        "  - drop_columns: [secret]\n  - convert_column_types: []\n"
    )
    (tmp_path / "parts").mkdir()
    for part in "ab":
        (tmp_path / "parts" / f"{part}.txt").write_text(f"name;secret;n\n{part};x;1\n")
    looked = preview_folder(Folder(tmp_path), "", "table")
    assert (looked.format, [column.name for column in looked.columns]) == ("MLTable", ["name", "n"])
    assert looked.rows == (("a", 1),)
    assert looked.row_count is None
    assert "convert_column_types" in looked.notes[1]
    assert [column.name for column in profile_folder(Folder(tmp_path), "", "table").columns] == ["name", "n"]


def test_a_folder_is_listed(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    looked = preview_folder(Folder(tmp_path), "", "here")
    assert (looked.kind, [file.path for file in looked.files]) == (PreviewKind.FOLDER, ["a.txt"])
