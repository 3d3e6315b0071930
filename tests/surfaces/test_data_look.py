"""Data in a notebook and in a terminal: looked into, measured, read, completed."""

import json

import pytest

from jupyter_azml.cli.main import run_line


@pytest.fixture
def table(tmp_path, shell):
    path = tmp_path / "flowers.csv"
    path.write_text("kind,size\n" + "".join(f"<b>{n % 3}</b>,{n}\n" for n in range(30)))
    assert run_line(["data", "create", "-n", "flowers", "-p", str(path)]) == 0
    return path


def value_of(shell, source):
    result = shell.run_cell(source)
    result.raise_error()
    return result.result


def test_an_asset_gives_its_path_its_rows_and_a_relation(shell, table):
    value_of(shell, "flowers = %azml data show flowers")
    assert value_of(shell, "flowers.path()").read_text() == table.read_text()
    assert value_of(shell, "flowers.version") == "1"
    assert value_of(shell, "flowers.to_pandas()['size'].sum()") == sum(range(30))
    assert value_of(shell, "flowers.to_duckdb().aggregate('count(*)').fetchall()") == [(30,)]
    value_of(shell, "import jupyter_azml")
    assert value_of(shell, "jupyter_azml.get_workspace().data.get('flowers', '1').path().name") == "flowers.csv"
    shell.user_ns["table"] = str(table)
    assert value_of(shell, "len(jupyter_azml.data(table).to_pandas())") == 30


def test_a_preview_and_a_profile_show_themselves_and_become_frames(shell, table):
    value_of(shell, "look = %azml data preview flowers --rows 4")
    assert value_of(shell, "len(look.to_pandas()), look.row_count") == (4, 30)
    html = value_of(shell, "look._repr_html_()")
    assert "&lt;b&gt;0" in html
    assert "<b>0</b>" not in html
    value_of(shell, "measured = %azml data profile flowers:1")
    assert value_of(shell, "measured.to_pandas().loc['size', '50%']") == 14.5
    assert value_of(shell, "measured._repr_html_()").count("height:") == 20


def test_names_versions_and_paths_are_completed(shell, table):
    def completed(line):
        return shell.complete("", line, len(line))[1]

    assert completed("%azml data preview flo") == ["flowers"]
    assert completed("%azml data preview flowers:") == ["1"]
    assert completed("%azml data profile azureml:flo") == ["flowers"]
    assert completed("%azml datastore browse workspace") == ["workspaceblobstore"]
    assert completed("%azml datastore browse workspaceblobstore Local") == ["LocalUpload/"]
    assert completed("%azml data preview azureml://datastores/workspaceblobstore/paths/Lo") == [
        "//datastores/workspaceblobstore/paths/LocalUpload/"
    ]


def test_a_terminal_prints_tables_or_data(table, capsys):
    assert run_line(["data", "preview", str(table), "--rows", "2"]) == 0
    assert "30 rows, 2 columns" in capsys.readouterr().out
    assert run_line(["data", "profile", "flowers"]) == 0
    assert "█" in capsys.readouterr().out
    assert run_line(["data", "profile", "flowers", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["columns"][1]["median"] == 14.5


def test_what_is_not_there_or_no_data_ends_with_its_own_code(table, capsys, tmp_path):
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no more")
    assert run_line(["data", "preview", "nothing"]) == 25
    assert run_line(["data", "preview", str(tmp_path / "bad.parquet")]) == 58
    assert run_line(["data", "preview", "flowers", "--rows", "0"]) == 2
    assert all(len(said.splitlines()) <= 6 for said in [capsys.readouterr().err])
