"""The magic in a shell."""

import pytest

from jupyter_azml.entities import JobStatus
from jupyter_azml.errors import JobFailed


def value_of(shell, source):
    result = shell.run_cell(source)
    result.raise_error()
    return result.result


@pytest.mark.warm
def test_a_job_can_be_assigned_waited_for_and_asked(shell, write_notebook):
    notebook = write_notebook("# parameters\nn = 1", "print(n)")
    shell.user_ns.update(path=notebook, seven=7)
    value_of(shell, "job = %azml run {path} -p n $seven")
    assert value_of(shell, "job.wait().status") is JobStatus.COMPLETED
    assert value_of(shell, "job.parameters") == {"n": 7}


def test_only_whole_arguments_are_expanded(shell, write_notebook):
    notebook = write_notebook("# parameters\ntemplate = ''")
    shell.user_ns.update(path=notebook, inputs="not this")
    value_of(shell, "job = %azml run {path} -p template '${{inputs.x}}'")
    assert value_of(shell, "job.parameters") == {"template": "${{inputs.x}}"}


def test_a_list_is_a_table_that_becomes_a_data_frame(shell, write_notebook):
    shell.user_ns["path"] = write_notebook("1")
    value_of(shell, "job = %azml run {path} --display-name '<b>bold</b>'")
    value_of(shell, "jobs = %azml job list")
    assert value_of(shell, "list(jobs.to_pandas()['name']) == [job.name]") is True
    assert "&lt;b&gt;bold" in shell.user_ns["jobs"]._repr_html_()


def test_an_expected_error_shows_two_lines_and_no_stack(shell, capsys):
    shell.run_cell("%azml run nope.ipynb")
    said = capsys.readouterr()
    lines = (said.out + said.err).strip().splitlines()
    assert lines[0].startswith("NotebookMissing: There is no notebook at")
    assert len(lines) == 2


@pytest.mark.warm
def test_a_job_that_was_waited_for_and_failed_stops_the_notebook(shell, write_notebook, capsys):
    shell.user_ns["path"] = write_notebook("raise ValueError('no')")
    result = shell.run_cell("%azml run {path} --wait")
    assert type(result.error_in_exec).__name__ == "JobFailed"
    assert "Cell 1 raised ValueError: no" in str(result.error_in_exec)


def test_outside_of_a_notebook_its_path_is_asked_for(shell):
    result = shell.run_cell("%azml run -p x 1")
    assert type(result.error_in_exec).__name__ == "UsageError"
    assert "%azml run NOTEBOOK.ipynb" in str(result.error_in_exec)


def test_what_a_notebook_takes_is_a_table(shell, write_notebook):
    shell.user_ns["path"] = write_notebook("# parameters\nepochs: int = 3  # how <often>")
    value_of(shell, "found = %azml run {path} --help-notebook")
    assert [(each.name, each.type, each.value) for each in shell.user_ns["found"]] == [("epochs", "int", 3)]
    assert "how &lt;often&gt;" in shell.user_ns["found"]._repr_html_()


def test_tab_completes_nouns_verbs_flags_and_live_names(shell, write_notebook):
    from jupyter_azml.magics.completion import complete_line

    shell.user_ns["path"] = write_notebook("1")
    name = value_of(shell, "job = %azml run {path}\njob.name")
    assert complete_line("%azml jo") == ["job"]
    assert complete_line("%azml job s") == ["show", "stream"]
    assert complete_line("%azml run --disp") == ["--display-name"]
    assert complete_line("%azml job show ") == [name]


@pytest.mark.parametrize("line", ["job show 'unclosed", "job lsit", "%%azml"])
def test_nonsense_is_a_usage_error(shell, line):
    result = shell.run_cell(line if line.startswith("%%") else f"%azml {line}")
    assert result.error_in_exec is not None or result.error_before_exec is not None


def test_a_secret_is_typed_unseen_below_the_cell_and_is_in_no_history(azml_home):
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    asked = []

    def answer(message):
        asked.append(message["content"])
        client.input("hunter2")

    def run(code, **more):
        said = []
        reply = client.execute_interactive(code, timeout=60, output_hook=said.append, **more)
        return reply["content"], str(said)

    try:
        run("%load_ext jupyter_azml")
        reply, said = run("%azml secret set my-key", allow_stdin=True, stdin_hook=answer)
        assert (reply["status"], asked[0]["password"]) == ("ok", True)
        assert "hunter2" not in said + run("print(In, Out)")[1] + run("%history")[1]
        reply, _said = run("%azml secret set my-key", allow_stdin=False)
        assert reply["ename"] == "UsageError"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert (azml_home / "workspaces/local/secrets/secret-my-key.value").read_text() == "hunter2"


@pytest.mark.warm
def test_several_notebooks_are_a_table_and_a_failure_of_one_is_raised(shell, write_notebook, monkeypatch, capsys):
    monkeypatch.chdir(write_notebook("1", name="a.ipynb").parent)
    write_notebook("1/0", name="b.ipynb")
    table = value_of(shell, "%azml run a.ipynb --junit r.xml")
    assert [(each.path, each.verdict) for each in table.items] == [("a.ipynb", "Completed")]
    with pytest.raises(JobFailed, match=r"1 of 2 notebooks did not complete: b\.ipynb"):
        value_of(shell, "%azml run .")
    assert "a.ipynb: Completed" in capsys.readouterr().out
