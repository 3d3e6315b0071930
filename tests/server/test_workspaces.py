"""From one workspace to another over the REST API, and signing in by a code."""

import json
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from jupyter_azml.connect import Connections
from jupyter_azml.entities import Account, DeviceCode, Page, WorkspaceInfo
from jupyter_azml.errors import NotSignedIn
from jupyter_azml.server.signing import SignIns
from tests.server.conftest import until


async def test_one_is_made_and_attached_and_every_page_is_told(api, jp_ws_fetch, azml_home):
    page = await jp_ws_fetch("azml", "api", "ws")
    assert (await api("workspace"))["name"] == "local"
    made = await api("workspaces", method="POST", body={"name": "trials", "description": "<b>été</b>"})
    assert made["description"] == "<b>été</b>"
    info = await api("workspace", method="POST", body={"reference": "trials"})
    assert (info["name"], (await api("workspace"))["name"]) == ("trials", "trials")
    told = json.loads(await page.read_message())
    assert (told["op"], told["workspace"]["name"]) == ("workspace", "trials")
    known = {each["name"]: each["attached"] for each in (await api("workspaces"))["items"]}
    assert known == {"local": False, "trials": True}
    # The next server, terminal and kernel mean the same one.
    assert Connections().workspace().info().name == "trials"
    page.close()


async def test_a_folder_of_the_file_browser_becomes_one(api, jp_root_dir):
    (jp_root_dir / "mine").mkdir()
    info = await api("workspace", method="POST", body={"path": "mine"})
    assert (info["name"], info["location"]) == ("mine", str(jp_root_dir / "mine"))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"reference": "no such name!"}, 400),
        ({"reference": "\0"}, 400),
        ({"path": "../../etc"}, 404),
        ({"path": "missing/config.json"}, 404),
        ({"path": "broken.json"}, 404),
        ({"subscription_id": "s"}, 400),
        ({"workspace": "local"}, 400),
    ],
)
async def test_what_is_none_is_refused_and_the_one_in_force_stays(api, refused, jp_root_dir, asked, status):
    (jp_root_dir / "broken.json").write_text("{")
    assert (await refused("workspace", method="POST", body=asked))[0] == status
    assert (await api("workspace"))["name"] == "local"


async def test_a_name_that_is_taken_is_refused_in_any_case(api, refused):
    await api("workspaces", method="POST", body={"name": "Trials"})
    assert await refused("workspaces", method="POST", body={"name": "trials"}) == (409, "Conflict")
    assert (await refused("workspaces", method="POST", body={"name": "a"}))[0] == 400


class Signing:
    """A connector whose code is entered when the test says so."""

    def __init__(self, refusal=None):
        self.entered, self.asked, self.refusal, self.kept = Event(), [], refusal, None

    def signed_in(self):
        return self.kept

    def sign_out(self):
        self.kept = None

    def sign_in(self, tell, *, tenant="", is_given_up=lambda: False):
        self.asked.append(tenant)
        expires = datetime.now(UTC) + timedelta(minutes=15)
        tell(DeviceCode(user_code="ABC-123", verification_uri="https://x.test", expires=expires, message=""))
        while not self.entered.wait(0.01):
            if is_given_up():
                raise NotSignedIn("It was given up.", "Sign in again.")
        if self.refusal:
            raise self.refusal
        self.kept = Account(name="ada", credential="azml login", tenant="t")
        return self.kept


def settled(signing):
    until(lambda: signing.state.state not in ("starting", "waiting"))
    return signing.state


def test_a_code_is_shown_until_it_is_entered_to_every_page_that_asks():
    signing, azure = SignIns(), Signing()
    assert signing.begin(azure, "t1").user_code == "ABC-123"
    assert signing.begin(azure, "t1").user_code == "ABC-123"
    assert azure.asked == ["t1"]
    azure.entered.set()
    done = settled(signing)
    assert (done.state, done.account.name, done.user_code) == ("done", "ada", "")


def test_a_refusal_is_told_with_its_hint_and_can_be_tried_again():
    signing, azure = SignIns(), Signing(NotSignedIn("Wrong tenant.", "Choose another one."))
    azure.entered.set()
    signing.begin(azure, "")
    failed = settled(signing)
    assert (failed.state, failed.error.hint) == ("failed", "Choose another one.")
    azure.refusal = None
    signing.begin(azure, "")
    assert settled(signing).state == "done"


def test_one_that_is_given_up_disturbs_none_that_is_begun_after():
    signing, azure, other = SignIns(), Signing(), Signing()
    signing.begin(azure, "")
    signing.give_up()
    assert signing.state.state == "none"
    signing.begin(other, "")
    azure.entered.set()
    assert signing.state.state == "waiting"
    other.entered.set()
    assert settled(signing).account.name == "ada"


def test_who_is_signed_in_is_told_until_they_sign_out_be_it_in_a_terminal():
    signing, azure = SignIns(), Signing()
    assert signing.seen(azure).account is None
    azure.kept = Account(name="bea", credential="azml login", tenant="t")
    assert signing.seen(azure).account.name == "bea"
    azure.entered.set()
    signing.begin(azure, "")
    settled(signing)
    assert signing.seen(azure).account.name == "ada"
    azure.kept = None
    assert signing.seen(azure).account is None
    signing.sign_out(azure)
    assert signing.seen(azure).state == "none"


async def test_those_in_azure_are_listed_when_asked_for_and_signing_out_is_for_anybody(api, jp_serverapp, monkeypatch):
    connector, asked = jp_serverapp.web_app.settings["azml_connector"], []
    monkeypatch.setattr(connector, "list", lambda **which: asked.append(which) or Page[WorkspaceInfo](items=()))
    assert [(await api("workspaces", params=which))["items"] for which in ({}, {"azure": "1"})] == [[], []]
    assert asked == [{}, {"azure": True}]
    assert await api("sign-out", method="POST", body={}) is None
    assert (await api("sign-in"))["account"] is None
