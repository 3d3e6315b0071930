"""Files to and from blob storage, beside azure-storage-blob alone, against Azurite."""

import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from .measure import Row, in_turn, timed

if TYPE_CHECKING:
    from azure.storage.blob import ContainerClient

_MB = 1024**2


def storage(folder: str) -> list[Row]:
    from tests.azurite.server import served

    is_quick = os.environ.get("AZML_BENCH_QUICK") == "1"
    place = Path(folder) / "azurite"
    place.mkdir()
    with served(place) as address:
        return [
            *_transfers(folder, address, 128 if is_quick else 1024),
            *_pages(address, 5_000 if is_quick else 100_000),
        ]


def _transfers(folder: str, address: str, megabytes: int) -> list[Row]:
    from jupyter_azml.entities import CredentialsType, DataAsset, Datastore, DatastoreType, DataType
    from jupyter_azml.local import LocalWorkspace
    from tests.azurite.server import KEY

    container = _container(address)
    workspace = LocalWorkspace(Path(folder) / "home/workspaces/stored")
    kind = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.ACCOUNT_KEY}
    datastore = Datastore(name="raw", endpoint=address, container_name=container.container_name, **kind)
    workspace.datastores.create_or_update(datastore, {"account_key": KEY})
    source = Path(folder) / "large.bin"

    def fresh() -> None:
        """Another content each time, or there would be nothing to send."""
        with source.open("wb") as file:
            for _piece in range(megabytes):
                file.write(os.urandom(_MB))

    def ours() -> float:
        fresh()
        asset = DataAsset(name="large", type=DataType.URI_FILE, path=str(source))
        return timed(lambda: workspace.data.upload(asset, datastore="raw"))

    def peer() -> float:
        fresh()

        def upload() -> None:
            with source.open("rb") as file:
                container.upload_blob(f"peer-{uuid4().hex}", file, max_concurrency=4, length=source.stat().st_size)

        return timed(upload)

    size = f"{megabytes / 1024:g} GB"
    rows = [
        Row(f"data asset of {size} uploaded, hash included", *in_turn(ours, peer, 3), "azure-storage-blob", "≤ 1.3×")
    ]
    asset = DataAsset(name="large", type=DataType.URI_FILE, path=str(source))
    workspace.data.upload(asset, datastore="raw")
    again = timed(lambda: workspace.data.upload(asset, datastore="raw"))
    rows.append(Row(f"the same {size} once more", again))
    container.upload_blob("to-read", source.open("rb"), length=source.stat().st_size)

    def ours_down() -> float:
        target = Path(folder) / uuid4().hex
        took = timed(lambda: workspace.datastores.download("raw", "to-read", target))
        target.unlink()
        return took

    def peer_down() -> float:
        target = Path(folder) / uuid4().hex

        def download() -> None:
            with target.open("wb") as file:
                container.download_blob("to-read", max_concurrency=4).readinto(file)
                os.fsync(file.fileno())

        took = timed(download)
        target.unlink()
        return took

    rows.append(Row(f"{size} downloaded", *in_turn(ours_down, peer_down, 3), "azure-storage-blob", "≤ 1.3×"))
    container.delete_container()
    return rows


def _pages(address: str, count: int) -> list[Row]:
    from jupyter_azml.storage.blob import BlobStore

    container = _container(address)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: container.upload_blob(f"many/{number:06}.txt", b""), range(count)))
    store = BlobStore(container, "the datastore raw")

    def ours() -> object:
        return store.browse("many", limit=200)

    def peer() -> object:
        return next(container.walk_blobs("many/", include=["metadata"], results_per_page=200).by_page(), None)

    ours_took, peer_took = in_turn(ours, lambda: list(peer()), 9)  # type: ignore[call-overload]  # of any items
    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / _MB
    tracemalloc.stop()
    what = f"first page of a folder of {count:,} blobs"
    own = max(0.0, ours_took - peer_took)
    return [
        Row(what, ours_took, peer_took, "azure-storage-blob", ""),
        Row(f"{what}: our own time", own, None, "", "≤ 100 ms"),
        Row(f"{what}: memory", peak, None, "", "flat", "MB"),
    ]


def _container(address: str) -> "ContainerClient":
    from azure.storage.blob import BlobServiceClient

    from tests.azurite.server import ACCOUNT, KEY

    service = BlobServiceClient(address, credential={"account_name": ACCOUNT, "account_key": KEY})
    return service.create_container(f"c{uuid4().hex[:12]}")
