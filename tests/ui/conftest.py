"""A real JupyterLab and a real Chromium, one of each for all files of a worker; a workspace for each file."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from jupyter_azml.local import LocalWorkspace
from tests.conftest import NotebookWriter, notebook_writer
from tests.processes import end_processes_below
from tests.ui.axe import ALL, COLOURS, faults
from tests.ui.chromium import find_chromium

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCREENSHOTS = ROOT / "screenshots"
READY = "() => window.jupyterapp?.restored.then(() => true)"
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
# What was opened goes, with the kernels behind it; all jobs are listed, and none is followed.
TIDY = """async theme => {
    const { commands, serviceManager, shell } = window.jupyterapp;
    [...shell.widgets('main')].forEach(widget => widget.dispose());
    await serviceManager.sessions.shutdownAll();
    await commands.execute('apputils:change-theme', { theme });
    await commands.execute('azml:show-jobs');
    await new Promise(done => setTimeout(() => requestAnimationFrame(done), 50));
    document.querySelectorAll('.azml-Follow-title button, .azml-Jobs-footer button').forEach(each => each.click());
}"""
OPEN = "path => window.jupyterapp.commands.execute('docmanager:open', { path }).then(() => null)"
WEAR = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
WORN = "theme => document.body.dataset.jpThemeName === theme"

# Milliseconds: a machine that is busy with other things is slow, and not wrong.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
_STARTED = pytest.StashKey[dict[str, Any]]()


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
    """The server's: see ``lab``."""
    return


def once(request: pytest.FixtureRequest, name: str, start: Callable[[], AbstractContextManager[Any]]) -> Any:
    """Started for whichever test of this folder asks first, and ended after the last one of the folder on this worker.

    A fixture of the session would stay for the tests of other folders, and Playwright's loop in their way.
    """
    folder = next(node for node in request.node.iter_parents() if node.path == HERE)
    started = folder.stash.setdefault(_STARTED, {})
    if name not in started:
        context = start()
        started[name] = context.__enter__()

        def end() -> None:
            del started[name]
            context.__exit__(None, None, None)

        folder.addfinalizer(end)
    return started[name]


@dataclass
class Lab:
    url: str
    token: str
    folder: Path
    settings: Path
    layouts: Path
    workspace: LocalWorkspace

    def kept(self, key: str = "layout-restorer:data") -> str:
        """What JupyterLab has kept for the next time, by default of where panels stand: a moment after they moved."""
        states = [json.loads(path.read_text())["data"] for path in self.layouts.glob("*.jupyterlab-workspace")]
        return json.dumps([each.get(key) for each in states])

    def write_setting(self, plugin: str, **values: object) -> None:
        package, name = plugin.split(":")
        path = self.settings / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


@dataclass
class JupyterServer:
    url: str
    token: str
    base: Path

    def ask(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self.url}/{path}", data, headers, method=method), timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    @contextmanager
    def lab(self, name: str) -> Iterator[Lab]:
        """As new, with a workspace of this name."""
        folder, settings = self.base / "work", self.base / "jupyterlab_settings_dir"
        layouts = self.base / "jupyterlab_workspaces_dir"
        shutil.copy(ROOT / "notebooks" / "quickstart.ipynb", folder)
        self.ask("POST", "azml/api/workspaces", {"name": name})
        self.ask("POST", "azml/api/workspace", {"reference": name})
        place = self.base / "azml_home" / "workspaces" / name
        yield Lab(self.url, self.token, folder, settings, layouts, LocalWorkspace(place))
        for session in self.ask("GET", "api/sessions"):
            self.ask("DELETE", f"api/sessions/{session['id']}")
        end_processes_below(place)
        for each in (*folder.iterdir(), *settings.iterdir()):
            shutil.rmtree(each) if each.is_dir() else each.unlink()


@pytest.fixture(scope="module")
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    server = once(request, "server", lambda: jupyter_server(tmp_path_factory.mktemp("jupyter")))
    with server.lab(request.module.__name__.rpartition("test_")[2]) as found:
        yield found


@contextmanager
def jupyter_server(base: Path) -> Iterator[JupyterServer]:
    """Of JupyterLab, and of Notebook 7."""
    (base / "work").mkdir()
    names = "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR"
    folders = {name: str(base / name.lower()) for name in [*names.split(), "IPYTHONDIR", "AZML_HOME"]}
    port, token = free_port(), secrets.token_hex(16)
    # Another one's JupyterLab: see versions.py.
    python = os.environ.get("AZML_UI_PYTHON", sys.executable)
    command = [python, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += [f"--ServerApp.root_dir={base / 'work'}", f"--IdentityProvider.token={token}"]
    command += ["--LabApp.extension_manager=readonly", "--LabApp.news_url=None"]
    command += [f"--{app}.expose_app_in_browser=True" for app in ("LabApp", "JupyterNotebookApp")]
    environment = {**os.environ, **folders, "AZML_LANGUAGE": "en", "AZML_AGENT_IDLE_SECONDS": "20"}
    with (base / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    wait_for(server, f"{url}/api", base / "server.log")
    (base / "jupyterlab_settings_dir").mkdir(exist_ok=True)
    yield JupyterServer(url, token, base)
    server.terminate()
    server.wait(20)
    end_processes_below(base)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
def browser(request: pytest.FixtureRequest) -> BrowserContext:
    """One for all, which keeps what it has fetched and compiled."""
    return once(request, "browser", chromium)


@contextmanager
def chromium() -> Iterator[BrowserContext]:
    path = find_chromium()
    assert path, "No Chromium: run python tests/ui/chromium.py"
    quiet = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*quiet, "--no-sandbox"])
        context = started.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        yield context
        started.close()


@pytest.fixture(scope="module")
def kept_page(browser: BrowserContext) -> Iterator[Page]:
    """Of all tests of a file: loading JupyterLab into it again costs half of what it costs in a new one."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(kept_page: Page) -> Iterator[Page]:
    yield kept_page
    kept_page.unroute_all()


@pytest.fixture
def open_lab(lab: Lab, page: Page):
    def open_it(path: str = "", language: str = "en", theme: str = LIGHT) -> Page:
        lab.write_setting("@jupyterlab/apputils-extension:themes", theme=theme)
        lab.write_setting("@jupyterlab/apputils-extension:notification", fetchNews="false", checkForUpdates=False)
        lab.write_setting("@jupyterlab/translation-extension:plugin", locale=language)
        page.goto(f"{lab.url}/lab{'/tree/' + path if path else ''}?token={lab.token}&reset")
        page.wait_for_function(READY)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        return page

    return open_it


@pytest.fixture
def next_lab(lab: Lab, page: Page, open_lab):
    """What the last test left loaded, with nothing open."""

    def open_it(path: str = "", theme: str = LIGHT) -> Page:
        if not page.evaluate("() => 'jupyterapp' in window"):
            return open_lab(path, theme=theme)
        page.evaluate(TIDY, theme)
        page.wait_for_function(WORN, arg=theme)
        if path:
            page.evaluate(OPEN, path)
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


@pytest.fixture
def audited(page: Page):
    """Looks at what is shown now: whole in the light, at its colours in the dark."""
    found: list[str] = []

    def look(where: str, selector: str) -> None:
        for theme, rules in ((DARK, COLOURS), (LIGHT, ALL)):
            page.evaluate(WEAR, theme)
            page.wait_for_function(WORN, arg=theme)
            found.extend(f"{where}, {theme}: {fault}" for fault in faults(page, selector, rules))

    yield look
    assert found == []
