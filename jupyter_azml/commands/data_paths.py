"""Tab completion of data: names of assets, and paths in datastores, folder by folder."""

import re

import click

from ..errors import AzmlError
from ..workspace import Workspace

_MOST = 100
_ADDRESS = re.compile(r"(azureml://datastores/(?P<store>[^/]*))(?:/paths/(?P<path>.*))?")
_SCHEME = "azureml://datastores/"


def data_paths(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Assets by name; addresses once one is begun. What cannot be reached completes to nothing."""
    workspace = ctx.find_root().obj.workspace
    try:
        if found := _ADDRESS.fullmatch(incomplete):
            return _addresses(workspace, found["store"], found["path"])
        if incomplete.startswith("azureml:"):
            return [f"azureml:{name}" for name in _assets(workspace, incomplete.removeprefix("azureml:"))] + (
                [_SCHEME] if _SCHEME.startswith(incomplete) else []
            )
        return _assets(workspace, incomplete)
    except AzmlError:
        return []


def datastore_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return _stores(ctx.find_root().obj.workspace, incomplete)


def datastore_paths(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """In the datastore that the line names before."""
    store = ctx.params.get("name")
    try:
        return _below(ctx.find_root().obj.workspace, store, incomplete) if store else []
    except AzmlError:
        return []


def _assets(workspace: Workspace, incomplete: str) -> list[str]:
    name, colon, version = incomplete.partition(":")
    if colon:
        versions = (asset.version for asset in workspace.data.list(name, limit=_MOST).items)
        return [f"{name}:{each}" for each in versions if each.startswith(version)]
    return [asset.name for asset in workspace.data.list(limit=_MOST).items if asset.name.startswith(name)]


def _addresses(workspace: Workspace, store: str, path: str | None) -> list[str]:
    if path is None:
        return [f"{_SCHEME}{name}/paths/" for name in _stores(workspace, store)]
    return [f"{_SCHEME}{store}/paths/{found}" for found in _below(workspace, store, path)]


def _stores(workspace: Workspace, incomplete: str) -> list[str]:
    stores = workspace.datastores.list(limit=_MOST).items
    return [store.name for store in stores if store.name.startswith(incomplete)]


def _below(workspace: Workspace, store: str, incomplete: str) -> list[str]:
    folder = incomplete.rpartition("/")[0]
    page = workspace.datastores.browse(store, folder, limit=1000)
    found = (f"{file.path}/" if file.is_folder else file.path for file in page.items)
    return [path for path in found if path.startswith(incomplete)][:_MOST]
