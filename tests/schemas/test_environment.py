"""An environment's YAML: az ml's, with what pip and conda write."""

from pathlib import Path

import pytest

from jupyter_azml.entities import CommandSpec, environment_named
from jupyter_azml.errors import SpecInvalid
from jupyter_azml.schemas import parse_yaml, read_job
from jupyter_azml.schemas.conda import split_conda
from jupyter_azml.schemas.environment import digest_of, read_environment, requirements_of

HERE = Path("/project/env.yml")


def environment(text, files=None, python="3.11.7"):
    found = {HERE.parent / name: content for name, content in (files or {}).items()}
    return read_environment(parse_yaml(text, HERE), HERE, found.get, python)


def asked_of_pip(text, files=None):
    return list(requirements_of(environment(text, files), "3.11.7"))


def test_a_conda_file_asks_pypi_for_what_it_has():
    conda = """
name: any
channels: [conda-forge]
dependencies:
  - python=3.11
  - pip=23
  - numpy=1.26
  - conda-forge::scipy==1.11.4=py311_0
  - pandas>=2,<3
  - pytorch
  - scikit-learn 1.5.*
  - pip:
      - roman==4.2
      - Roman == 4.2
"""
    asked = [
        "numpy==1.26.*",
        "scipy==1.11.4",
        "pandas<3,>=2",
        "torch",
        "scikit-learn==1.5.*",
        "roman==4.2",
        "Roman==4.2",
    ]
    text = "name: x\nimage: mcr.microsoft.com/y\nconda_file: conda.yml\n"
    assert asked_of_pip(text, {"conda.yml": conda}) == asked
    inline = "name: x\nconda_file:\n" + "".join(f"  {line}\n" for line in conda.splitlines())
    assert asked_of_pip(inline) == asked
    assert digest_of(environment(text, {"conda.yml": conda})) != digest_of(environment(inline))


def test_a_requirements_file_and_those_it_names_are_read_whole():
    files = {
        "requirements.txt": "# ours\nnumpy >= 2  # fast\n-r more.txt\n-i https://packages.example/simple\n"
        "roman==4.2 \\\n --hash=sha256:00\n",
        "more.txt": "cowsay[extra]>=6; python_version > '3.8'\n-r requirements.txt\n",
    }
    assert asked_of_pip("name: x\nrequirements: requirements.txt\npackages: [xgboost]\n", files) == [
        "xgboost",
        "numpy>=2",
        'cowsay[extra]>=6; python_version > "3.8"',
        "--index-url=https://packages.example/simple",
        "roman==4.2",
    ]


def test_of_a_build_context_what_python_needs_is_used():
    files = {"ctx/Dockerfile": "FROM python", "ctx/requirements.txt": "roman", "ctx/conda.yml": "dependencies: [numpy]"}
    found = environment("name: x\nbuild: {path: ctx}\n", files)
    assert (found.build.dockerfile, found.build.path) == ("FROM python", "/project/ctx")
    assert requirements_of(found, "3.11.7") == ("roman", "numpy")


def test_the_order_of_packages_and_the_names_make_no_other_content():
    one = environment("name: x\npackages: [roman, cowsay]\n")
    other = environment("name: y\nversion: 3\ndescription: z\npackages: [cowsay, roman]\ntags: {a: b}\n")
    assert one.digest == other.digest
    assert one.digest != environment("name: x\npackages: [roman]\n").digest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: x", ["made of nothing"]),
        ("name: x\nconda_file: none.yml", ["none.yml"]),
        ("name: x\nbuild: {path: ctx}", ["Dockerfile"]),
        ("name: x\npackages: [numpy, 'a b', ./mine, -e .]", ["a b", "./mine", "-e"]),
        ("name: x\npackages: ['--index-url https://me:secret@host/simple']", ["PIP_INDEX_URL"]),
        ("name: x\npackage: [numpy]", ["packages"]),
        ("name: a b\npackages: [numpy]", ["a b"]),
        ("name: x\nconda_file: {dependencies: [python=3.8, cudatoolkit, r-base=4, 'numpy[x=1]', {conda: [x]}]}",
         ["python=3.8", "3.11", "cudatoolkit", "r-base", "numpy[x=1]", "conda"]),
        ("name: x\nconda_file: {dependencies: numpy}", ["dependencies"]),
        ("name: x\nrequirements: a.txt", ["a.txt"]),
    ],
)  # fmt: skip
def test_every_fault_is_named_and_no_password_is_repeated(text, words):
    with pytest.raises(SpecInvalid) as error:
        environment(text)
    assert all(word in error.value.message for word in words), error.value.message
    assert "secret" not in error.value.message


