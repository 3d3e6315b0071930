"""What the page shows of one job, over the REST API of a real server; one job serves most of it."""

import json

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.actions.follow_job import JobStream
from tests.conftest import notebook_writer

CODE = "print('first line')\nimport json; json.dump([1], open('outputs/numbers.json', 'w'))"


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body)

    return call


async def refused(call, *path, **kwargs):
    with pytest.raises(HTTPClientError) as caught:
        await call(*path, **kwargs)
    return caught.value.code, json.loads(caught.value.response.body)["code"]


@pytest.mark.warm
async def test_a_job_is_shown_from_all_its_sides(api, jp_fetch, jp_root_dir, workspace):
    folder = jp_root_dir / "deep"
    write = notebook_writer(jp_root_dir)
    write("# parameters\nn: int = 1\nrows = ''", CODE, "1 / 0", "print('never')", name="deep/train.ipynb")
    (folder / "tool.py").write_text("a = 1\nb = 2\n")
    (folder / "gone.txt").write_text("x")
    (folder / "kept.bin").write_bytes(b"\0\xff")
    (folder / ".amlignore").write_text("*.csv\n")
    (folder / "big.csv").write_text("a,b")
    (folder / "data.txt").write_text("rows")

    travels = await api("notebooks", "snapshot", params={"path": "deep/train.ipynb"})
    assert "tool.py" in {file["path"] for file in travels["files"]}
    assert travels["ignored"] == ["big.csv"]
    asked = {"texts": {"n": "5"}, "inputs": {"rows": str(folder / "data.txt")}, "tags": {"a": "b"}, "retries": 0}
    job = await api("jobs", method="POST", body=json.dumps({"path": "deep/train.ipynb", "timeout": 300, **asked}))
    assert job["parameters"] == {"n": 5}
    name = job["name"]
    before = await api("jobs", name, "cells")
    assert [cell["number"] for cell in before["cells"]] == [1, 2, 3, 4]  # what was submitted, before anything ran
    assert JobStream(workspace, name).wait().status == "Failed"

    whole = await api("jobs", name, "cells")
    part = await api("jobs", name, "cells", params={"first": "2"})
    assert (part["count"], part["first"], part["language"]) == (len(whole["cells"]), 2, "python")
    assert part["cells"] == whole["cells"][2:]
    assert [cell["number"] for cell in whole["cells"]] == [1, 2, 3, 4, 5]  # without papermill's words on the error
    printed, raised, never = (cell["outputs"] for cell in whole["cells"][2:])
    assert "".join(printed[0]["text"]) == "first line\n"
    assert raised[0]["ename"] == "ZeroDivisionError"
    assert never == []

    log = await api("jobs", name, "log")
    assert log["text"].startswith("first line\n")
    assert (log["start"], log["end"]) == (0, log["size"])
    assert (await api("jobs", name, "log", params={"start": "6"}))["text"].startswith("line\n")
    assert await refused(api, "jobs", name, "log", params={"start": "-1"}) == (400, "UsageError")
    assert await refused(api, "jobs", name, "log", params={"path": "../../workspace.db"}) == (404, "FileNotInJob")

    (folder / "tool.py").write_text("a = 1\nb = 3\n")
    (folder / "gone.txt").unlink()
    (folder / "new.py").write_text("c")
    changes = await api("jobs", name, "snapshot", "changes")
    assert changes["is_there"]
    states = {file["path"]: file["state"] for file in changes["files"]}
    assert states == {
        **{".amlignore": "same", "data.txt": "same", "kept.bin": "same", "train.ipynb": "same"},
        **{"tool.py": "changed", "gone.txt": "removed", "new.py": "added"},
    }
    tool = await api("jobs", name, "snapshot", "file", params={"path": "tool.py"})
    assert (tool["state"], tool["text"]) == ("changed", "a = 1\nb = 2\n")
    assert tool["diff"].splitlines()[1:] == [" a = 1", "-b = 2", "+b = 3"]
    gone = await api("jobs", name, "snapshot", "file", params={"path": "gone.txt"})
    assert (gone["state"], gone["text"]) == ("removed", "x")
    assert not (await api("jobs", name, "snapshot", "file", params={"path": "kept.bin"}))["is_text"]
    assert (await api("jobs", name, "snapshot", "file", params={"path": "new.py"}))["text"] == "c"
    for path in ("big.csv", "../deep/tool.py", "/etc/passwd", ""):  # neither travelled nor would
        assert (await refused(api, "jobs", name, "snapshot", "file", params={"path": path}))[0] == 404

    lineage = await api("jobs", name, "lineage")
    kinds = {(node["kind"], node["column"]) for node in lineage["nodes"]}
    assert kinds == {("job", 0), ("data", -1), ("code", -1)}
    assert {link["label"] for link in lineage["links"]} == {"", "rows"}
    assert (await api("jobs", name, "origin"))["path"] == "deep/train.ipynb"

    sent = await jp_fetch("azml", "api", "jobs", name, "download", params={"path": "outputs/numbers.json"})
    assert sent.body == b"[1]"
    assert 'filename="numbers.json"' in sent.headers["Content-Disposition"]
    assert await refused(api, "jobs", "nobody", "cells") == (404, "JobNotFound")


async def test_parameters_of_a_notebook_that_is_not_saved_are_told(api, jp_root_dir):
    notebook_writer(jp_root_dir)("# parameters\nold = 1", name="a.ipynb")
    cell = {"cell_type": "code", "source": "api_key = ''\nnew = 1.5  # fresh", "metadata": {"tags": ["parameters"]}}
    notebook = {"cells": [{**cell, "outputs": [], "execution_count": None}], "metadata": {}}
    body = json.dumps({"path": "a.ipynb", "notebook": {**notebook, "nbformat": 4, "nbformat_minor": 4}})
    found = (await api("notebooks", "parameters", method="POST", body=body))["parameters"]
    assert [(each["name"], each["type"], each["is_secret"]) for each in found] == [
        ("api_key", "str", True),
        ("new", "float", False),
    ]
    body = json.dumps({"path": "a.ipynb", "notebook": {"cells": 3}})
    assert await refused(api, "notebooks", "parameters", method="POST", body=body) == (400, "NotebookInvalid")
