"""Errors of the service become ours by what they mean, and ours survive the trip whole."""

import pytest

from jupyter_azml import errors
from jupyter_azml.arm import error_from_arm, error_to_arm


def every_error(root=errors.AzmlError):
    for kind in root.__subclasses__():
        yield kind
        yield from every_error(kind)


@pytest.mark.parametrize("kind", [*every_error()], ids=lambda kind: kind.__name__)
def test_each_error_of_ours_comes_back_as_itself(kind):
    status, body = error_to_arm(kind("What happened.", "What to do."))

    back = error_from_arm(status, body)

    assert type(back) is kind
    assert (back.message, back.hint) == ("What happened.", "What to do.")


def test_the_code_is_one_of_the_services_own_and_what_it_means_stands_inside():
    told = {}
    for kind in (
        errors.DataNotFound,
        errors.ComputeNotFound,
        errors.SpecInvalid,
        errors.ComputeStopped,
        errors.NotAllowed,
    ):
        error = error_to_arm(kind("m", "h"))[1]["error"]
        inner = [info["info"]["value"]["code"] for info in error["additionalInfo"] if info["type"] == "InnerError"]
        told[kind.__name__] = (error["code"], *inner)
    assert told == {
        "DataNotFound": ("UserError", "NotFound"),
        "ComputeNotFound": ("ResourceNotFound", "ComputeNotFound"),
        "SpecInvalid": ("UserError", "BadArgument"),
        "ComputeStopped": ("Conflict",),
        "NotAllowed": ("AuthorizationFailed",),
    }


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (401, "InvalidAuthenticationToken", "The access token is invalid.", errors.NotSignedIn),
        (403, "AuthorizationFailed", "The client does not have authorization.", errors.NotAllowed),
        (404, "ResourceNotFound", "The Resource 'M/workspaces/ws2' under resource group", errors.WorkspaceNotFound),
        (404, "ResourceNotFound", "The Resource 'M/workspaces/ws2/computes/c' was not found", errors.NotFound),
        (404, "ResourceGroupNotFound", "Resource group 'rg1' could not be found.", errors.WorkspaceNotFound),
        (404, "UserError", "Not found", errors.NotFound),
        (409, "Conflict", "busy", errors.Conflict),
        (400, "QuotaExceeded", "a word of the service's that is one of ours too", errors.ServiceError),
        (429, "TooManyRequests", "slow down", errors.ServiceBusy),
        (503, "", "", errors.ServiceBusy),
    ],
)
def test_a_status_and_a_code_say_which_error_it_is(status, code, message, kind):
    assert type(error_from_arm(status, {"error": {"code": code, "message": message}})) is kind


@pytest.mark.parametrize("body", [None, [], "<html>", {"error": "invalid_grant"}, {"error": {"message": None}}])
def test_an_answer_of_any_shape_is_an_error_with_words(body):
    assert error_from_arm(502, body).message == "Azure answered 502."


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer s3cr3t",
        "https://x.blob.core.windows.net/c?sv=1&sig=s3cr3t&se=2",
        "AccountName=a;AccountKey=s3cr3t;",
        "token eyJhbGciOiJIUzI1NiJ9.s3cr3t.abc refused",
    ],
)
def test_tokens_that_the_service_repeats_are_left_out(text):
    error = error_from_arm(400, {"error": {"code": "BadRequest", "message": text}})

    assert "s3cr3t" not in str(error)
