"""A datastore: a name for a place where files are kept, and how it is reached. Fields as in ``az ml``'s YAML."""

from datetime import datetime
from enum import StrEnum

from .base import Entity


class DatastoreType(StrEnum):
    AZURE_BLOB = "azure_blob"
    AZURE_DATA_LAKE_GEN2 = "azure_data_lake_gen2"
    AZURE_FILE = "azure_file"
    LOCAL = "local"
    """A folder of this machine; no word of Azure's."""


class CredentialsType(StrEnum):
    NONE = "none"
    """Whoever is signed in."""
    ACCOUNT_KEY = "account_key"
    SAS = "sas_token"
    SERVICE_PRINCIPAL = "service_principal"


class Datastore(Entity):
    """Without its credentials: those are kept apart and never shown again."""

    name: str
    type: DatastoreType
    description: str = ""
    tags: dict[str, str] = {}
    account_name: str = ""
    container_name: str = ""
    """The blob container; the file system of a data lake; the share of a file datastore."""
    endpoint: str = ""
    """A domain such as ``core.windows.net``, or a whole address: ``http://127.0.0.1:10000/devstoreaccount1``."""
    protocol: str = "https"
    path: str = ""
    """The folder, of one that is local."""
    credentials: CredentialsType = CredentialsType.NONE
    is_default: bool = False
    created: datetime | None = None
