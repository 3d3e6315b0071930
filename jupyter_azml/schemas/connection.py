"""A connection's YAML file, as of ``az ml connection create``. No fault quotes a value: it may be a credential.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-connection-openai and the pages beside it.
"""

from pathlib import Path
from typing import Any

from ..entities import Connection
from ..errors import SpecInvalid
from ..language import _
from .shape import Place, Shape, keys, word
from .text import parse_value

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-connection-openai"

TYPES = (
    "api_key", "azure_ai_search", "azure_ai_services", "azure_blob", "azure_content_safety", "azure_data_lake_gen_2",
    "azure_my_sql_db", "azure_open_ai", "azure_postgres_db", "azure_speech_services", "azure_sql_db",
    "azure_synapse_analytics", "container_registry", "custom", "git", "microsoft_one_lake", "open_ai", "python_feed",
    "s3", "serp", "serverless", "snowflake",
)  # fmt: skip

_TARGETS = ("target", "endpoint", "azure_endpoint", "api_base", "url")
_NOTED = (
    "account_name", "ai_services_resource_id", "api_version", "container_name", "one_lake_workspace_name",
    "open_ai_resource_id",
)  # fmt: skip


def _plain(value: Any, place: Place) -> Any:
    if isinstance(value, dict | list):
        place.fault(_("a text is expected"))
    return str(value)


def credential_text(value: Any, place: Place) -> Any:
    """A text whose value no fault quotes."""
    # What looks like a number is read as one: 0123 would be kept as 83.
    if not isinstance(value, str):
        place.fault(_("a text is expected; put it in quotes"))
    return value


def named_mapping(of: Shape) -> Shape:
    """As ``mapping``, but no fault quotes what was given."""

    def shape(value: Any, place: Place) -> Any:
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            place.fault(_("names with values are expected"))
            return {}
        return {name: of(item, place.at(name)) for name, item in value.items()}

    return shape


_CREDENTIALS: dict[str, tuple[str, ...]] = {
    "aad": (),
    "access_key": ("access_key_id", "secret_access_key"),
    "account_key": ("account_key",),
    "api_key": ("key",),
    "managed_identity": ("client_id", "resource_id"),
    "none": (),
    "pat": ("pat",),
    "sas": ("sas_token",),
    "service_principal": ("client_id", "client_secret", "tenant_id", "authority_url"),
    "username_password": ("username", "password"),
}
# Azure fills these in itself.
_OPTIONAL = {"authority_url", "client_id", "resource_id"}


def _credentials(value: Any, place: Place) -> Any:
    given = named_mapping(lambda item, _place: item)(value, place)
    kind = given.get("type")
    if kind is None or str(kind).lower() in ("custom", "custom_keys"):
        return named_mapping(credential_text)({name: item for name, item in given.items() if name != "type"}, place)
    kind = word(*_CREDENTIALS)(kind, place.at("type"))
    names = _CREDENTIALS.get(kind, ())
    shapes: dict[str, Shape | None] = {"type": None, **dict.fromkeys(names, credential_text)}
    found: dict[str, Any] = keys(shapes, needed=tuple(name for name in names if name not in _OPTIONAL))(given, place)
    return found


_SHAPE = keys(
    {
        **dict.fromkeys(("$schema", "name", "description", *_TARGETS, *_NOTED), _plain),
        "type": word(*TYPES, azure_openai="azure_open_ai", openai="open_ai", feed="python_feed"),
        "credentials": _credentials,
        "api_key": credential_text,
        "tags": named_mapping(_plain),
        "metadata": named_mapping(_plain),
        **dict.fromkeys(("id", "is_shared", "creation_context", "artifact")),
    },
    needed=("type",),
)


def read_connection(text: str, file: Path, *, name: str | None = None) -> tuple[Connection, dict[str, str]]:
    """The connection, and its credentials apart. Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _SHAPE(_mapping(text, file), place)
    wanted = name or found.get("name")
    if not wanted:
        place.at("name").fault(_("is missing"))
    place.check(REFERENCE)
    credentials = found.get("credentials") or {}
    if "api_key" in found:
        credentials["key"] = found["api_key"]
    facts = {key: found[key] for key in _NOTED if key in found}
    return (
        Connection(
            name=wanted,
            type=found["type"],
            target=next((found[key] for key in _TARGETS if key in found), ""),
            credentials=tuple(sorted(credentials)),
            tags={**facts, **found.get("metadata", {}), **found.get("tags", {})},
        ),
        credentials,
    )


def _mapping(text: str, file: Path) -> dict[str, Any]:
    try:
        value = parse_value(text)
    except (ValueError, RecursionError) as error:
        mark = getattr(error.__cause__, "problem_mark", None)
        where = _("line {line}, column {column}", line=mark.line + 1, column=mark.column + 1) if mark else _("a value")
        raise SpecInvalid(
            _("{file} is not YAML: {detail}", file=file, detail=where),
            _("Check the indentation, the colons and the quotation marks there."),
        ) from None
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise SpecInvalid(
            _("{file} holds no keys with values.", file=file),
            _("What may stand there: {reference}", reference=REFERENCE),
        )
    return value
