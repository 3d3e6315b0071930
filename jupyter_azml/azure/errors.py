"""Where Azure's exceptions become ours. Every call that leaves this process runs inside ``translated()``."""

from collections.abc import Iterator
from contextlib import contextmanager

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    DecodeError,
    DeserializationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
    SerializationError,
    ServiceRequestError,
    ServiceResponseError,
)

from ..arm.errors import sign_in_hint, without_tokens
from ..errors import AzmlError, Conflict, NotFound, NotSignedIn, ServiceError
from ..language import _


@contextmanager
def translated() -> Iterator[None]:
    """Raises NotSignedIn, NotFound, Conflict or ServiceError for whatever azure-core and azure-identity raise."""
    try:
        yield
    except (AzureError, DeserializationError, SerializationError) as error:
        # Not chained: azure-core's own message may quote the request, and a traceback would print it.
        raise translate(error) from None


@contextmanager
def readable() -> Iterator[None]:
    """Raises ServiceError where an answer is not what it should be, as a proxy's that answers in Azure's place."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError):
        raise unreadable() from None


def translate(error: Exception) -> AzmlError:
    detail = without_tokens(_first_line(error))
    if isinstance(error, ClientAuthenticationError):
        return NotSignedIn(_("Azure did not accept the sign-in: {detail}", detail=detail), sign_in_hint())
    if isinstance(error, ResourceNotFoundError):
        return NotFound(detail, _("Check the name; lists show what is there."))
    if isinstance(error, ResourceExistsError | ResourceModifiedError):
        return Conflict(detail, _("Look at its state, and try again when it has changed."))
    if isinstance(error, ServiceRequestError):
        return ServiceError(
            _("Azure could not be reached: {detail}", detail=detail),
            _("Check the network, and HTTPS_PROXY where there is a proxy."),
        )
    if isinstance(error, ServiceResponseError):
        return ServiceError(_("Azure broke off its answer: {detail}", detail=detail), _("Try again in a minute."))
    if isinstance(error, DecodeError | DeserializationError | SerializationError):
        return unreadable()
    if isinstance(error, HttpResponseError):
        return ServiceError(
            _("Azure answered with an error: {detail}", detail=detail),
            _("Check what was asked for; Azure ML studio may say more: https://ml.azure.com"),
        )
    return ServiceError(_("The call to Azure failed: {detail}", detail=detail), _("Try again in a minute."))


def unreadable() -> ServiceError:
    return ServiceError(
        _("Azure's answer could not be read."), _("A proxy's sign-in page often looks like this; check HTTPS_PROXY.")
    )


def _first_line(error: Exception) -> str:
    # DefaultAzureCredential lists every credential that it tried, one a line; the first line says what failed.
    text = str(error.args[0]) if error.args else type(error).__name__
    return text.strip().split("\n")[0] or type(error).__name__
