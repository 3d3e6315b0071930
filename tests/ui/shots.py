"""``python -m tests.ui.shots FOLDER``: a picture of each panel, in both themes and both languages, to be looked at.

The workspace is made on the first call and stays in FOLDER. ``--only WORD`` leaves out pictures without the word in
their names, ``--theme`` and ``--language`` leave out the other ones.
"""

import argparse
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Route, sync_playwright

from jupyter_azml.local import LocalWorkspace
from tests.benchmarks.live import jupyterlab
from tests.benchmarks.page import job
from tests.ui.chromium import find_chromium
from tests.ui.sample import LONG, fill

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
LANGUAGES = {"en": "en", "fr": "fr_FR"}
WIDE, NARROW = 340, 220
SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 700))"
EXECUTE = "([id, args]) => void window.jupyterapp.commands.execute(id, args)"
LOADED = "() => [...document.querySelectorAll('.azml-Loading')].every(each => !/…$/.test(each.textContent))"
SIZE = """width => {
    const split = window.jupyterapp.shell._hsplitPanel;
    const total = split.node.clientWidth;
    split.setRelativeSizes([width / total, 1 - width / total, 0]);
}"""
SECTIONS = ("jobs", "data", "computes", "environments", "models", "endpoints")
EMPTY = {"items": [], "continuation": None}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--only", default="")
    options.add_argument("--theme", choices=THEMES)
    options.add_argument("--language", choices=LANGUAGES)
    asked = options.parse_args()
    folder = asked.folder.absolute()
    with served(folder) as (address, workspace), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for language in [asked.language] if asked.language else LANGUAGES:
            for theme in [asked.theme] if asked.theme else THEMES:
                write_settings(folder, THEMES[theme], LANGUAGES[language])
                context = browser.new_context(viewport={"width": 1280, "height": 860})
                context.set_default_timeout(120_000)
                take = Shots(context.new_page(), address, folder / f"{theme}-{language}", asked.only)
                take.everything(workspace)
                context.close()


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, LocalWorkspace]]:
    os.environ |= {"AZML_HOME": str(folder / "home"), "AZML_LANGUAGE": "en", "AZML_AGENT_IDLE_SECONDS": "20"}
    work = folder / "work" / "churn"
    workspace = LocalWorkspace(folder / "home" / "workspaces" / "local")
    if not work.exists():
        work.mkdir(parents=True)
        fill(workspace, work)
    with jupyterlab(work.parent) as (url, token):
        yield f"{url}/lab?token={token}&reset", workspace


def write_settings(folder: Path, theme: str, language: str) -> None:
    for name, values in {
        "apputils-extension/themes": {"theme": theme},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "translation-extension/plugin": {"locale": language},
    }.items():
        path = folder / "work" / "jupyterlab_settings_dir" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


