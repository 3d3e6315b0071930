"""A real Jupyter server with the extension, per test."""

import pytest


@pytest.fixture
def jp_server_config(jp_root_dir):
    return {"ServerApp": {"jpserver_extensions": {"jupyter_azml": True}, "reraise_server_extension_failures": True}}
