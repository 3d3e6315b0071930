"""Jobs stand for one another when all that their results depend on is the same."""

import json

import nbformat
import pytest

from jupyter_azml.actions.run_notebook import notebook_spec


@pytest.fixture
def project(write_notebook):
    path = write_notebook("# parameters\nn = None", "print(n)")
    (path.parent / "lib.py").write_text("x = 1")
    write_notebook("other()", name="other.ipynb")
    return path.parent


def fingerprint(project, **asked):
    return notebook_spec(project / "train.ipynb", **asked).fingerprint


def edit(path, change):
    notebook = nbformat.read(path, 4)
    change(notebook)
    nbformat.write(notebook, path)


def with_output(notebook):
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text="1")]
    notebook.cells[0].execution_count = 7
    notebook.metadata["papermill"] = {"duration": 1}
    notebook.cells.append(nbformat.v4.new_markdown_cell("prose"))


@pytest.mark.parametrize("name", ["train.ipynb", "other.ipynb"])
def test_outputs_and_prose_do_not_matter(project, name):
    before = fingerprint(project)
    edit(project / name, with_output)
    assert fingerprint(project) == before


def test_what_it_is_called_and_how_it_is_run_does_not_matter(project):
    asked = {"display_name": "a", "tags": {"a": "b"}, "timeout": 9.0, "retries": 3, "experiment": "e", "name": "n"}
    assert fingerprint(project, **asked) == fingerprint(project)


@pytest.mark.parametrize(
    "change",
    [
        lambda project: edit(project / "train.ipynb", lambda nb: nb.cells[1].update(source="print(n + 1)")),
        lambda project: edit(project / "train.ipynb", lambda nb: nb.cells[1].metadata.update(tags=["skip-execution"])),
        lambda project: edit(project / "other.ipynb", lambda nb: nb.cells[0].update(source="another()")),
        lambda project: (project / "lib.py").write_text("x = 2"),
        lambda project: (project / "lib.py").rename(project / "bib.py"),
        lambda project: (project / "data.csv").write_text("1"),
        lambda project: (project / "lib.py").unlink(),
        lambda project: (project / "lib.py").chmod(0o755),
    ],
)
def test_code_and_files_matter(project, change):
    before = fingerprint(project)
    change(project)
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "asked",
    [
        {"parameters": {"n": 1}},
        {"parameters": {"n": "1"}},
        {"parameters": {"n": 1.0}},
        {"parameters": {"n": True}},
        {"environment_variables": {"A": "1"}},
        {"secrets": ("key",)},
        {"connections": ("key",)},
        {"report_mode": True},
    ],
    ids=json.dumps,
)
def test_what_is_asked_for_matters(project, asked):
    others = [{}, {"parameters": {"n": 1}}, {"parameters": {"n": "1"}}, {"secrets": ("key",)}]
    assert fingerprint(project, **asked) not in [fingerprint(project, **other) for other in others if other != asked]


def test_installed_packages_and_their_versions_matter(project, tmp_path, monkeypatch):
    place = tmp_path / "site-packages"
    (place / "pandas-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(place))
    before = fingerprint(project)
    (place / "pandas-1.0.dist-info").rename(place / "pandas-2.0.dist-info")
    assert fingerprint(project) != before


def test_a_kernel_that_starts_otherwise_is_another(project, tmp_path, monkeypatch):
    kernel = tmp_path / "kernels" / "odd" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    kernel.write_text(json.dumps({"argv": ["/opt/python"], "env": {"A": "1"}}))
    before = fingerprint(project, kernel_name="odd")
    kernel.write_text(json.dumps({"argv": ["/opt/python"], "env": {"A": "2"}}))
    assert fingerprint(project, kernel_name="odd") != before


def test_reports_that_the_line_itself_writes_do_not_matter(project):
    writes = [project / "report.xml", project / "executed"]
    before = fingerprint(project, writes=writes)
    (project / "report.xml").write_text("x")
    (project / "executed").mkdir()
    (project / "executed" / "train.ipynb").write_text("{}")
    assert fingerprint(project, writes=writes) == before
    assert fingerprint(project) != before
