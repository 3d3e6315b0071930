"""What the client makes of a service that is busy, slow, cut off, wrong or not Azure at all."""

import socket
import threading
import time
from collections import Counter
from contextlib import suppress

import pytest
from azure.core.credentials import AccessToken
from starlette.responses import JSONResponse, Response

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.entities import Compute, ComputeType
from jupyter_azml.errors import (
    AzmlError,
    ComputeNotFound,
    Conflict,
    NotAllowed,
    NotSignedIn,
    ServiceBusy,
    ServiceError,
)

from ..fakes.loopback import FixedToken, Stage, served

COMPUTE = {
    "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/cpu",
    "name": "cpu",
    "location": "westeurope",
    "properties": {"computeType": "AmlCompute", "provisioningState": "Succeeded", "properties": {"vmSize": "A"}},
}
TENANTS = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"


class Script:
    """An app that answers with what it is told, in order, and then with the last of it."""

    def __init__(self) -> None:
        self.answers: list = []
        self.seen: list[tuple[str, str]] = []

    async def __call__(self, scope, receive, send):
        headers = dict(scope["headers"])
        self.seen.append((scope["method"], headers.get(b"authorization", b"").decode()))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await answer(scope, receive, send)


def said(status, code="", message="No.", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers=named)


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def script(stage):
    stage.app = Script()
    return stage.app


@pytest.fixture
def waits(monkeypatch):
    """How long the client would have waited between tries."""
    waited = []
    monkeypatch.setattr(
        "azure.core.pipeline.transport.RequestsTransport.sleep", lambda _self, time: waited.append(time)
    )
    return waited


@pytest.fixture
def azure(stage, script, waits):
    return AzureWorkspace("s", "g", "w", credential=FixedToken("s3cr3t"), base_url=stage.url)


def test_a_busy_service_is_asked_again_when_it_says_and_then_no_more(azure, script, waits):
    script.answers = [said(429, Retry_After="7"), JSONResponse(COMPUTE)]
    assert azure.computes.get("cpu").name == "cpu"
    assert waits == [7]

    script.answers = [said(429, "TooManyRequests", Retry_After="3600")]
    with pytest.raises(ServiceBusy, match="No") as caught:
        azure.computes.get("cpu")
    assert "3600 s" in caught.value.hint
    assert waits == [7], "nobody waits an hour for a list"


@pytest.mark.parametrize("header", ["soon", "-5", "Fri, 31 Feb 2099 00:00:00 GMT", "1e400", ""])
def test_whatever_stands_in_retry_after_nothing_breaks(azure, script, waits, header):
    script.answers = [said(503, Retry_After=header), JSONResponse(COMPUTE)]
    with suppress(ServiceBusy):
        assert azure.computes.get("cpu").name == "cpu"
    assert sum(waits) < 20


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_storm_ends_after_three_tries_and_seconds(azure, script, waits, status):
    script.answers = [said(status)]
    with pytest.raises(ServiceBusy) as caught:
        azure.computes.list()
    assert caught.value.hint
    assert len(script.seen) == 3
    assert sum(waits) < 5


def test_a_conflict_and_a_lost_race_are_conflicts(azure, script):
    for status in (409, 412):
        script.answers = [said(status, "Conflict", "It is being deleted.")]
        with pytest.raises(Conflict, match="being deleted"):
            azure.computes.delete("cpu") if status == 409 else azure.computes.get("cpu")


def test_a_refusal_names_the_role_that_is_missing(azure, script):
    refused = (
        "The client 'ann' with object id 'x' does not have authorization to perform action "
        "'Microsoft.MachineLearningServices/workspaces/computes/write' over scope "
        "'/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w' or it is invalid."
    )
    script.answers = [JSONResponse(COMPUTE), said(403, "AuthorizationFailed", refused)]
    with pytest.raises(NotAllowed, match="ann") as caught:
        azure.computes.create_or_update(Compute(name="cpu", type=ComputeType.AMLCOMPUTE, size="A"))
    assert "AzureML Compute Operator" in caught.value.hint
    assert "/workspaces/w" in caught.value.hint


class Renewing(FixedToken):
    """Gives another token each time, and remembers for which tenant."""

    def __init__(self) -> None:
        self.asked = []

    def get_token(self, *scopes, **options):
        self.asked.append(options.get("tenant_id"))
        return AccessToken(f"token-{len(self.asked)}", 4102444800)


