"""What is wrong with a file is told with the way to it and the nearest word, all of it at once."""

from pathlib import Path

import pytest

from jupyter_azml.entities import CommandSpec, NotebookSpec, TensorFlowDistribution
from jupyter_azml.errors import NotSupported, SpecInvalid, UsageError
from jupyter_azml.schemas import assign, parse_yaml, read_data_asset, read_job

FILE = Path("/home/ada/job.yml")


def read(text, *assignments):
    data = parse_yaml(text, FILE)
    assign(data, assignments)
    return read_job(data, FILE)


def faults(text, *assignments):
    with pytest.raises(SpecInvalid) as caught:
        read(text, *assignments)
    return [line.removeprefix(f"{FILE}: ") for line in caught.value.message.splitlines()]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("comand: x\ncommand: y", "comand: unknown key; did you mean command?"),
        ("command: x\ninputs: {x: {pth: a, path: b}}", "inputs.x.pth: unknown key; did you mean path?"),
        ("command: x\nresources: {instances: 2}", "resources.instances: unknown key; did you mean instance_type?"),
        ("command: x\nlimits: {zzz: 2}", "limits.zzz: unknown key; there are: timeout"),
        ("command: [x]", "command: a text is expected, not ['x']; put it in quotes"),
        ("command: ''", "command: there is nothing to run"),
        ("command: x\ninputs: [1]", "inputs: names with values are expected, not [1]"),
        ("command: x\ninputs: {x: [1]}", "inputs.x: a text, a number, true or false is expected, not [1]"),
        ("command: x\ninputs: {x: }", "inputs.x: a text, a number, true or false is expected, not None"),
        (
            "command: x\ninputs: {x: {path: a, mode: copy}}",
            "inputs.x.mode: 'copy' is none of: ro_mount, rw_mount, download, direct, eval_mount, eval_download",
        ),
        (
            "command: x\nqueue_settings: {priority: hgh}",
            "queue_settings.priority: 'hgh' is none of: low, medium, high; did you mean high?",
        ),
        (
            "command: x\ndistribution: {type: horovod}",
            "distribution.type: 'horovod' is none of: mpi, pytorch, tensorflow",
        ),
        (
            "command: x\ndistribution: {process_count_per_instance: 2}",
            "distribution.type: None is none of: mpi, pytorch, tensorflow",
        ),
        (
            "command: x\ndistribution: {type: mpi, worker_count: 2}",
            "distribution.worker_count: unknown key; there are: type, process_count_per_instance",
        ),
        (
            "command: x\ncode: git+https://example.org/x.git",
            "code: only a folder of this machine can be taken along, not git+https://example.org/x.git",
        ),
        ("command: x\nretries: -1", "retries: a whole number of at least 0 is expected, not -1"),
        ("command: x\nretries: true", "retries: a whole number of at least 0 is expected, not True"),
        ("command: x\ntype: comand", "type: 'comand' is none of: command, notebook; did you mean command?"),
        ("command: x\ntags: {a: [1]}", "tags.a: a text is expected, not [1]"),
        ("type: notebook", "notebook: is missing"),
        ("notebook: a.ipynb\nkernal: x", "kernal: unknown key; did you mean kernel?"),
    ],
)
def test_a_fault_is_named_with_its_place(text, fault):
    assert faults(text) == [fault]


def test_all_faults_are_told_at_once():
    assert len(faults("comand: x\nlimits: {timeout: soon}\ntags: 3")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty."),
        ("# nothing", "is empty."),
        ("hello", "holds no keys with values"),
        ("- a\n- b", "holds no keys with values"),
        ("a: 'b", "is not YAML: line"),
        ("a: 1\n\tb: 2", "is not YAML: line 2"),
        ("command: x\ncommand: y", "the key command comes twice"),
        ("a: !!python/object/apply:os.system [ls]", "is not YAML"),
        ("? [a]\n: b", "is not YAML"),
        ("command: x\nservices: {a: {properties: &p {b: 1, c: *p}}}", "holds more than"),
        (
            "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]),
            "holds more than",
        ),
    ],
)
def test_what_is_no_job_at_all(text, said):
    with pytest.raises(SpecInvalid) as caught:
        read(text)
    assert said in caught.value.message


