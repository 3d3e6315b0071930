"""What things may be called: the service's own rules, which a local workspace follows, so that all of it could move."""

import re

from ..errors import Conflict, UsageError
from ..language import _

LATEST = "latest"
"""The label that always is the newest version."""
_ASSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_DATASTORE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{1,254}")
_MOST = 255


def check_datastore_name(name: str) -> None:
    """Raises UsageError."""
    if not _DATASTORE.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a datastore's name.", name=name),
            _("Use 2 to 255 letters, digits and _, beginning with a letter or a digit."),
        )


def check_data_name(name: str, version: str) -> None:
    """Raises UsageError."""
    for said in (name, version or "1"):
        if not _ASSET.fullmatch(said):
            raise UsageError(
                _("{name} cannot be the name or version of a data asset.", name=said),
                _("Use up to 255 letters, digits, dots, - and _, beginning with a letter or a digit."),
            )


def check_data_label(label: str) -> None:
    """Raises UsageError."""
    check_data_name(label, "")
    if label.lower() == LATEST:
        raise UsageError(
            _("{label} always is the newest version, and cannot be given.", label=LATEST), _("Choose another label.")
        )


def data_version_taken(name: str, version: str) -> Conflict:
    return Conflict(
        _("There is a version {version} of {name} already, and a version never changes.", name=name, version=version),
        _("Choose another version, or leave it out: it is counted up."),
    )


def check_environment_name(name: str, version: str) -> None:
    """Raises UsageError."""
    for said in (name, version or "1"):
        if not _ASSET.fullmatch(said):
            raise UsageError(
                _("{name} cannot be the name or version of an environment.", name=repr(said)),
                _("Use up to 255 letters, digits, dots, - and _, beginning with a letter or a digit."),
            )
    if name.lower().startswith(("azureml", "microsoft")):
        raise UsageError(
            _("{name} is a name that Azure keeps for itself.", name=name),
            _("Choose one that begins with neither {first} nor Microsoft.", first="AzureML"),
        )


def environment_version_taken(name: str, version: str) -> Conflict:
    return Conflict(
        _(
            "There is a version {version} of {name} with other content, and a version never changes.",
            name=name,
            version=version,
        ),
        _("Choose another version, or leave it out: it is counted up."),
    )


def check_model_name(name: str) -> None:
    """Raises UsageError."""
    if not _ASSET.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a model's name.", name=_shown(name)),
            _(
                "Use up to 255 letters, digits, dots, - and _, beginning with a letter or a digit; such as {name}.",
                name=_near_name(name),
            ),
        )


def check_model_version(version: str) -> None:
    """Raises UsageError."""
    if not _ASSET.fullmatch(version) or version.lower() == LATEST:
        raise UsageError(
            _("{version} cannot be a model's version.", version=_shown(version)),
            _("Use up to 255 letters, digits, dots, - and _, beginning with a letter or a digit; or leave it out."),
        )


def model_version_taken(name: str, version: str) -> Conflict:
    return Conflict(
        _("There is a version {version} of {name} already, and its files never change.", name=name, version=version),
        _("Choose another version, or leave it out: it is counted up."),
    )


def check_alias(alias: str) -> None:
    """Raises UsageError. The rules are MLflow's: an alias is no version."""
    is_version = alias.isdecimal() or (alias[:1] in "vV" and alias[1:].isdecimal())
    plain = alias.replace("-", "").replace("_", "").replace(".", "")
    if alias.lower() == LATEST or is_version or not (plain.isascii() and plain.isalnum()) or len(alias) > _MOST:
        raise UsageError(
            _("{alias} cannot be an alias.", alias=alias),
            _("Use letters, digits, -, _ and dots, such as champion; latest, 3 and v3 mean something already."),
        )


def _shown(name: str) -> str:
    return repr(name[:60]) if not name.isprintable() or not name.strip() or len(name) > 60 else name


def _near_name(name: str) -> str:
    near = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._")[:255]
    return near or "my-model"
