"""Notebooks over REST: what they can be given, and pages that are asked to save them."""

import asyncio
import json

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.server import saves
from tests.conftest import notebook_writer


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body)

    return call


@pytest.fixture
def save(api):
    return lambda path: asyncio.ensure_future(api("notebooks", "save", method="POST", body=json.dumps({"path": path})))


@pytest.fixture
def open_page(jp_ws_fetch, jp_serverapp):
    """A page that has said hello: the server knows of it."""

    async def open_it():
        socket = await jp_ws_fetch("azml", "api", "ws")
        await socket.write_message('{"op": "hello"}')
        await socket.read_message()
        return socket

    return open_it


async def answer(page, result):
    asked = json.loads(await page.read_message())
    assert asked["op"] == "save"
    await page.write_message(json.dumps({"op": "saved", "id": asked["id"], "result": result}))
    return asked["path"]


async def test_a_page_gets_the_parameters_for_its_form(api, jp_root_dir):
    notebook_writer(jp_root_dir)("# parameters\nepochs: int = 3  # how often\nrate = float('nan')", name="deep/a.ipynb")
    found = await api("notebooks", "parameters", params={"path": "deep/a.ipynb"})
    assert found["has_cell"] is True
    assert found["parameters"] == [
        {"name": "epochs", "type": "int", "default": "3", "value": 3, "help": "how often", "is_secret": False},
        {"name": "rate", "type": "float", "default": "float('nan')", "value": None, "help": "", "is_secret": False},
    ]


@pytest.mark.parametrize(
    ("path", "status"), [("nope.ipynb", 404), ("../secret.ipynb", 404), ("/etc/passwd", 404), (None, 400)]
)
async def test_only_of_notebooks_that_are_there(api, path, status):
    with pytest.raises(HTTPClientError) as caught:
        await api("notebooks", "parameters", params={"path": path} if path else {})
    assert caught.value.code == status


async def test_a_wrong_value_is_refused_before_anything_runs(api, jp_root_dir):
    notebook_writer(jp_root_dir)("# parameters\nepochs = 3", name="a.ipynb")
    body = json.dumps({"path": "a.ipynb", "parameters": {"epochs": "five"}})
    with pytest.raises(HTTPClientError) as caught:
        await api("jobs", method="POST", body=body)
    assert json.loads(caught.value.response.body)["code"] == "ParameterInvalid"


async def test_without_a_page_nobody_is_waited_for(save):
    assert await save("a.ipynb") == {"is_saved": False, "pages": 0}


async def test_every_page_is_asked_and_one_that_has_it_is_enough(save, open_page):
    one, other = await open_page(), await open_page()
    saving = save("/deep/a.ipynb")
    assert await answer(one, "absent") == "deep/a.ipynb"
    await answer(other, "saved")
    assert await saving == {"is_saved": True, "pages": 1}


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (("clean", "absent"), {"is_saved": True, "pages": 1}),
        (("absent", "absent"), {"is_saved": False, "pages": 0}),
        (("saved", "failed"), {"is_saved": False, "pages": 2}),
    ],
)
async def test_what_they_say_is_told(save, open_page, results, told):
    pages = [await open_page() for _result in results]
    saving = save("a.ipynb")
    for page, result in zip(pages, results, strict=True):
        await answer(page, result)
    assert await saving == told


async def test_a_page_that_leaves_or_keeps_silent_holds_nobody_up(save, open_page, monkeypatch):
    monkeypatch.setattr(saves, "PATIENCE", 0.3)
    leaving, silent = await open_page(), await open_page()
    saving = save("a.ipynb")
    await leaving.read_message()
    leaving.close()
    await silent.read_message()
    await silent.write_message(json.dumps({"op": "saved", "id": 999, "result": "saved"}))
    await silent.write_message(json.dumps({"op": "saved", "id": 1, "result": "nonsense"}))
    assert await saving == {"is_saved": False, "pages": 1}


async def test_one_that_has_saved_is_not_kept_waiting_by_one_that_sleeps(save, open_page, monkeypatch):
    monkeypatch.setattr(saves, "PATIENCE", 60)
    monkeypatch.setattr(saves, "PATIENCE_AFTER_ONE", 0.1)
    one, _asleep = await open_page(), await open_page()
    saving = save("a.ipynb")
    await answer(one, "saved")
    assert await asyncio.wait_for(saving, 30) == {"is_saved": True, "pages": 1}
