"""What secrets and connections may be called and hold, wherever they are."""

import re

from ..errors import UsageError
from ..language import _

MOST_BYTES = 25_000
"""Key Vault's limit: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets"""

# Key Vault's rule for names, so that a job runs the same there.
SECRET_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,126}")
_CONNECTION_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,32}")


def check_secret(name: str, value: str) -> None:
    """Raises UsageError, which never quotes the value."""
    if not SECRET_NAME.fullmatch(name):
        better = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
        raise UsageError(
            _("{name} cannot be a secret's name: letters, digits and - are taken, a letter first.", name=name),
            _("A job reads my-key from the variable MY_KEY. Try: azml secret set {name}", name=better or "my-key"),
        )
    if not value or "\0" in value or len(value.encode("utf-8", "replace")) > MOST_BYTES:
        raise UsageError(
            _("A secret's value has 1 to {most} bytes, none of them 0.", most=MOST_BYTES),
            _("Check what was handed in: azml secret set {name} --file FILE", name=name),
        )


def check_connection_name(name: str) -> None:
    """Raises UsageError."""
    if not _CONNECTION_NAME.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a connection's name.", name=name),
            _("Use 2 to 33 letters, digits, - and _, beginning with a letter or a digit."),
        )
