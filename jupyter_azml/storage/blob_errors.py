"""Where the errors of Azure's blob service become ours. Nothing of an address with a signature gets into a message."""

from collections.abc import Iterator
from contextlib import contextmanager

from azure.core.exceptions import (
    AzureError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
    ServiceRequestError,
    ServiceResponseError,
)

from ..errors import AzmlError, StorageChanged, StorageError, StorageRefused, StorageUnreachable
from ..language import _

# Of the details that the service gives for AuthenticationFailed.
_EXPIRED = "Signature not valid in the specified time frame"
_SKEWED = ("Request date header too old", "not within", "MaxTimeSkew")


@contextmanager
def translated(place: str, path: str = "") -> Iterator[None]:
    """``place`` is what the store is called before people. Raises FileNotFoundError, FileExistsError, StorageError."""
    try:
        yield
    except AzureError as error:
        # Not chained: the library's own message may quote the request with its signature.
        raise translate(error, place, path) from None


def translate(error: AzureError, place: str, path: str) -> Exception:
    code = str(getattr(error, "error_code", "") or "")
    if isinstance(error, ResourceNotFoundError):
        return _container_missing(place) if code in ("ContainerNotFound", "ShareNotFound") else FileNotFoundError(path)
    if isinstance(error, ResourceModifiedError) or code in ("ConditionNotMet", "InvalidBlobOrBlock"):
        return StorageChanged(
            _("{path} was changed by somebody else meanwhile.", path=path), _("Try again; nothing was written.")
        )
    if isinstance(error, ResourceExistsError):
        return FileExistsError(path)
    if isinstance(error, ServiceRequestError | ServiceResponseError):
        return StorageUnreachable(
            _("Nothing answers at {place}.", place=place),
            _("Check the network, the account's name and the endpoint, and HTTPS_PROXY where there is a proxy."),
        )
    if type(error).__name__ == "AzureSigningError":  # no public name has it
        return StorageRefused(
            _("The account key of {place} is no key.", place=place), _("Copy it again, whole: it is base64.")
        )
    if isinstance(error, HttpResponseError) and error.status_code in (401, 403):
        return _refused(error, place)
    return StorageError(
        _("An error came from {place}: {detail}.", place=place, detail=code or type(error).__name__),
        _("Try again in a minute."),
    )


def _container_missing(place: str) -> AzmlError:
    return StorageError(
        _("There is no container behind {place}.", place=place),
        _("Check container_name and account_name; the container has to be created first."),
    )


def _refused(error: HttpResponseError, place: str) -> AzmlError:
    said = f"{error.message} {getattr(error, 'additional_info', '')}"
    if _EXPIRED in said:
        return StorageRefused(
            _("The shared access signature of {place} has expired, or is not valid yet.", place=place),
            _("Make a new one, and create the datastore again with it; check this machine's clock."),
        )
    if any(word in said for word in _SKEWED):
        return StorageRefused(
            _("This machine's clock is wrong, says {place}.", place=place), _("Set the clock, and try again.")
        )
    return StorageRefused(
        _("The credentials are not accepted by {place}.", place=place),
        _("Check the account key, the signature's permissions or the role of whoever is signed in."),
    )
