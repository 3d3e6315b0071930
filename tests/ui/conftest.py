"""A real JupyterLab, a real Chromium, a local workspace of their own."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from jupyter_azml.local import LocalWorkspace
from tests.conftest import NotebookWriter, end_processes_below, notebook_writer
from tests.ui.chromium import find_chromium

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
READY = "() => window.jupyterapp?.restored.then(() => true)"

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def jp_asyncio_loop():
    """pytest-jupyter's own, for every test, does not go together with Playwright's synchronous API."""
    return


@pytest.fixture(autouse=True)
def jp_server_cleanup():
    """As above."""
    return


@pytest.fixture(autouse=True)
def azml_home():
    """The server's, for all tests of a file: see ``lab``."""
    return


@dataclass
class Lab:
    url: str
    token: str
    folder: Path
    settings: Path
    workspace: LocalWorkspace

    def write_setting(self, plugin: str, **values: object) -> None:
        package, name = plugin.split(":")
        path = self.settings / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module", params=["lab"])
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    base = tmp_path_factory.mktemp("jupyter")
    folder = base / "work"
    folder.mkdir()
    shutil.copy(ROOT / "notebooks" / "quickstart.ipynb", folder)
    names = "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR"
    folders = {name: str(base / name.lower()) for name in [*names.split(), "IPYTHONDIR", "AZML_HOME"]}
    port, token = free_port(), secrets.token_hex(16)
    # Another one's JupyterLab: see versions.py.
    python = os.environ.get("AZML_UI_PYTHON", sys.executable)
    command = [python, "-m", "jupyterlab" if request.param == "lab" else "notebook", "--no-browser"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}", "--allow-root"]
    command += ["--LabApp.extension_manager=readonly", "--LabApp.news_url=None", "--expose-app-in-browser"]
    environment = {**os.environ, **folders, "AZML_LANGUAGE": "en", "AZML_AGENT_IDLE_SECONDS": "20"}
    with (base / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    wait_for(server, f"{url}/api", base / "server.log")
    workspace = LocalWorkspace(Path(folders["AZML_HOME"]) / "workspaces" / "local")
    yield Lab(url, token, folder, Path(folders["JUPYTERLAB_SETTINGS_DIR"]), workspace)
    server.terminate()
    server.wait(20)
    end_processes_below(base)


def wait_for(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Each attempt is one connection; the server's own start is the clock."""
    for _attempt in range(2000):
        assert server.poll() is None, log.read_text()
        try:
            urlopen(url, timeout=30).close()
            return
        except (URLError, ConnectionError):
            server_tick(server)
    raise AssertionError(log.read_text())


def server_tick(server: "subprocess.Popen[bytes]") -> None:
    try:
        server.wait(0.05)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    assert path, "No Chromium: run python tests/ui/chromium.py"
    quiet = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*quiet, "--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(lab: Lab, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def open_lab(lab: Lab, page: Page):
    def open_it(path: str = "", language: str | None = None, theme: str = "JupyterLab Light") -> Page:
        lab.write_setting("@jupyterlab/apputils-extension:themes", theme=theme)
        lab.write_setting("@jupyterlab/apputils-extension:notification", fetchNews="false", checkForUpdates=False)
        lab.write_setting("@jupyterlab/translation-extension:plugin", locale=language or "en")
        page.goto(f"{lab.url}/lab{'/tree/' + path if path else ''}?token={lab.token}&reset")
        page.wait_for_function(READY)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        return page

    return open_it


@pytest.fixture
def write_notebook(lab: Lab) -> NotebookWriter:
    return notebook_writer(lab.folder)


@pytest.fixture
def shot(page: Page):
    """Takes a screenshot that a person then looks at."""

    def take(name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return take
