"""A look into a CSV and a Parquet of 1 GB (50 MB with ``AZML_BENCH_QUICK=1``), on this machine and in Azurite."""

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .measure import Row, timed

SIZE = 50_000_000 if os.environ.get("AZML_BENCH_QUICK") == "1" else 1_000_000_000
ROUNDS = 7
_COLUMNS = (
    "range AS id, (random() * 1000)::INT AS k, 'name_' || (random() * 1e6)::INT AS s, "
    "TIMESTAMP '2024-01-01' + INTERVAL (range) SECOND AS t, random() * 100 AS b, "
    + ", ".join(f"random() AS {name}" for name in "acdef")
)
_BYTES_PER_ROW = {"csv": 157, "parquet": 66}


def preview(folder: str) -> list[Row]:
    from jupyter_azml.actions.preview_data import preview_data
    from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
    from jupyter_azml.local import LocalWorkspace
    from tests.azurite.server import KEY, served

    rows: list[Row] = []
    workspace = LocalWorkspace(Path(folder) / "home/workspaces/preview")
    with tempfile.TemporaryDirectory() as made, served(Path(made)) as address:
        container = _container(address)
        endpoint = Datastore(
            name="azurite",
            type=DatastoreType.AZURE_BLOB,
            endpoint=address,
            container_name=container.container_name,
            credentials=CredentialsType.ACCOUNT_KEY,
        )
        workspace.datastores.create_or_update(endpoint, {"account_key": KEY})
        for file in _files(Path(made)):
            with file.open("rb") as opened:
                container.upload_blob(file.name, opened, max_concurrency=2)
            size = f"{file.stat().st_size / 1e9:.2g} GB"
            kind = file.suffix[1:]
            for place, path in ((" here", str(file)), (", Azurite", f"azureml://datastores/azurite/paths/{file.name}")):
                preview_data(workspace, path)
                with _received() as received:
                    took = statistics.median(
                        timed(lambda path=path: preview_data(workspace, path)) for _round in range(ROUNDS)
                    )
                rows.append(Row(f"look into a {kind} of {size}{place}", took, None, "", "<=0.3 s"))
                if "azureml" in path:
                    megabytes = sum(received) / ROUNDS / 1e6
                    rows.append(Row(f"what it receives, {kind}", megabytes, None, "", "<20 MB", "MB"))
            file.unlink()
    return rows


def _files(folder: Path) -> Iterator[Path]:
    """As other programs write them: the Parquet with a million rows to a row group, as pandas does."""
    import duckdb
    from pyarrow import parquet

    with duckdb.connect() as connection:
        file = folder / "big.csv"
        connection.execute(f"COPY (SELECT {_COLUMNS} FROM range({SIZE // _BYTES_PER_ROW['csv']})) TO '{file}' (HEADER)")
        yield file
        file, left = folder / "big.parquet", SIZE // _BYTES_PER_ROW["parquet"]
        writer = None
        while left > 0:
            group = connection.sql(f"SELECT {_COLUMNS} FROM range({min(left, 1_000_000)})").to_arrow_table()
            writer = writer or parquet.ParquetWriter(file, group.schema)
            writer.write_table(group, row_group_size=1_000_000)
            left -= 1_000_000
        if writer is not None:
            writer.close()
        yield file


def _container(address: str):
    from azure.storage.blob import BlobServiceClient

    from tests.azurite.server import ACCOUNT, KEY

    service = BlobServiceClient(address, credential={"account_name": ACCOUNT, "account_key": KEY})
    return service.create_container("bench")


@contextmanager
def _received() -> Iterator[list[int]]:
    """The lengths of the answers that the library gets meanwhile, as their headers tell."""
    from azure.core.pipeline.transport import RequestsTransport

    lengths: list[int] = []
    send = RequestsTransport.send

    def counted(self, request, **options):
        response = send(self, request, **options)
        if request.method == "GET":
            lengths.append(int(response.headers.get("Content-Length", 0)))
        return response

    RequestsTransport.send = counted
    try:
        yield lengths
    finally:
        RequestsTransport.send = send
