"""No exception of Azure's libraries gets out as it is, and none carries a token out."""

import inspect
import socket
import traceback

import azure.core.exceptions
import azure.identity
import pytest
from azure.core.rest import HttpRequest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.azure.errors import translated
from jupyter_azml.errors import AzmlError, Conflict, NotFound, NotSignedIn, ServiceError

from ..fakes.loopback import FixedToken, served

EXPECTED = {
    "AuthenticationRequiredError": NotSignedIn,
    "AzureError": ServiceError,
    "ClientAuthenticationError": NotSignedIn,
    "CredentialUnavailableError": NotSignedIn,
    "DecodeError": ServiceError,
    "DeserializationError": ServiceError,
    "HttpResponseError": ServiceError,
    "IncompleteReadError": ServiceError,
    "ODataV4Error": ServiceError,
    "ResourceExistsError": Conflict,
    "ResourceModifiedError": Conflict,
    "ResourceNotFoundError": NotFound,
    "ResourceNotModifiedError": ServiceError,
    "ResponseNotReadError": ServiceError,
    "SerializationError": ServiceError,
    "ServiceRequestError": ServiceError,
    "ServiceRequestTimeoutError": ServiceError,
    "ServiceResponseError": ServiceError,
    "ServiceResponseTimeoutError": ServiceError,
    "StreamClosedError": ServiceError,
    "StreamConsumedError": ServiceError,
    "TooManyRedirectsError": ServiceError,
}


def exceptions_of(module):
    found = inspect.getmembers(module, lambda item: inspect.isclass(item) and issubclass(item, Exception))
    return {name: kind for name, kind in found if not name.startswith("_")}


THEIRS = exceptions_of(azure.core.exceptions) | exceptions_of(azure.identity)


def test_every_exception_of_azure_s_libraries_is_known():
    assert set(THEIRS) == set(EXPECTED), "azure-core or azure-identity has a new exception: say what it means to users"


@pytest.mark.parametrize("name", sorted(THEIRS))
def test_every_exception_becomes_one_of_ours(name):
    with pytest.raises(AzmlError) as caught, translated():
        # Past the constructors: some want a response, and only the class decides.
        raise THEIRS[name].__new__(THEIRS[name], "went wrong\nAuthorization: Bearer s3cr3t")

    assert type(caught.value) is EXPECTED[name]
    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))


def test_exceptions_that_are_not_azure_s_pass():
    with pytest.raises(KeyError), translated():
        raise KeyError("a bug of ours")


def azure_at(url, token="s3cr3t"):
    return AzureWorkspace("sub", "rg", "ws", credential=FixedToken(token), base_url=url)


@pytest.fixture
def no_patience(monkeypatch):
    """Retries without their waits."""
    monkeypatch.setattr("azure.core.pipeline.policies.RetryPolicy.sleep", lambda *args, **options: None)


def test_no_network_is_said_with_a_hint(no_patience):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(ServiceError) as caught:
        azure_at(f"http://127.0.0.1:{port}").jobs.list()

    assert "HTTPS_PROXY" in caught.value.hint


@pytest.mark.parametrize("page", ["<html>Sign in to the proxy</html>", "[]", "null"])
def test_an_answer_that_is_not_a_json_object_is_an_error(page):
    app = Starlette(routes=[Route("/{path:path}", lambda request: PlainTextResponse(page))])

    with served(app) as url, pytest.raises(ServiceError) as caught:
        azure_at(url).check()

    assert "HTTPS_PROXY" in caught.value.hint


def test_a_redirect_is_not_followed_with_the_token():
    seen = []

    def elsewhere(request):
        seen.append(dict(request.headers))
        return Response()

    app = Starlette(
        routes=[
            Route("/elsewhere", elsewhere),
            Route("/{path:path}", lambda request: RedirectResponse("/elsewhere")),
        ]
    )

    with served(app) as url, pytest.raises(ServiceError):
        azure_at(url).check()

    assert seen == []


def test_a_service_that_fails_is_asked_again_a_few_times_only(no_patience):
    asked = []

    def failing(request):
        asked.append(request.url.path)
        return Response(status_code=503)

    with served(Starlette(routes=[Route("/{path:path}", failing)])) as url, pytest.raises(ServiceError):
        azure_at(url).check()

    assert len(asked) == 3


def test_a_credential_that_fails_is_a_missing_sign_in():
    class Nobody:
        def get_token(self, *scopes, **options):
            raise azure.identity.CredentialUnavailableError("No account.\nAttempted credentials: …")

    workspace = AzureWorkspace("sub", "rg", "ws", credential=Nobody(), base_url="http://127.0.0.1:9")

    with pytest.raises(NotSignedIn) as caught:
        workspace.check()

    assert str(caught.value) == (
        "Azure did not accept the sign-in: No account.\nSign in with `azml login` or `az login`, then try again."
    )


def test_an_error_made_of_a_real_response_keeps_its_request_to_itself(no_patience):
    request = HttpRequest("GET", "https://x.example", headers={"Authorization": "Bearer s3cr3t"})

    with pytest.raises(AzmlError) as caught, translated():
        raise azure.core.exceptions.HttpResponseError(f"Refused: {request.headers['Authorization']}")

    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))
