"""The batch command over files: whatever happens to its processes, each row is in the output once."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas
import pytest

SCORE = """
import os, pathlib, signal, sys, time
here = pathlib.Path(os.environ["HERE"])

def once(name):
    try:
        os.close(os.open(here / name, os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False

def init():
    pass

def run(mini_batch):
{body}
    return [pathlib.Path(file).name for file in mini_batch]
"""


class Bench:
    def __init__(self, folder):
        self.folder = folder
        self.output = folder / "out" / "predictions.csv"

    def fill(self, count):
        for number in range(count):
            file = self.folder / "data" / f"part-{number % 3}" / f"{number:03}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{number}\n")
        return self

    def run(self, body="    pass", *words, script=None):
        (self.folder / "code").mkdir(exist_ok=True)
        (self.folder / "code" / "score.py").write_text(SCORE.format(body=body) if script is None else script)
        command = [
            *(sys.executable, "-P", "-m", "jupyter_azml.execution.batch"),
            *("--input", self.folder / "data", "--output", self.folder / "out", "--scratch", self.folder / "parts"),
            *("--scoring-script", "score.py", "--mini-batch-size", "4", "--workers", "2", "--timeout", "20"),
            *("--progress", self.folder / "progress.json", "--events", self.folder / "events.ndjson"),
            *words,
        ]
        environment = {**os.environ, "HERE": str(self.folder)}
        return subprocess.run(
            list(map(str, command)),
            cwd=self.folder / "code",
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def rows(self):
        return self.output.read_text().splitlines()


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def names(count):
    return sorted((f"{number:03}.txt" for number in range(count)), key=lambda name: (int(name[:3]) % 3, name))


DEATHS = {
    "killed before it has done anything": "    if once('a'): os.kill(os.getpid(), 9)",
    "ends by itself": "    if once('a'): os._exit(3)",
    "hangs": "    if once('a'): time.sleep(100)",
    "raises": "    if once('a'): raise ValueError('not yet')",
    "closes what it did not open": "    if once('a'): os.closerange(3, 50)",
    "is killed, and the next two as well": """
    if once(f'a{os.getpid()}') and len(list(here.glob('a*'))) < 4: os.kill(os.getpid(), 9)""",
}


@pytest.mark.parametrize("death", DEATHS)
def test_each_row_is_there_once_when_a_worker(death, bench):
    done = bench.fill(30).run(DEATHS[death], "--timeout", "2")
    assert done.returncode == 0, done.stderr
    assert bench.rows() == names(30)
    assert json.loads((bench.folder / "progress.json").read_text()) == {"cell": 8, "cells": 8}
    events = [json.loads(line) for line in (bench.folder / "events.ndjson").read_text().splitlines()]
    assert [event["cell"] for event in events] == list(range(1, 9))
    assert not (bench.folder / "parts").exists()


def test_a_worker_that_is_killed_after_it_wrote_and_before_it_told_writes_no_row_twice(bench):
    late = """    import jupyter_azml.execution.batch.worker as worker
    if once('a'):
        def die(*_): os.kill(os.getpid(), 9)
        sys.modules['__main__']._write_whole.__globals__['max'] = die"""
    done = bench.fill(30).run(late)
    assert done.returncode == 0, done.stderr
    assert "killed by signal 9" in done.stderr
    assert bench.rows() == names(30)


def test_files_that_always_fail_are_counted_and_the_others_kept(bench):
    body = "    if any('004' in file for file in mini_batch): raise ValueError('bad file')"
    done = bench.fill(30).run(body, "--max-retries", "1")
    assert done.returncode == 0, done.stderr
    assert "4 of 30 files failed" in done.stderr
    assert done.stderr.count("ValueError: bad file") >= 2
    assert len(bench.rows()) == 26
    strict = bench.run(body, "--max-retries", "0", "--error-threshold", "3")
    assert strict.returncode == 1
    assert "error_threshold allows 3" in strict.stderr
    assert bench.run("    raise ValueError('all')", "--max-retries", "0").returncode == 1


def test_a_shorter_result_means_that_the_rest_has_failed(bench):
    done = bench.fill(8).run("    return [1]")
    assert "6 of 8 files failed" in done.stderr
    assert bench.rows() == ["1", "1"]


BROKEN = {
    "defines no function run": "def init(): pass",
    "defines no function init": "def run(mini_batch): return []",
    "RuntimeError: no model": "def init(): raise RuntimeError('no model')\ndef run(mini_batch): return []",
    "SyntaxError": "def init(:",
    "SystemExit": "import sys; sys.exit('done')",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_script_that_cannot_be_used_ends_it_at_once_and_says_why(fault, bench):
    begin = time.monotonic()
    done = bench.fill(30).run(script=BROKEN[fault])
    assert done.returncode == 1
    assert fault in done.stderr.splitlines()[-1]
    assert not bench.output.exists()
    assert time.monotonic() - begin < 20


def test_a_run_that_gives_back_no_list_is_told(bench):
    done = bench.fill(2).run("    return 3", "--max-retries", "0")
    assert "run() gave back a int" in done.stderr
    assert done.returncode == 1


def test_tables_tuples_and_texts_become_lines(bench):
    body = """    import pandas
    if '000' in mini_batch[0]: return pandas.DataFrame({'a': [1.5, 2], 'b': ['x y', None]})
    return [(1, 'a,b'), {'k': 'é'}, 'two\\nlines', 'a,b']"""
    done = bench.fill(8).run(body, "--mini-batch-size", "2", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert bench.rows()[:2] == ['1.5 "x y"', "2.0 "]
    assert bench.output.read_text().split("\n", 2)[2].startswith('1,"a,b"\n{"k": "é"}\n"two\nlines"\na,b\n')


def test_a_script_may_write_files_of_its_own(bench):
    body = "    pathlib.Path(os.environ['AZUREML_BI_OUTPUT_PATH'], pathlib.Path(mini_batch[0]).name).write_text('x')"
    done = bench.fill(8).run(body, "--output-action", "summary_only")
    assert done.returncode == 0, done.stderr
    assert not bench.output.exists()
    assert len(list((bench.folder / "out").iterdir())) == 2


def test_an_empty_folder_is_told_and_a_single_file_is_taken(bench):
    (bench.folder / "data").mkdir()
    assert "There is no file" in bench.run().stderr
    bench.fill(5)
    done = bench.run("    pass", "--input", bench.folder / "data" / "part-1" / "004.txt")
    assert done.returncode == 0, done.stderr
    assert bench.rows() == ["004.txt"]


def test_a_model_of_mlflow_needs_no_script(bench):
    import mlflow

    class Doubles(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return model_input["x"] * 2

    mlflow.pyfunc.save_model(str(bench.folder / "model" / "doubles"), python_model=Doubles(), pip_requirements=[])
    (bench.folder / "data").mkdir()
    for number in range(3):
        pandas.DataFrame({"x": [number, number + 10]}).to_csv(bench.folder / "data" / f"{number}.csv", index=False)
    (bench.folder / "code").mkdir()
    words = ["--input", "../data", "--output", "../out", "--scratch", "../parts", "--model", bench.folder / "model"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "jupyter_azml.execution.batch", *map(str, words)],
        cwd=bench.folder / "code",
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = pandas.read_csv(Path(bench.output), names=["row", "prediction", "file"])
    assert found.to_dict("list") == {
        "row": [0, 1] * 3,
        "prediction": [0, 20, 2, 22, 4, 24],
        "file": ["0.csv"] * 2 + ["1.csv"] * 2 + ["2.csv"] * 2,
    }