class Shots:
    def __init__(self, page: Page, address: str, folder: Path, only: str) -> None:
        self.page, self.address, self.folder, self.only = page, address, folder, only

    def everything(self, workspace: LocalWorkspace) -> None:
        jobs = {each.display_name: each.name for each in workspace.jobs.list(limit=50).items}
        trained = [jobs["medium steps"], jobs["small steps"], jobs[LONG]]
        self.sidebar(trained[0])
        self.dialogs()
        self.panel("job", {"name": trained[0]})
        self.panel("job", {"name": jobs["evaluate on last week"]}, "job-failed")
        self.panel("job", {"name": jobs["nightly retraining"]}, "job-running", tabs=False)
        self.command("compare", "azml:compare-jobs", {"names": trained})
        self.panel("model", {"name": "churn"})
        self.panel("endpoint", {"name": "churn"})
        self.panel("endpoint", {"name": "risk"}, "endpoint-failed")
        self.panel("batch-endpoint", {"name": "nightly"})
        self.command("preview", "azml:preview-data", {"path": "azureml:customers:2"}, tabs=True)
        self.faults()
        self.many()

    def sidebar(self, followed: str) -> None:
        for width, word in ((WIDE, ""), (NARROW, "narrow-")):
            if not self.wants("sidebar"):
                return
            self.open(width=width)
            for section in SECTIONS:
                self.page.locator(f"[role=tab][data-tab={section}]").click()
                self.settle()
                rows = self.page.locator("#jp-azml-sidebar :is([data-head], .azml-TreeRow)")
                for number in (1, 0):
                    if section in ("computes", "environments", "data") and rows.count() > number:
                        rows.nth(number).click()
                self.shoot(f"sidebar-{word}{section}", "#jp-azml-sidebar")
            self.page.locator("[role=tab][data-tab=jobs]").click()
            self.run("azml:follow-job", {"name": followed})
            self.shoot(f"sidebar-{word}followed", "#jp-azml-sidebar")
            self.page.locator(".azml-Header-switch").click()
            self.shoot(f"sidebar-{word}menu")
            self.page.keyboard.press("Escape")

    def dialogs(self) -> None:
        self.command("submit", "azml:run-notebook", {"path": "churn/train.ipynb"})
        for name in ("azml:create-workspace", "azml:attach-workspace", "azml:register-model", "azml:create-endpoint"):
            self.command(f"form-{name[5:]}", name, {})
        for section in ("computes", "environments"):
            if self.wants(f"form-{section}"):
                self.open()
                self.page.locator(f"[role=tab][data-tab={section}]").click()
                self.page.locator("#jp-azml-sidebar .azml-Bar > .azml-IconButton").last.click()
                self.shoot(f"form-{section}")
        self.command("form-deploy", "azml:deploy-model", {"name": "churn", "version": "2"})
        self.command("form-upload", "azml:upload-files", {})

    def faults(self) -> None:
        empty = re.compile(r"/azml/api/(jobs|data|models|endpoints|batch-endpoints|environments|datastores)(\?|$)")
        self.answered("empty", empty, lambda route: route.fulfill(json=EMPTY))
        error = {
            "code": "WorkspaceError",
            "message": "The workspace's database is damaged.",
            "hint": "Run: azml workspace repair",
        }
        self.answered("error", empty, lambda route: route.fulfill(status=500, json=error))
        self.answered("offline", re.compile("/azml/api/"), lambda route: route.abort())

    def many(self) -> None:
        jobs = {"items": [job(number) for number in range(10_000)], "continuation": None}
        self.answered("many", re.compile(r"/azml/api/jobs\?"), lambda route: route.fulfill(json=jobs), SECTIONS[:1])

    def answered(
        self, name: str, what: re.Pattern[str], answer: Callable[[Route], None], sections: tuple[str, ...] = SECTIONS
    ) -> None:
        if self.wants(name):
            self.page.route(what, answer)
            self.open()
            for section in sections:
                self.page.locator(f"[role=tab][data-tab={section}]").click()
                self.shoot(f"{name}-{section}", "#jp-azml-sidebar")
            self.page.unroute(what)

    def panel(self, kind: str, args: dict[str, Any], name: str = "", tabs: bool = True) -> None:
        self.command(name or kind, f"azml:open-{kind}", args, tabs)

    def command(self, name: str, command: str, args: dict[str, Any], tabs: bool = False) -> None:
        """What it shows; then each of its tabs."""
        if not self.wants(name):
            return
        self.open()
        self.run(command, args)
        self.shoot(name)
        panel = self.page.locator(".jp-MainAreaWidget:not(.lm-mod-hidden) .azml-PanelBody").last
        for tab in panel.get_by_role("tab").all()[1:] if tabs else ():
            tab.click()
            self.shoot(f"{name}-{tab.get_attribute('data-tab')}")

    def open(self, width: int = WIDE) -> None:
        page = self.page
        page.goto(self.address)
        page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.run("azml:show-jobs", {})
        page.evaluate(SIZE, width)

    def run(self, command: str, args: dict[str, Any]) -> None:
        self.page.evaluate(EXECUTE, [command, args])
        self.settle()

    def settle(self) -> None:
        """What never settles is looked at as it is."""
        self.page.evaluate(SETTLED)
        with suppress(Error):
            self.page.wait_for_function(LOADED, timeout=20_000)

    def shoot(self, name: str, selector: str = "") -> None:
        self.settle()
        self.folder.mkdir(exist_ok=True)
        part = self.page.locator(selector) if selector else self.page
        try:
            part.screenshot(path=self.folder / f"{name}.png", timeout=20_000)
        except Error as error:
            print(f"{name}: {error}")

    def wants(self, name: str) -> bool:
        return self.only in name


if __name__ == "__main__":
    main()
