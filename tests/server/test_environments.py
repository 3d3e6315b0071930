"""Environments over the REST API of a real server, and what a build tells pages."""

import asyncio
from threading import Event

import pytest

from jupyter_azml.entities import Environment
from jupyter_azml.errors import EnvironmentBuildFailed
from jupyter_azml.server.builds import MOST, Build, Builds
from tests.server.conftest import until

CONDA = "name: x\ndependencies:\n  - pip:\n      - packaging\n"


@pytest.mark.parametrize(
    "made_of", [{"packages": ["packaging"]}, {"requirements": "packaging  # why\n"}, {"conda_file": CONDA}]
)
async def test_one_is_made_of_packages_or_of_the_text_of_a_file(api, made_of):
    made = await api("environments", method="POST", body={"name": "tools", "description": "été", **made_of})
    assert (made["name"], made["version"], made["description"]) == ("tools", "1", "été")
    again = await api("environments", method="POST", body={"name": "tools", **made_of})
    assert again["version"] == "1"
    assert [each["name"] for each in (await api("environments"))["items"]] == ["tools"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "tools"},
        {"name": "../tools", "packages": ["packaging"]},
        {"name": "tools", "packages": ["not a requirement!"]},
        {"name": "tools", "conda_file": "- a list\n- of: [things"},
        {"name": "tools", "requirements": "-r /etc/passwd\n"},
        {"name": "tools", "requirements": "-r other.txt\n"},
        {"name": "tools", "packages": "packaging"},
        {"packages": ["packaging"]},
    ],
)
async def test_what_is_none_is_refused_and_no_file_of_the_machine_is_read(refused, body):
    assert (await refused("environments", method="POST", body=body))[0] == 400


async def test_one_is_built_archived_and_restored(api, refused):
    await api("environments", method="POST", body={"name": "tools", "packages": ["packaging"]})
    assert (await api("environments", "tools", "build", method="POST"))["version"] == "1"
    where = {"version": "1", "offset": "0"}
    while (log := await api("environments", "tools", "build", params=where))["is_running"]:
        await asyncio.sleep(0.05)
    assert (log["error"], log["environment"]["state"] in ("NotNeeded", "Succeeded")) == (None, True)
    assert (await api("environments", "nobody", "build"))["is_running"] is False
    assert await refused("environments", "nobody", "build", method="POST") == (404, "EnvironmentNotFound")
    await api("environments", "tools", "archive", method="POST")
    assert (await api("environments"))["items"] == []
    assert [each["name"] for each in (await api("environments", params={"archived": "1"}))["items"]] == ["tools"]
    await api("environments", "tools", "restore", method="POST")
    assert len((await api("environments"))["items"]) == 1


class Slow:
    """A workspace whose builds print, and end when they are told to."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.environments = self
        self.location = "here"
        self.begun = 0

    def info(self):
        return self

    def build(self, name, version, listener):
        self.begun += 1
        listener("collecting\n")
        listener("no end of line")
        self.go_on.wait(30)
        if name == "bad":
            raise EnvironmentBuildFailed("It cannot be built.", "Leave it.")
        return Environment(name=name, version=version)


def ended(build):
    until(lambda: not build.is_running)
    return build.log(0)


def test_two_pages_that_build_the_same_see_one_build_from_where_each_stands():
    workspace, builds = Slow(), Builds()
    first = builds.start(workspace, "Tools", "1")
    assert builds.start(workspace, "tools", "1") is first
    until(lambda: first.log(0).text.endswith("line\n"))
    assert first.log(0).text == "collecting\nno end of line\n"
    assert (first.log(11).text, first.log(11).is_running) == ("no end of line\n", True)
    workspace.go_on.set()
    assert ended(first).environment.name == "Tools"
    assert workspace.begun == 1
    assert builds.start(workspace, "tools", "1") is not first


def test_a_build_that_fails_says_why_with_its_hint():
    workspace = Slow()
    workspace.go_on.set()
    log = ended(Builds().start(workspace, "bad", "1"))
    assert (log.error.code, log.error.hint) == ("EnvironmentBuildFailed", "Leave it.")


def test_a_log_without_end_keeps_its_end():
    build = Build()
    for number in range(3):
        build.hear(str(number) * (MOST // 2))
    log = build.log(0)
    assert (len(log.text), log.text[-2], log.offset) == (MOST, "2", 3 * (MOST // 2 + 1))
    assert build.log(log.offset).text == ""
    assert build.log(10**12).text == ""