@pytest.mark.parametrize("python", ["python", "python=3.11", "python=3.11.4", "python>=3.9", "python==3.11.*"])
def test_the_python_that_runs_is_taken_whatever_its_patch(python):
    assert asked_of_pip(f"name: x\nconda_file: {{dependencies: ['{python}', numpy]}}") == ["numpy"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("azureml:tools:3", ("tools", "3")),
        ("azureml:tools@latest", ("tools", None)),
        ("tools", ("tools", None)),
        ("tools:3", ("tools", "3")),
        ("azureml://registries/azureml/environments/sklearn-1.5/labels/latest", ("AzureML-sklearn-1.5", None)),
        ("azureml://registries/azureml/environments/sklearn-1.5/versions/12", ("AzureML-sklearn-1.5", None)),
        ("/subscriptions/s/resourceGroups/g/providers/M/workspaces/w/environments/e/versions/2", ("e", "2")),
        ("azureml:/subscriptions/s/resourceGroups/g/providers/workspaces/w/environments/e/labels/latest", ("e", None)),
        ("a b", None),
        ("a:b:c", None),
        ("../x", None),
    ],
)  # fmt: skip
def test_every_way_of_naming_one_is_understood(text, found):
    assert environment_named(text) == found


def test_a_job_takes_one_written_out_with_packages():
    text = "type: command\ncommand: x\nenvironment: {packages: [roman], requirements: r.txt}\n"
    spec = read_job(parse_yaml(text, HERE), HERE)
    assert isinstance(spec, CommandSpec)
    assert spec.environment == {"packages": ["roman"], "requirements": "/project/r.txt"}


def test_of_a_conda_file_for_another_python_the_names_of_packages_are_kept():
    """An emulator takes what Azure takes: what of it cannot be had here is told, and not refused."""
    conda = parse_yaml(
        """
channels: [conda-forge]
dependencies:
  - python=3.8
  - numpy=1.21.2
  - conda-forge::pandas>=1.1,<1.2
  - pip=21.2.4
  - cudatoolkit
  - scikit-learn
  - pip:
      - inference-schema[numpy-support]==1.3.0
      - xlrd==2.0.1; python_version > "3"
      - --extra-index-url https://x/
      - mlflow>= 1.26.1
""",
        HERE,
    )
    found, left_out = split_conda(conda, "3.11.7")
    piped = ["inference-schema[numpy-support]", 'xlrd; python_version > "3"', "--extra-index-url https://x/", "mlflow"]
    assert found["dependencies"] == ["numpy", "pandas", "pip", "scikit-learn", {"pip": piped}]
    assert found["channels"] == ["conda-forge"]
    assert left_out[:3] == ("python=3.8", "cudatoolkit", "numpy=1.21.2")
    conda["dependencies"][0] = "python=3.11"
    found, left_out = split_conda(conda, "3.11.7")
    assert found["dependencies"][1:3] == ["numpy=1.21.2", "conda-forge::pandas>=1.1,<1.2"]
    assert left_out == ("cudatoolkit",)
    assert split_conda({}, "3.11.7") == ({"dependencies": []}, ())