@pytest.mark.parametrize("kind", ["sweep", "pipeline", "automl", "Spark"])
def test_jobs_that_come_later(kind):
    with pytest.raises(NotSupported, match=f"of type {kind.lower()}"):
        read(f"type: {kind}")


def test_words_are_taken_in_any_case_and_by_their_other_names():
    spec = read(
        "type: Command\ncommand: x\nqueue_settings: {job_tier: Spot}\nidentity: {type: Managed_Identity}\n"
        "inputs: {x: {path: a, type: URI_FILE}}\noutputs: {y: {mode: mount}}"
    )
    assert (spec.job_tier, spec.identity, spec.outputs["y"].mode) == ("spot", {"type": "managed"}, "rw_mount")
    assert spec.inputs["x"].type == "uri_file"


def test_a_worker_for_each_instance_unless_the_file_says_otherwise():
    text = "command: x\nresources: {instance_count: 3}\ndistribution: {type: tensorflow}"
    assert read(text).distribution == TensorFlowDistribution(worker_count=3)


@pytest.mark.parametrize(
    ("written", "compute"),
    [("x", "x"), ("azureml:x", "x"), ("azureml:/subscriptions/1/resourceGroups/r/x/computes/gpu", "gpu")],
)
def test_a_compute_by_any_of_its_names(written, compute):
    assert read(f"command: x\ncompute: {written}").compute == compute


def test_a_notebook_beside_the_file_and_one_inside_its_code():
    assert read("notebook: ../nb/train.ipynb") == NotebookSpec(notebook="train.ipynb", code="/home/nb")
    found = read("type: notebook\ncode: src\nnotebook: ./sub/train.ipynb\nparameters: {lr: 1e-3, when: 2024-01-01}")
    assert (found.code, found.notebook) == ("/home/ada/src", "sub/train.ipynb")
    assert found.parameters == {"lr": 0.001, "when": "2024-01-01"}


@pytest.mark.parametrize(
    ("assignment", "way", "value"),
    [
        ("inputs.lr=0.2", "inputs.lr", 0.2),
        ("inputs.lr=1e-4", "inputs.lr", 0.0001),
        ("inputs.flag=true", "inputs.flag", True),
        ("inputs.word='0.2'", "inputs.word", "0.2"),
        ("inputs.word=a=b", "inputs.word", "a=b"),
        ("inputs.word=", "inputs.word", ""),
        ('tags."mlflow.source"=x', "tags.mlflow.source", "x"),
        ("resources={instance_count: 2}", "resources.instance_count", 2),
    ],
)
def test_set_reads_values_as_yaml(assignment, way, value):
    spec = read("command: x\ninputs: {lr: 0.1}", assignment)
    first, rest = way.split(".", 1)
    here = getattr(spec, first)
    assert (here[rest] if isinstance(here, dict) else getattr(here, rest)) == value


def test_set_of_a_path_begins_from_the_file():
    spec = read("command: x\ninputs: {data: {path: ./data}}", "inputs.data.path=../other")
    assert spec.inputs["data"].path == "/home/other"


def test_set_of_an_unknown_path_is_named():
    assert faults("command: x", "inputs.data.pth=./x") == [
        "inputs.data.pth: unknown key; did you mean path?",
        "inputs.data.path: is missing",
    ]


@pytest.mark.parametrize(
    "assignment", ["inputs.lr", "=1", ".a=1", "a..b=1", "a.=1", "inputs.lr.value=1", "tags=[", 'a"b.c=1']
)
def test_a_set_that_is_none_says_so(assignment):
    with pytest.raises(UsageError):
        read("command: x\ninputs: {lr: 0.1}", assignment)


def test_a_data_asset():
    asset = read_data_asset({"name": "churn", "version": 3, "path": "./rows.csv", "type": "uri_file"}, FILE)
    assert (asset.version, asset.path) == ("3", "/home/ada/rows.csv")
    with pytest.raises(SpecInvalid) as caught:
        read_data_asset({"nam": "churn", "type": "csv"}, FILE)
    assert len(caught.value.message.splitlines()) == 4


def test_nothing_but_a_command_is_needed():
    assert read("command: x") == CommandSpec(command="x")
