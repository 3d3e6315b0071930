"""The tracking URI of a local workspace. No mlflow here: those who only hand the address on need not wait for it."""

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

SCHEME = "azml"


def tracking_uri(workspace_folder: Path) -> str:
    return f"{SCHEME}://{quote(str(workspace_folder))}"


def workspace_folder(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))
