"""What an endpoint and a deployment may be called, wherever they are."""

import re

from ..errors import UsageError
from ..language import _

# https://learn.microsoft.com/azure/machine-learning/concept-endpoints-online#naming
_ENDPOINT = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{1,30})[A-Za-z0-9]")
_DEPLOYMENT = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?")


def check_endpoint_name(name: str) -> None:
    """Raises UsageError."""
    if not _ENDPOINT.fullmatch(name):
        raise UsageError(
            _("{name} cannot be an endpoint's name.", name=name),
            _("Use 3 to 32 letters, digits and -, beginning with a letter and not ending with -."),
        )


def check_deployment_name(name: str) -> None:
    """Raises UsageError."""
    if not _DEPLOYMENT.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a deployment's name.", name=name),
            _("Use up to 32 letters, digits and -, beginning with a letter and not ending with -."),
        )
