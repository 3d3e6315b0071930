"""From a datastore and its credentials to the store that it means."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from ..entities import CredentialsType, Datastore, DatastoreType
from ..errors import NotSupported, StorageRefused
from ..language import _
from .folder import Folder
from .store import Store

# Somebody waits: the library's own patience is over a minute.
_PATIENCE: dict[str, Any] = {
    "connection_timeout": 10,
    "initial_backoff": 1,
    "increment_base": 1.5,
    "random_jitter_range": 0.5,
}


def reach_store(datastore: Datastore, credentials: dict[str, str], identity: Any = None) -> Store:
    """``credentials``: in the words of ``az ml``'s YAML: ``account_key``, ``sas_token``, or ``tenant_id`` and so on;
    ``identity``: a credential of azure-core's, of whoever is signed in, else azure-identity finds one.

    Nothing is asked of the network yet. Raises StorageRefused for a signature that has expired, NotSupported.
    """
    place = _("the datastore {name}", name=datastore.name)
    if datastore.type is DatastoreType.LOCAL:
        return Folder(Path(datastore.path))
    if datastore.type is DatastoreType.AZURE_FILE:
        return _reach_share(datastore, credentials, place, identity)
    from azure.storage.blob import ContainerClient

    from .blob import BlobStore

    client = ContainerClient(
        _account_address(datastore),
        datastore.container_name,
        credential=_credential(datastore, credentials, place, identity),
        **_PATIENCE,
    )
    return BlobStore(client, place)


def reach_signed(address: str, place: str) -> Store:
    """A container by an address that has its signature behind it. ``place``: what errors call it."""
    from azure.storage.blob import ContainerClient

    from .blob import BlobStore

    return BlobStore(ContainerClient.from_container_url(address, **_PATIENCE), place)


def _reach_share(datastore: Datastore, credentials: dict[str, str], place: str, identity: Any) -> Store:
    try:
        from azure.storage.fileshare import ShareClient

        from .share import ShareStore
    except ImportError as error:
        raise NotSupported(
            _("Azure Files need a library that is not installed: {place}.", place=place),
            _('Install it: pip install "jupyter_azml[files]"'),
        ) from error
    client = ShareClient(
        _account_address(datastore),
        datastore.container_name,
        credential=_credential(datastore, credentials, place, identity),
        token_intent="backup",  # noqa: S106 - what whoever is signed in has to say, and nothing secret
        **_PATIENCE,
    )
    return ShareStore(client, place)


def container_address(datastore: Datastore) -> str:
    """Where its files are on the web; empty for one on this machine, or whose files have no such address."""
    if datastore.type in (DatastoreType.LOCAL, DatastoreType.AZURE_FILE):
        return ""
    return f"{_account_address(datastore)}/{datastore.container_name}"


def _account_address(datastore: Datastore) -> str:
    if "://" in datastore.endpoint:
        return datastore.endpoint.rstrip("/")
    service = "file" if datastore.type is DatastoreType.AZURE_FILE else "blob"
    return f"{datastore.protocol}://{datastore.account_name}.{service}.{datastore.endpoint or 'core.windows.net'}"


def _credential(datastore: Datastore, credentials: dict[str, str], place: str, identity: Any) -> Any:
    if datastore.credentials is CredentialsType.ACCOUNT_KEY:
        return {"account_name": _account(datastore), "account_key": credentials["account_key"]}
    if datastore.credentials is CredentialsType.SAS:
        from azure.core.credentials import AzureSasCredential

        token = credentials["sas_token"].lstrip("?")
        _check_not_expired(token, place)
        return AzureSasCredential(token)
    if identity is not None and datastore.credentials is CredentialsType.NONE:
        return identity
    from azure.identity import ClientSecretCredential, DefaultAzureCredential

    if datastore.credentials is CredentialsType.SERVICE_PRINCIPAL:
        words = (credentials[name] for name in ("tenant_id", "client_id", "client_secret"))
        return ClientSecretCredential(*words)
    return DefaultAzureCredential()


def _account(datastore: Datastore) -> str:
    # An address that is no domain has the account as its path, as Azurite's has.
    return datastore.account_name or datastore.endpoint.rstrip("/").rpartition("/")[2]


def _check_not_expired(token: str, place: str) -> None:
    ends = parse_qs(token).get("se", [""])[0]
    try:
        moment = datetime.fromisoformat(ends)
    except ValueError:
        return
    if moment.replace(tzinfo=moment.tzinfo or UTC) < datetime.now(UTC):
        raise StorageRefused(
            _("The shared access signature of {place} expired on {moment}.", place=place, moment=ends),
            _("Make a new one, and create the datastore again with it."),
        )
