"""``%azml run`` without a path, in a kernel of a real server: which notebook it is, and what of it the job has."""

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from tests.conftest import notebook_writer

LOAD, RUN, LOOK = "%load_ext jupyter_azml", "job = %azml run", "found = %azml run --help-notebook"


class Kernel:
    def __init__(self, client):
        self.client = client

    async def run(self, code):
        """What it replied, and what it said on stderr."""
        said = []
        reply = await self.client.execute_interactive(code, output_hook=said.append, timeout=60)
        errors = [m["content"]["text"] for m in said if m["msg_type"] == "stream" and m["content"]["name"] == "stderr"]
        return reply["content"], "".join(errors)

    async def value(self, expression):
        reply = await self.client.execute_interactive("", user_expressions={"x": expression}, timeout=60)
        return reply["content"]["user_expressions"]["x"]["data"]["text/plain"].strip("'")


@pytest.fixture
def write_notebook(jp_root_dir):
    return notebook_writer(jp_root_dir)


@pytest.fixture
def start_kernel(jp_serverapp, jp_fetch, jp_asyncio_loop, azml_home):
    """Of a notebook of the server; without one, a kernel that no notebook has."""
    clients = []

    async def start(path=None):
        jp_serverapp.write_server_info_file()
        if path:
            session = {"path": path, "name": path.rsplit("/", 1)[-1], "type": "notebook", "kernel": {"name": "python3"}}
            response = await jp_fetch("api", "sessions", method="POST", body=json.dumps(session))
            number = json.loads(response.body)["kernel"]["id"]
        else:
            response = await jp_fetch("api", "kernels", method="POST", body='{"name": "python3"}')
            number = json.loads(response.body)["id"]
        client = jp_serverapp.kernel_manager.get_kernel(number).client()
        client.start_channels()
        clients.append(client)
        await client.wait_for_ready(60)
        return Kernel(client)

    yield start
    for client in clients:
        client.stop_channels()
    # Before their processes are ended with all others of the test: the server would start them again.
    jp_asyncio_loop.run_until_complete(jp_serverapp.kernel_manager.shutdown_all(now=True))
    jp_serverapp.remove_server_info_file()


@pytest.fixture
def a_page(jp_ws_fetch):
    """That saves by ``write`` when it is asked to."""

    async def open_it(write):
        socket = await jp_ws_fetch("azml", "api", "ws")
        await socket.write_message('{"op": "hello"}')
        await socket.read_message()

        async def save():
            asked = json.loads(await socket.read_message())
            write()
            await socket.write_message(json.dumps({"op": "saved", "id": asked["id"], "result": "saved"}))
            return asked["path"]

        return save

    return open_it


async def job_of(kernel, workspace):
    stream = JobStream(workspace, await kernel.value("job.name"))
    return await asyncio.to_thread(stream.wait)


async def test_it_is_saved_by_its_page_and_then_submitted(start_kernel, a_page, write_notebook, workspace):
    write_notebook("# parameters\nn = 1", "print('old')", name="deep/train.ipynb")
    kernel = await start_kernel("deep/train.ipynb")
    page = await a_page(
        lambda: write_notebook(
            "# parameters\nn = 1", "print('unsaved', n)", LOAD, f"{RUN} -p n 5", name="deep/train.ipynb"
        )
    )
    await kernel.run(LOAD)
    asked, (reply, said) = await asyncio.gather(page(), kernel.run(f"{RUN} -p n 5"))
    assert (asked, reply["status"], said) == ("deep/train.ipynb", "ok", "")
    job = await job_of(kernel, workspace)
    # Its own line, run once more by the job, submits nothing.
    assert (job.status, job.parameters, job.display_name) == ("Completed", {"n": 5}, "train")
    executed = json.loads(workspace.jobs.open(job.name, "outputs/train.ipynb").read())
    assert "".join(executed["cells"][2]["outputs"][0]["text"]) == "unsaved 5\n"
    assert "submits it no further" in str(executed["cells"][4]["outputs"])
    assert len(workspace.jobs.list().items) == 1


async def test_without_a_page_what_the_file_lacks_is_said(start_kernel, write_notebook):
    path = write_notebook("x = 1", LOAD, LOOK)
    os.utime(path, (time.time() - 100,) * 2)
    kernel = await start_kernel("train.ipynb")
    await kernel.run(LOAD)
    await kernel.run("x = 1")
    reply, said = await kernel.run(LOOK)
    assert reply["status"] == "ok"
    assert "No page saved train.ipynb" in said
    assert "older on the disk" not in said
    await kernel.run("x = 2")
    _reply, said = await kernel.run(LOOK)
    assert "older on the disk than what ran here; the job does not have, as they ran, cells [4]" in said
    os.utime(path)
    _reply, said = await kernel.run(LOOK)
    assert "older" not in said
    _reply, said = await kernel.run(f"y = 2\n{LOOK}")
    assert "as they ran, cells [7]" in said


async def test_a_server_that_refuses_leaves_the_name_that_it_gave_the_kernel(
    start_kernel, write_notebook, jp_serverapp
):
    write_notebook("1", name="deep/train.ipynb")
    kernel = await start_kernel("deep/train.ipynb")
    file = Path(jp_serverapp.info_file)
    file.write_text(json.dumps({**json.loads(file.read_text()), "token": "", "password": True}))
    await kernel.run(LOAD)
    reply, said = await kernel.run(LOOK)
    assert (reply["status"], "No page saved" in said) == ("ok", True)


async def test_a_kernel_without_a_notebook_is_told_to_name_one(start_kernel):
    kernel = await start_kernel()
    await kernel.run(LOAD)
    reply, _said = await kernel.run(LOOK)
    assert (reply["status"], reply["ename"]) == ("error", "UsageError")
    assert "%azml run NOTEBOOK.ipynb" in reply["evalue"]


async def test_an_editor_that_tells_the_path_is_believed(start_kernel, write_notebook):
    path = write_notebook("1", name="here.ipynb")
    kernel = await start_kernel()
    await kernel.run(f"{LOAD}\n__vsc_ipynb_file__ = {str(path)!r}")
    reply, said = await kernel.run(LOOK)
    assert (reply["status"], "No page saved here.ipynb" in said) == ("ok", True)


@pytest.mark.warm
def test_a_job_does_not_submit_itself_again(workspace, write_notebook):
    job = JobStream(workspace, run_notebook(workspace, write_notebook(LOAD, RUN)).name).wait()
    assert job.status == "Completed"
    assert len(workspace.jobs.list().items) == 1
