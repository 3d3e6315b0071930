"""Many clients at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from jupyter_azml.actions.run_notebook import run_notebook

SUBMIT = """
import sys
from pathlib import Path
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.local import LocalWorkspace
workspace = LocalWorkspace(Path(sys.argv[1]))
for _ in range(8):
    print(run_notebook(workspace, Path(sys.argv[2])).name)
"""


def test_no_submission_of_several_processes_is_lost_though_the_workspace_is_new(azml_home, write_notebook):
    notebook, folder = write_notebook("1"), azml_home / "workspaces" / "local"
    started = [
        subprocess.Popen([sys.executable, "-c", SUBMIT, folder, notebook], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    names = [name for process in started for name in process.communicate()[0].split()]
    from jupyter_azml.local import LocalWorkspace

    assert len(names) == 32
    assert {job.name for job in LocalWorkspace(folder).jobs.list(limit=100).items} == set(names)


def test_threads_share_a_workspace(workspace, write_notebook):
    notebook = write_notebook("1")
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: run_notebook(workspace, notebook).name, range(16)))
    assert {job.name for job in workspace.jobs.list(limit=100).items} == names


def test_a_waiting_job_says_its_place_in_the_queue(workspace, write_notebook):
    notebook = write_notebook("import time\nwhile True: time.sleep(0.1)")
    nodes = workspace.computes.get("local").max_nodes
    jobs = [run_notebook(workspace, notebook) for _ in range(nodes + 2)]
    last = workspace.jobs.get(jobs[-1].name)
    assert last.reason.code == "QueuePosition"
    assert last.reason.values["position"] == 2 + nodes - last.reason.values["busy"]