def test_a_token_that_ran_out_meanwhile_is_replaced_once(stage, script):
    expired = said(
        401, "ExpiredAuthenticationToken", "It has expired.", WWW_Authenticate='Bearer error="invalid_token"'
    )
    script.answers = [expired, JSONResponse(COMPUTE)]
    credential = Renewing()
    azure = AzureWorkspace("s", "g", "w", credential=credential, base_url=stage.url)
    assert azure.computes.get("cpu").name == "cpu"
    assert [token for _method, token in script.seen] == ["Bearer token-1", "Bearer token-2"]

    script.answers = [expired]
    with pytest.raises(NotSignedIn, match="expired") as caught:
        azure.computes.get("cpu")
    assert "azml login" in caught.value.hint


def test_a_workspace_of_another_tenant_is_asked_for_with_a_token_of_that_tenant(stage, script):
    mine, theirs = TENANTS
    message = f"The access token is from the wrong issuer 'https://sts.windows.net/{mine}/'. It must match the tenant "
    message += f"'https://sts.windows.net/{theirs}/' associated with this subscription."
    challenge = f'Bearer authorization_uri="https://login.windows.net/{theirs}", error="invalid_token"'
    wrong = said(401, "InvalidAuthenticationTokenTenant", message, WWW_Authenticate=challenge)
    script.answers = [wrong, JSONResponse(COMPUTE)]
    credential = Renewing()
    AzureWorkspace("s", "g", "w", credential=credential, base_url=stage.url).computes.get("cpu")
    assert credential.asked == [None, theirs]

    script.answers = [wrong]
    with pytest.raises(NotSignedIn) as caught:
        AzureWorkspace("s", "g", "w", credential=credential, base_url=stage.url).computes.get("cpu")
    assert f"azml login --tenant {theirs}" in caught.value.hint


LIES = {
    "a sign-in page": Response("<html>Please sign in to the guest network</html>", media_type="text/html"),
    "nothing": Response(b""),
    "half an object": Response(b'{"value": [', media_type="application/json"),
    "a list": JSONResponse([]),
    "a number": JSONResponse(7),
    "another list": JSONResponse({"value": 7}),
    "a list of numbers": JSONResponse({"value": [1, 2]}),
    "nonsense in its fields": JSONResponse(
        {"value": [{"name": [], "properties": {"properties": {"scaleSettings": 1}}}]}
    ),
    "not UTF-8": Response(b"\xff\xfe\x00", media_type="application/json"),
    "not gzip": Response(b"plain", headers={"content-encoding": "gzip"}),
    "a redirect": Response(status_code=302, headers={"location": "http://127.0.0.1:1/steal"}),
    "an error of its own": Response("<h1>Blocked</h1>", 403),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_proxy_that_lies_is_an_error_in_two_lines(azure, script, lie):
    script.answers = [LIES[lie]]
    for ask in (lambda: azure.computes.list(), lambda: azure.endpoints.list(), lambda: azure.check()):
        said = ServiceError("", "nothing to say")
        try:
            ask()
        except ServiceError as error:
            said = error
        assert said.hint
        assert "s3cr3t" not in str(said)


def test_a_list_whose_next_page_is_the_same_page_ends(azure, script):
    script.answers = [JSONResponse({"value": [COMPUTE], "nextLink": "https://management.azure.com/x?$skip=1"})]
    pages, continuation = 0, None
    while True:
        page = azure.computes.list(continuation=continuation)
        pages += 1
        if not (continuation := page.continuation):
            break
        assert pages < 20


def test_what_is_deleted_behind_our_back_is_not_there(azure, script):
    script.answers = [JSONResponse({**COMPUTE, "properties": {"computeType": "ComputeInstance"}}), said(404)]
    with pytest.raises(AzmlError):
        azure.computes.start("cpu")
    script.answers = [said(404, "ResourceNotFound"), JSONResponse({"value": [COMPUTE]})]
    with pytest.raises(ComputeNotFound, match="gone") as caught:
        azure.computes.get("gone")
    assert "cpu" in caught.value.hint


@pytest.mark.parametrize("manner", ["closes at once", "half an answer", "half a body", "resets"])
def test_a_half_closed_socket_is_an_error_and_not_a_hang(waits, manner):
    """Asked for at most three times, and each time the connection breaks."""
    asked = Counter()

    def answer(listener):
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            asked["times"] += 1
            with connection:
                if manner != "closes at once":
                    connection.recv(4096)
                if manner == "half an answer":
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-")
                if manner == "half a body":
                    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"value"')
                if manner == "resets":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        azure = AzureWorkspace("s", "g", "w", credential=FixedToken("s3cr3t"), base_url=url)
        started = time.monotonic()
        with pytest.raises(ServiceError) as caught:
            azure.computes.list()
        listener.shutdown(socket.SHUT_RDWR)
    assert caught.value.hint
    assert "s3cr3t" not in str(caught.value)
    assert 1 <= asked["times"] <= 4
    assert time.monotonic() - started < 20
