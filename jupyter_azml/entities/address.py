"""How a place where data is may be spelled. Reading one asks nobody whether there is anything.

Source: https://learn.microsoft.com/azure/machine-learning/how-to-read-write-data-v2 and the addresses that azure-ai-ml
writes into jobs; ``runs:/`` is MLflow's.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from ..errors import DataNotFound, NotSupported, UsageError
from ..language import _


class DatastorePath(NamedTuple):
    datastore: str
    path: str
    """Without slashes at its ends; "" is the root."""
    workspace: str = ""
    """Named where the address says whose datastore it is."""


class AssetName(NamedTuple):
    name: str
    version: str | None = None
    label: str | None = None
    workspace: str = ""


class JobPath(NamedTuple):
    job: str
    output: str
    path: str
    workspace: str = ""


class RunPath(NamedTuple):
    """An artifact of an MLflow run."""

    run: str
    path: str


class WebAddress(NamedTuple):
    url: str
    is_open: bool = True
    """Whether it can be read as it stands; ``wasbs`` and ``abfss`` need a datastore that knows the credentials."""


class LocalPath(NamedTuple):
    path: str


Address = DatastorePath | AssetName | JobPath | RunPath | WebAddress | LocalPath

_OWNER = (
    r"(?:subscriptions/[^/]+/resourcegroups/[^/]+(?:/providers/[^/]+)?/workspaces/(?P<workspace>[^/]+)/"
    r"|locations/[^/]+/workspaces/[^/]+/)"
)
_DATASTORE = re.compile(
    rf"azureml://{_OWNER}?datastores/(?P<name>[^/]+)(?:/paths(?:/(?P<path>.*))?)?/?", re.IGNORECASE | re.DOTALL
)
_JOB = re.compile(
    rf"azureml://{_OWNER}?jobs/(?P<job>[^/]+)/outputs/(?P<output>[^/]+)(?:/paths(?:/(?P<path>.*))?)?/?",
    re.IGNORECASE | re.DOTALL,
)
_ASSET = re.compile(r"azureml:(?!/)(?P<name>[^/:@]+)(?::(?P<version>[^/:@]+)|@(?P<label>[^/:@]+))", re.IGNORECASE)
_ASSET_ID = re.compile(
    rf"(?:azureml:/{{0,2}})?/?{_OWNER}data/(?P<name>[^/]+)"
    r"/(?:versions/(?P<version>[^/]+)|labels/(?P<label>[^/]+))",
    re.IGNORECASE,
)
_REGISTRY = re.compile(r"azureml:/{1,2}registries/(?P<name>[^/]+)/.*", re.IGNORECASE | re.DOTALL)
_RUN = re.compile(r"runs:/+(?P<run>[^/]+)(?:/(?P<path>.*))?", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_IN_STORAGE = re.compile(
    r"(?:wasbs?|abfss?)://(?P<container>[^/@]+)@(?P<account>[^/.]+)\.(?:blob|dfs)\.(?P<rest>[^/]+)(?:/(?P<path>.*))?",
    re.IGNORECASE | re.DOTALL,
)


def read_address(text: str) -> Address:
    """Raises DataNotFound for an ``azureml:`` without meaning, NotSupported for what no workspace reads, UsageError."""
    if not text.strip() or "\0" in text:
        raise UsageError(_("The path is empty, or no path."), _("Give a path, or azureml:NAME:VERSION."))
    if found := _DATASTORE.fullmatch(text):
        return DatastorePath(found["name"], _inner(text, found["path"]), found["workspace"] or "")
    if found := _JOB.fullmatch(text):
        return JobPath(found["job"], found["output"], _inner(text, found["path"]), found["workspace"] or "")
    if asset := asset_named(text):
        return asset
    if found := _RUN.fullmatch(text):
        return RunPath(found["run"], _inner(text, found["path"]))
    if found := _IN_STORAGE.fullmatch(text):
        host = f"{found['account']}.blob.{found['rest']}".lower()
        return WebAddress(f"https://{host}/{found['container']}/{quote(_inner(text, found['path']))}", is_open=False)
    if text.lower().startswith(("http://", "https://")):
        return WebAddress(text)
    if text.lower().startswith("file:"):
        return LocalPath(_path_of_file(text))
    if _SCHEME.match(text):
        raise _not_read(text)
    return LocalPath(text)


def asset_named(text: str) -> AssetName | None:
    """None for anything but the name of a data asset."""
    if found := _ASSET_ID.fullmatch(text) or _ASSET.fullmatch(text):
        return AssetName(found["name"], found["version"], found["label"], found.groupdict().get("workspace") or "")
    return None


def same_container(url: str, container_url: str) -> str | None:
    """The path in the container that ``url`` leads to, None when it leads elsewhere. Of no interest are the scheme, the
    case of the host, and whether a data lake is addressed as ``blob`` or as ``dfs``.
    """
    wanted, known = urlsplit(url), urlsplit(container_url.rstrip("/"))
    if _host(wanted.netloc) != _host(known.netloc):
        return None
    path, root = unquote(wanted.path), unquote(known.path)
    if path.rstrip("/") == root:
        return ""
    return path[len(root) + 1 :].strip("/") if path.startswith(f"{root}/") else None


def is_storage(url: str) -> bool:
    """Whether it looks like an address of Azure Storage."""
    return bool(re.fullmatch(r"[^.]+\.(?:blob|dfs)\..+", urlsplit(url).netloc))


def _host(netloc: str) -> str:
    return re.sub(r"^([^.]+)\.dfs\.", r"\1.blob.", netloc.lower())


def _inner(text: str, path: str | None) -> str:
    """Raises DataNotFound for one that leads out."""
    found = (path or "").strip("/")
    if ".." in found.replace("\\", "/").split("/"):
        raise DataNotFound(_("{path} leads out of the place that it names.", path=text), _("Leave out the .. in it."))
    return found


def _path_of_file(text: str) -> str:
    rest = text[len("file:") :]
    if rest.startswith("//"):
        rest = rest[2:]
        host, slash, path = rest.partition("/")
        if host and host != "localhost" and host not in (".", "..", "~"):
            raise NotSupported(
                _("{path} lies on another machine, {host}.", path=text, host=host),
                _("A path of this machine has three slashes: file:///data/rows.csv"),
            )
        rest = rest if host in (".", "..", "~") else slash + path
        return unquote(rest)
    return rest


def _not_read(text: str) -> DataNotFound | NotSupported:
    if found := _REGISTRY.fullmatch(text):
        return NotSupported(
            _("{path} is kept in the registry {name}, and only Azure reads it.", path=text, name=found["name"]),
            _("Download it with `az ml data`, and create a data asset of this workspace from it."),
        )
    if text.lower().startswith("azureml:"):
        return DataNotFound(
            _("{path} names nothing that a workspace has.", path=text),
            _("Write azureml:NAME:VERSION, azureml:NAME@latest or azureml://datastores/NAME/paths/PATH."),
        )
    return NotSupported(
        _("{path} cannot be read: its scheme is not known here.", path=text),
        _("Use a path of this machine, an https:// address or azureml://datastores/NAME/paths/PATH."),
    )
