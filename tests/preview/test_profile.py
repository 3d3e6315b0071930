"""Measures are those of pandas, of real data."""

import io
from pathlib import Path

import numpy
import pandas
import pytest
import sklearn

from jupyter_azml.preview.look import profile_file

DATA = Path(sklearn.__file__).parent / "datasets" / "data"
WORDS = {"min": "min", "25%": "q25", "50%": "median", "75%": "q75", "max": "max", "mean": "mean", "std": "std"}


@pytest.mark.parametrize("name", ["breast_cancer.csv", "wine_data.csv", "iris.csv", "digits.csv.gz"])
def test_a_csv_of_scikit_learn_is_measured_as_pandas_describes_it(source, name):
    profile = profile_file(source(name, (DATA / name).read_bytes()))
    # Their first line says how many rows and columns there are, and what the classes are called.
    frame = pandas.read_csv(DATA / name, header=None, skiprows=0 if name.endswith(".gz") else 1)
    described = frame.describe()
    assert len(profile.columns) == len(frame.columns)
    assert profile.rows_read == profile.row_count == len(frame)
    for name_of, column in zip(frame.columns, profile.columns, strict=True):
        assert (column.count, column.missing) == (frame[name_of].count(), frame[name_of].isna().sum())
        assert column.distinct == frame[name_of].nunique()
        for theirs, ours in WORDS.items():
            assert getattr(column, ours) == pytest.approx(described[name_of][theirs], rel=1e-12)
        assert sum(each.count for each in column.histogram or column.top) == column.count


def test_missing_values_infinity_and_text_are_told_apart(source):
    frame = pandas.DataFrame(
        {
            "number": [1.0, 2.0, numpy.nan, numpy.inf, None],
            "word": ["a", "a", None, "", "b"],
            "flag": [True, False, None, True, True],
            "when": pandas.to_datetime(["2024-01-01", None, "2024-03-01", "2024-02-01", "2024-05-01"]),
        }
    )
    out = io.BytesIO()
    frame.to_parquet(out)
    number, word, flag, when = profile_file(source("mixed.parquet", out.getvalue())).columns
    assert (number.missing, number.std, number.max) == (2, None, "Infinity")
    assert (word.missing, word.distinct, word.top[0].value, word.top[0].count) == (1, 3, "a", 2)
    assert {each.value: each.count for each in flag.top} == {True: 3, False: 1}
    assert (when.missing, when.min, sum(each.count for each in when.histogram)) == (1, "2024-01-01 00:00:00", 4)


def test_a_file_that_is_too_large_is_measured_by_its_first_rows(source, monkeypatch):
    monkeypatch.setattr("jupyter_azml.preview.profile.MOST_ROWS", 1000)
    content = "n\n" + "".join(f"{n}\n" for n in range(5000))
    profile = profile_file(source("long.csv", content.encode()))
    assert (profile.rows_read, profile.is_sample, profile.columns[0].max) == (1000, True, 999)


def test_names_that_are_sql_are_names(source):
    content = b'"a""; DROP TABLE looked; --","select"\n1,2\n3,4\n'
    profile = profile_file(source("names.csv", content))
    assert [(column.name, column.mean) for column in profile.columns] == [
        ('a"; DROP TABLE looked; --', 2.0),
        ("select", 3.0),
    ]
