"""The Azure client before the emulator before a workspace in memory, over real HTTP."""

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app

from ..fakes.loopback import SECRET, FixedToken, Stage, served
from ..fakes.workspace import FakeWorkspace


@pytest.fixture
def behind():
    """The workspace behind the emulator."""
    return FakeWorkspace()


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def emulator(behind, stage, tmp_path):
    stage.app = create_app(behind, SECRET, tmp_path, page_size=3)
    return stage.url


@pytest.fixture
def connect(emulator):
    def connect(workspace_name: str = "fake", token: str = SECRET) -> AzureWorkspace:
        return AzureWorkspace(
            SUBSCRIPTION, RESOURCE_GROUP, workspace_name, credential=FixedToken(token), base_url=emulator
        )

    return connect


@pytest.fixture
def azure(connect):
    return connect()
