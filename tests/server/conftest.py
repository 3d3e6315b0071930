"""A real Jupyter server with the extension, per test."""

import json
import time

import pytest
from tornado.httpclient import HTTPClientError


@pytest.fixture
def jp_server_config(jp_root_dir):
    return {"ServerApp": {"jpserver_extensions": {"jupyter_azml": True}, "reraise_server_extension_failures": True}}


@pytest.fixture
def api(jp_fetch):
    """What the API answers; with ``body`` as JSON where one is given."""

    async def call(*path, body=None, **kwargs):
        if body is not None or kwargs.get("method") in ("POST", "PUT"):
            kwargs["body"] = body if isinstance(body, bytes | str) else json.dumps(body)
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body or b"null")

    return call


@pytest.fixture
def refused(api):
    """Status and error of what is refused."""

    async def call(*path, **kwargs):
        with pytest.raises(HTTPClientError) as caught:
            await api(*path, **kwargs)
        error = json.loads(caught.value.response.body)
        assert set(error) == {"code", "message", "hint"}
        return caught.value.code, error["code"]

    return call


def until(condition, seconds=20.0):
    """Of what a thread of the server does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.01)
