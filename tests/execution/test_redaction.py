"""papermill with our engine: the kernel knows a secret parameter, the notebook does not."""

import json
import sys

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

SECRET = 'hun"ter2\nof é'


def run(path, **options):
    output = path.with_name("out.ipynb")
    options = {"engine_name": "azml", "progress_bar": False, **options}
    try:
        papermill.execute_notebook(str(path), str(output), **options)
    finally:
        text = output.read_text("utf-8")
    return nbformat.reads(text, as_version=4), text


def printed(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.text for output in outputs if output.output_type == "stream")


def test_the_kernel_has_the_value_and_the_notebook_has_asterisks(write_notebook):
    path = write_notebook(
        "# parameters\npassword = None\nconfig = {}\nn = 0",
        "import json\nprint(len(password), config['db']['api_key'][::-1], n)",
        "print(password, repr(password), json.dumps(config), In[2])\n'key: ' + config['db']['api_key']",
        "from IPython.display import HTML, display\ndisplay(HTML(f'<b>{password}</b>'), display_id=password)",
    )
    given = {"password": SECRET, "config": {"db": {"api_key": "abcdefgh"}}, "n": float("inf")}
    notebook, text = run(path, parameters=given)
    assert f"{len(SECRET)} hgfedcba inf" in printed(notebook)
    assert notebook.metadata.papermill.parameters == {
        "password": "***",
        "config": {"db": {"api_key": "***"}},
        "n": float("inf"),
    }
    (injected,) = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.tags]
    assert injected.source == (
        '# Parameters\npassword = "***"\nconfig = {"db": {"api_key": "***"}}\nn = float(\'inf\')\n'
    )
    for piece in ("ter2", "abcdefgh"):
        assert piece not in text
    counts = [cell.execution_count for cell in notebook.cells]
    assert counts == [1, 2, 3, 4, 5]


def test_an_error_that_tells_it_is_redacted_in_the_notebook_and_in_what_is_raised(write_notebook):
    path = write_notebook("# parameters\ntoken = ''", "%xmode Verbose", "def f(t): raise ValueError(t)\nf(token)")
    with pytest.raises(PapermillExecutionError) as caught:
        run(path, parameters={"token": "hunter2-of-old"})
    assert "hunter2" not in str(caught.value)
    assert "***" in str(caught.value)
    assert "hunter2" not in path.with_name("out.ipynb").read_text("utf-8")


def test_what_is_not_secret_is_as_papermill_writes_it(write_notebook):
    path = write_notebook("# parameters\nmax_tokens = 1", "print(max_tokens)")
    ours, _text = run(path, parameters={"max_tokens": 5})
    theirs, _text = run(path, parameters={"max_tokens": 5}, engine_name="nbclient")
    assert [cell.source for cell in ours.cells] == [cell.source for cell in theirs.cells]
    assert ours.metadata.papermill.parameters == {"max_tokens": 5}


def test_a_name_can_be_marked(write_notebook):
    path = write_notebook("# parameters\nplain = ''", "print(plain, len(plain))")
    notebook, text = run(path, parameters={"plain": "hunter2"}, secret_parameters=["plain"])
    assert printed(notebook) == "*** 7\n"
    assert "hunter2" not in json.dumps(text)


def test_a_kernel_of_another_language_is_told_as_well(tmp_path, monkeypatch):
    pytest.importorskip("bash_kernel")
    folder = tmp_path / "jupyter" / "kernels" / "bash"
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Bash", "language": "bash"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash"}
    for source in ("token=", "echo ${#token} $token"):
        tags = ["parameters"] if source == "token=" else []
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    path = tmp_path / "in.ipynb"
    nbformat.write(notebook, path)
    executed, text = run(path, parameters={"token": "it's hunter2"}, language="bash")
    assert printed(executed).strip() == "12 ***"
    assert "hunter2" not in text
