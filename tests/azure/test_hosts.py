"""Which hosts are spoken to: none on import, and Azure's alone when something is asked; nobody is told of it."""

import socket
import subprocess
import sys
import threading

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.errors import AzmlError

from ..fakes.loopback import FixedToken

IMPORTS = """
import sys
heard = []
sys.addaudithook(lambda event, _args: heard.append(event) if event.startswith("socket.") else None)
import jupyter_azml.azure, jupyter_azml.azure.workspaces, jupyter_azml.azure.login, jupyter_azml.connect
from jupyter_azml.azure import AzureWorkspace
AzureWorkspace("s", "g", "w").info()
spies = [name for name in sys.modules if name.startswith(("opentelemetry", "applicationinsights", "azure.monitor"))]
print([event for event in heard if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto")], spies)
"""


@pytest.fixture
def proxy(monkeypatch):
    """Writes down who is asked for, and lets nobody through."""
    asked = []

    def listen(listener):
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(4096).split(b" ")[1].decode())
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        threading.Thread(target=listen, args=(listener,), daemon=True).start()
        yield asked
        listener.shutdown(socket.SHUT_RDWR)


def test_importing_speaks_to_nobody_and_brings_no_telemetry():
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


def test_only_the_service_is_asked(proxy, monkeypatch):
    monkeypatch.setattr("azure.core.pipeline.transport.RequestsTransport.sleep", lambda _self, _time: None)
    azure = AzureWorkspace("s", "g", "w", credential=FixedToken("s3cr3t"))
    for ask in (azure.check, azure.jobs.list, azure.computes.list, azure.endpoints.list, azure.secrets.list):
        with pytest.raises(AzmlError) as caught:
            ask()
        assert "HTTPS_PROXY" in caught.value.hint
        assert "s3cr3t" not in str(caught.value)
    assert set(proxy) == {"management.azure.com:443"}
