"""Microsoft's own clients, unmodified and under Azure's real names, end in the emulator; other hosts are untouched."""

import json
import os
import socket
import ssl
import stat
import subprocess
import sys
import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential, DefaultAzureCredential, DeviceCodeCredential

from jupyter_azml.actions.emulate import start_emulator
from jupyter_azml.cli.main import run_line
from jupyter_azml.connect import Connections
from tests.processes import command_lines_below, end_processes_below

SCOPE = "https://management.azure.com/.default"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("emulated")
    yield folder
    end_processes_below(folder)


@pytest.fixture(scope="module")
def state(home):
    """What the emulator wrote about itself."""
    environment = {**os.environ, "AZML_HOME": str(home)}
    started = subprocess.run(
        [sys.executable, "-m", "jupyter_azml", "emulator", "start"],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    (file,) = home.rglob("emulator.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return json.loads(file.read_text())


@pytest.fixture
def under_it(state, monkeypatch):
    for name, value in state["variables"].items():
        monkeypatch.setenv(name, value)
    return state


def answer(path, token, host="management.azure.com"):
    return requests.get(f"https://{host}{path}?api-version=2024-10-01", headers={"Authorization": f"Bearer {token}"})


def test_the_default_credential_signs_in_and_the_workspace_is_there_by_its_real_address(under_it):
    token = DefaultAzureCredential().get_token(SCOPE).token
    found = answer(under_it["identity"], token)
    assert found.status_code == 200
    assert found.json()["properties"]["mlFlowTrackingUri"].startswith("azureml://local.api.azureml.ms/mlflow/")
    page = answer(under_it["identity"] + "/computes", token).json()
    assert [compute["name"] for compute in page["value"]] == ["local"]
    assert answer(under_it["identity"], "made up").status_code == 401


def test_a_device_code_and_a_service_principal_sign_in_too_and_a_wrong_secret_does_not(under_it):
    said = []
    device = DeviceCodeCredential(prompt_callback=lambda address, code, _until: said.append((address, code)))
    assert answer(under_it["identity"], device.get_token(SCOPE).token).status_code == 200
    assert said[0][0] == "https://microsoft.com/devicelogin"
    tenant = "11111111-0000-0000-0000-000000000000"
    principal = ClientSecretCredential(tenant, "app", under_it["variables"]["IDENTITY_HEADER"])
    assert answer(under_it["identity"], principal.get_token(SCOPE).token).status_code == 200
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        ClientSecretCredential(tenant, "app", "guessed").get_token(SCOPE)


def test_who_does_not_bring_the_secret_gets_nothing(state):
    for header in ("", f"Proxy-Authorization: Basic {b64encode(b'azml:guessed').decode()}\r\n"):
        with socket.create_connection(("127.0.0.1", state["port"])) as client:
            client.sendall(f"CONNECT management.azure.com:443 HTTP/1.1\r\n{header}\r\n".encode())
            assert client.recv(100).startswith(b"HTTP/1.1 407 ")
    asked = requests.get(
        f"http://127.0.0.1:{state['port']}/msi/token?resource=https://management.azure.com",
        headers={"X-IDENTITY-HEADER": "guessed"},
    )
    assert (asked.status_code, "access_token" in asked.text) == (403, False)


def test_another_user_of_the_machine_is_signed_in_by_no_name_and_finds_no_file(state, home):
    """Past the proxy's secret: whoever only knows the port, and says that it asks for a host of Azure's."""
    here = f"http://127.0.0.1:{state['port']}"
    code = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": "x", "device_code": "guessed"}
    asked = [
        ("POST", "login.microsoftonline.com", "/common/oauth2/v2.0/devicecode"),
        ("POST", "login.microsoftonline.com", "/common/oauth2/v2.0/token"),
        ("GET", "management.azure.com", f"{state['identity']}?api-version=2024-10-01"),
        ("GET", "any.blob.core.windows.net", "/?comp=list"),
        ("GET", "evil.example", "/"),
        ("GET", "evil.example:80", f"{state['identity']}?api-version=2024-10-01"),
    ]
    with requests.Session() as session:
        session.trust_env = False
        for method, host, path in asked:
            refused = session.request(method, here + path, data=code, headers={"Host": host})
            assert refused.status_code == 404, (host, path)
        for path in (state["identity"], "/storage/x/c", "/vault/secrets", "/azml/faults", "/msi/token?resource=r"):
            assert session.get(here + path).status_code in (401, 403), path
    (folder,) = home.glob("emulator/*")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700, "whatever lies in it"
    secrets = {state["variables"]["IDENTITY_HEADER"], "PRIVATE KEY"}
    told = {
        file
        for file in folder.rglob("*")
        if file.is_file() and any(one in file.read_text("latin-1") for one in secrets)
    }
    assert {stat.S_IMODE(file.stat().st_mode) for file in told} == {0o600}
    assert folder / "emulator.log" not in told


def test_a_host_that_is_not_azures_is_reached_untouched(state):
    with socket.create_server(("127.0.0.1", 0)) as outside:

        def answer_once():
            connection, _address = outside.accept()
            with connection:
                connection.sendall(b"heard " + connection.recv(100))

        thread = threading.Thread(target=answer_once)
        thread.start()
        secret = state["variables"]["IDENTITY_HEADER"]
        login = b64encode(f"azml:{secret}".encode()).decode()
        with socket.create_connection(("127.0.0.1", state["port"])) as client:
            target = f"127.0.0.1:{outside.getsockname()[1]}"
            client.sendall(f"CONNECT {target} HTTP/1.1\r\nProxy-Authorization: Basic {login}\r\n\r\n".encode())
            assert b" 200 " in client.recv(100)
            client.sendall(b"plain words")
            assert client.recv(100) == b"heard plain words"
        thread.join()


def test_a_host_of_azures_that_is_not_emulated_says_so_and_telemetry_ends_here(under_it):
    assert "does not stand in for" in requests.get("https://graph.microsoft.com/v1.0/me").json()["error"]["message"]
    assert requests.post("https://dc.services.visualstudio.com/v2/track", json={}).status_code == 200


def test_nobody_else_trusts_it(state):
    login = b64encode(f"azml:{state['variables']['IDENTITY_HEADER']}".encode()).decode()
    with socket.create_connection(("127.0.0.1", state["port"])) as client:
        client.sendall(
            f"CONNECT management.azure.com:443 HTTP/1.1\r\nProxy-Authorization: Basic {login}\r\n\r\n".encode()
        )
        client.recv(100)
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(client, server_hostname="management.azure.com")


def test_a_command_runs_under_it_and_what_came_with_it_leaves_with_it(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    code = "import os, sys; print(os.environ['IDENTITY_ENDPOINT']); sys.exit(7)"
    assert run_line(["emulator", "--", sys.executable, "-c", code]) == 7
    out, err = capfd.readouterr()
    assert out.startswith("http://127.0.0.1:")
    assert "config.json" in err
    assert json.loads((tmp_path / "config.json").read_text())["workspace_name"] == "local"
    assert run_line(["emulator", "status"]) == 0
    assert capfd.readouterr().out == "The emulator of local does not run.\n"
    assert run_line(["emulator", "env"]) == 2
    assert run_line(["emulator", "--", "no-such-command"]) == 2
    assert "no-such-command cannot be run" in capfd.readouterr().err
    (tmp_path / "config.json").write_text('{"workspace_name": "else"}')
    info = Connections().workspace().info()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(start_emulator, [info] * 3))
    lines = command_lines_below(Path(os.environ["AZML_HOME"]))
    assert len([line for line in lines if line.endswith("-m jupyter_azml.emulator")]) == 1
    assert run_line(["emulator", "start"]) == 0
    assert "names another workspace" in capfd.readouterr().err
    assert run_line(["emulator", "stop"]) == 0


def test_signing_in_by_a_code_is_remembered_said_and_forgotten_and_leaves_no_token_in_sight(
    under_it, home, tmp_path, monkeypatch, capfd
):
    monkeypatch.setenv("AZML_HOME", str(tmp_path))
    assert run_line(["account"]) == 0
    assert "ManagedIdentityCredential" in capfd.readouterr().out
    assert run_line(["login", "--device-code"]) == 0
    out, err = capfd.readouterr()
    assert "https://microsoft.com/devicelogin" in err
    assert "azml login" in out
    (account,) = (tmp_path / "sign-in").glob("account.json")
    for file in (tmp_path / "sign-in").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "eyJ" not in account.read_text() + out + err
    assert run_line(["account", "-o", "json"]) == 0
    known = json.loads(capfd.readouterr().out)
    assert (known["credential"], known["name"]) == ("azml login", "student@emulator.invalid")

    kept = account.read_text()
    account.write_text(kept.replace(known["tenant"], "11111111-0000-0000-0000-000000000000"))
    assert run_line(["account"]) == 0
    assert "ManagedIdentityCredential" in capfd.readouterr().out, "tokens of Azure are for Azure alone"
    account.write_text(kept)

    parts = under_it["identity"].split("/")
    assert run_line(["workspace", "list", "--azure", "-o", "json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert [(each["name"], each["location"]) for each in found if each["kind"] == "azure"] == [
        (parts[8], f"{parts[2]}/{parts[4]}")
    ]
    assert run_line(["attach", "-s", parts[2], "-g", parts[4], "-w", parts[8]]) == 0
    assert run_line(["workspace", "show"]) == 0
    assert "/Microsoft.KeyVault/vaults/" in capfd.readouterr().out
    assert run_line(["workspace", "access", "-o", "json"]) == 0
    assert json.loads(capfd.readouterr().out)[0]["role"] == "Owner"

    assert run_line(["logout"]) == 0
    assert "Signed out" in capfd.readouterr().err
    assert not account.exists()
    assert "refresh_token" not in (tmp_path / "sign-in" / "tokens.bin").read_text().lower()
    assert run_line(["logout"]) == 0
    assert "Nobody had signed in" in capfd.readouterr().err


def test_without_any_sign_in_it_is_said_what_to_do(state, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("AZML_HOME", str(tmp_path))
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")  # of all that azure-identity would try
    monkeypatch.delenv("AZURE_CLIENT_ID", raising=False)
    assert run_line(["account"]) == 5
    err = capfd.readouterr().err
    assert "azml login" in err
    assert len(err.strip().splitlines()) == 2
