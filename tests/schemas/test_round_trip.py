"""What is written is what was asked for: a specification survives its YAML file, whatever is in it."""

import string
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_azml.entities import (
    CommandSpec,
    DataInput,
    DataOutput,
    DataType,
    MpiDistribution,
    NotebookSpec,
    Priority,
    PyTorchDistribution,
    Resources,
    TensorFlowDistribution,
)
from jupyter_azml.schemas import parse_yaml, read_job, write_job

FILE = Path("/home/ada/churn/jobs/job.yml")

words = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
texts = st.text(max_size=20)
said = st.text(min_size=1, max_size=20)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
literals = texts | st.booleans() | numbers
json_values = st.recursive(
    st.none() | literals,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
labels = st.dictionaries(texts, texts, max_size=3)
local_paths = st.lists(words, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
places = local_paths | st.sampled_from(
    ["azureml:churn:3", "azureml:churn@latest", "azureml://datastores/blob/paths/a/b", "https://example.org/a b.csv"]
)

inputs = literals | st.builds(
    DataInput,
    type=st.sampled_from(DataType),
    path=places,
    mode=st.sampled_from(["ro_mount", "rw_mount", "download", "direct", "eval_mount", "eval_download"]),
)
outputs = st.builds(
    DataOutput,
    type=st.sampled_from(DataType),
    path=st.just("") | places,
    mode=st.sampled_from(["rw_mount", "upload", "direct"]),
    name=st.just("") | words,
    version=st.just("") | words,
)
environments = (
    st.none()
    | said
    | st.fixed_dictionaries(
        {"image": said},
        optional={
            "conda_file": local_paths | st.dictionaries(words, json_values),
            "build": st.builds(lambda path: {"path": path}, local_paths),
        },
    )
)
distributions = (
    st.none()
    | st.builds(MpiDistribution, process_count_per_instance=st.integers(1, 9))
    | st.builds(PyTorchDistribution, process_count_per_instance=st.integers(1, 9))
    | st.builds(TensorFlowDistribution, worker_count=st.integers(1, 9), parameter_server_count=st.integers(0, 9))
)
common = {
    "name": st.none() | words,
    "display_name": texts,
    "description": texts,
    "experiment": said,
    "compute": st.just("local") | words,
    "tags": labels,
    "environment_variables": labels,
    "timeout": st.none() | st.integers(1, 10**6).map(float) | st.floats(0.001, 10**6),
    "retries": st.integers(0, 9),
    "priority": st.sampled_from(Priority),
    "secrets": st.lists(words, max_size=2).map(tuple),
    "connections": st.lists(words, max_size=2).map(tuple),
}
commands = st.builds(
    CommandSpec,
    **common,
    command=said.filter(lambda text: text.strip() and "\0" not in text),
    code=st.none() | local_paths,
    environment=environments,
    inputs=st.dictionaries(words, inputs, max_size=4),
    outputs=st.dictionaries(words, outputs, max_size=3),
    search_space=st.dictionaries(words, literals, max_size=2),
    resources=st.builds(
        Resources,
        instance_count=st.integers(1, 9),
        max_instance_count=st.none() | st.integers(1, 9),
        shm_size=st.sampled_from(["", "2g"]),
        docker_args=texts,
        locations=st.lists(said, max_size=2).map(tuple),
        properties=st.dictionaries(words, json_values.filter(lambda value: value not in (None, "")), max_size=2),
    ),
    distribution=distributions,
    services=st.dictionaries(words, st.just({"type": "jupyter_lab", "port": 8888}), max_size=1),
    identity=st.none() | st.just({"type": "managed", "client_id": "x"}),
    properties=labels,
    job_tier=st.sampled_from(["", "spot"]),
    parent_job_name=st.just("") | words,
)
notebooks = st.builds(
    NotebookSpec,
    **common,
    notebook=st.lists(words, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".ipynb"),
    code=local_paths,
    parameters=st.dictionaries(words, json_values, max_size=4),
    kernel_name=st.none() | words,
    execution_timeout=st.none() | st.integers(1, 10**6),
    start_timeout=st.none() | st.integers(1, 10**6),
    working_directory=st.just("") | words,
    language=st.none() | words,
    report_mode=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(commands | notebooks)
def test_a_specification_comes_back_from_its_file(spec):
    written = write_job(spec, FILE.parent)
    assert read_job(parse_yaml(written, FILE), FILE) == spec


@given(st.dictionaries(words, literals, min_size=1))
def test_the_file_says_the_same_to_other_readers_of_yaml(values):
    spec = CommandSpec(command="true", inputs=values)
    assert yaml.safe_load(write_job(spec, FILE.parent))["inputs"] == values


def test_paths_are_relative_to_the_file():
    spec = CommandSpec(
        command="true",
        code="/home/ada/churn/src",
        inputs={"data": DataInput(path="/home/ada/churn/jobs/data")},
        outputs={"model": DataOutput(path="azureml://datastores/workspaceblobstore/paths/m")},
    )
    written = yaml.safe_load(write_job(spec, FILE.parent))
    assert written["code"] == "../src"
    assert written["inputs"]["data"]["path"] == "./data"
    assert written["outputs"]["model"]["path"] == "azureml://datastores/workspaceblobstore/paths/m"


def test_a_command_of_several_lines_stays_readable():
    written = write_job(CommandSpec(command="set -e\npython train.py \\\n  --lr 1\n"), FILE.parent)
    assert "command: |\n  set -e\n  python train.py \\\n    --lr 1\n" in written
