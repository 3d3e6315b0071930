"""Azurite, Microsoft's emulator of Azure Storage, on a port of its own; one for all tests of a process."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import trustme
from azure.storage.blob import BlobServiceClient, ContainerClient

AZURITE = Path(__file__).parent / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
ACCOUNT = "devstoreaccount1"
# Azurite's published key, the same everywhere.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The account's address."""
    with served(tmp_path_factory.mktemp("azurite"), "--inMemoryPersistence") as address:
        yield address


@contextmanager
def served(folder: Path, *more: str) -> Iterator[str]:
    """The account's address. What is kept on disk lies in ``folder``."""
    assert AZURITE.exists(), "Azurite is not installed: run make test, or npm ci in tests/azurite"
    port = _free_port()
    words = ["node", str(AZURITE), "--blobHost", "127.0.0.1", "--blobPort", str(port)]
    words += ["--silent", "--disableTelemetry", "--skipApiVersionCheck", *more]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=log, cwd=folder, text=True, start_new_session=True
        )
    try:
        assert process.stdout is not None
        assert any("successfully listens" in line for line in process.stdout), "Azurite did not start"
        yield f"{'https' if '--cert' in more else 'http'}://127.0.0.1:{port}/{ACCOUNT}"
    finally:
        # node may be a script that starts it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def served_encrypted(folder: Path) -> Iterator[str]:
    """The same with a certificate, so that it lets in whoever is signed in: the service takes no token in clear.

    Whoever is to trust it reads ``folder / "authority.pem"``.
    """
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    words = ["--inMemoryPersistence", "--oauth", "basic"]
    with served(folder, *words, "--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")) as address:
        yield address


@pytest.fixture
def container(azurite: str) -> ContainerClient:
    """A new container, as its owner sees it."""
    service = BlobServiceClient(azurite, credential={"account_name": ACCOUNT, "account_key": KEY})
    return service.create_container(f"c{uuid4().hex[:12]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
