"""The whole project from the sidebar: with the mouse in the light, and with the keyboard alone in the dark.

Every panel on the way is looked at by axe, and photographed.
"""

import json

import pytest
from playwright.sync_api import Page, expect

from jupyter_azml.entities import JobQuery, JobStatus
from tests.ui.axe import STILL, faults
from tests.ui.keys import Keys

PARAMETERS = "# parameters\nlr = 0.1\nrows = ''"
TRAINING = """
import csv, json, math, pathlib, mlflow
lengths = [float(row["length"]) for row in csv.DictReader(open(rows))]
for step in range(60):
    mlflow.log_metrics({"loss": math.exp(-lr * step), "accuracy": 1 - math.exp(-lr * step) / 2}, step=step)
pathlib.Path("outputs").mkdir(exist_ok=True)
pathlib.Path("outputs/model.json").write_text(json.dumps({"mean": sum(lengths) / len(lengths)}))
print("mean", sum(lengths) / len(lengths))
"""
SCRIPT = """
import json, os, pathlib

def init():
    global mean
    (found,) = pathlib.Path(os.environ["AZUREML_MODEL_DIR"]).rglob("model.json")
    mean = json.loads(found.read_text())["mean"]

def run(data):
    return [value - mean for value in json.loads(data)["input_data"]["data"]]
"""
TABLE = "species,length\n" + "".join(f"{'ab'[n % 2]},{n % 10}\n" for n in range(400))
LOOP = "import time\nwhile True: time.sleep(0.1)"
SLOW = 240_000


@pytest.fixture
def project(lab, write_notebook, tmp_path):
    """Files of the user: two notebooks and a script in Jupyter's folder, a table elsewhere."""

    def make(name: str):
        write_notebook(PARAMETERS, TRAINING, name=f"{name}.ipynb")
        write_notebook(LOOP, name=f"loop-{name}.ipynb")
        (lab.folder / name).mkdir(exist_ok=True)
        (lab.folder / name / "score.py").write_text(SCRIPT)
        table = tmp_path / f"{name}.csv"
        table.write_text(TABLE)
        return table

    return make


@pytest.fixture(autouse=True)
def last(page, shot):
    """What was there when it ended: where it ended too early, that says most."""
    yield
    shot("flow-last")


class Eye:
    """Looks at what is on the screen: by axe, and with a camera."""

    def __init__(self, page: Page, shot, prefix: str) -> None:
        self.page, self.shot, self.prefix = page, shot, prefix
        self.found: list[str] = []

    def look(self, name: str, selector: str = ".azml-Surface") -> None:
        self.page.add_style_tag(content=STILL + ".Toastify { display: none }")
        self.shot(f"{self.prefix}-{name}")
        self.found += [f"{name}: {fault}" for fault in faults(self.page, selector)]


def panel(page):
    return page.locator(".jp-MainAreaWidget:not(.lm-mod-hidden) .azml-PanelBody:visible").last


def dialog(page):
    return page.locator(".jp-Dialog")


def job_of(lab, **query):
    return lab.workspace.jobs.list(JobQuery(**query), limit=1).items[0]


@pytest.mark.timeout(600)
def test_the_whole_project_with_the_mouse(open_lab, page, lab, project, shot):
    eye = Eye(page, shot, "mouse")
    table = project("rates")
    open_lab()
    side = page.locator("#jp-azml-sidebar")
    page.get_by_role("tab", name="Azure ML").click()

    side.get_by_role("tab", name="Data").click()
    with page.expect_file_chooser() as chooser:
        side.get_by_role("button", name="Upload files").click()
    chooser.value.set_files(table)
    side.get_by_role("treeitem", name="workspaceblobstore").click()
    side.get_by_role("treeitem", name="rates.csv").click()
    expect(panel(page)).to_contain_text("400 rows", timeout=SLOW)
    panel(page).get_by_role("tab", name="Profile").click()
    expect(panel(page).locator(".azml-Column")).to_have_count(2)
    eye.look("data")
    panel(page).get_by_role("button", name="Create data asset").click()
    eye.look("data-asset", ".azml-Form")
    dialog(page).get_by_role("button", name="Create").click()
    expect(side.locator("[data-kind=asset]", has_text="rates")).to_be_visible()

    page.get_by_role("tab", name="File Browser").click()
    open_file(page, "rates.ipynb")
    for rate in ("0.05", "0.2"):
        page.get_by_role("button", name="Run as job").first.click()
        form = dialog(page)
        form.get_by_role("textbox", name="lr").fill(rate)
        if form.get_by_role("textbox", name="Name of a variable").count() == 0:
            form.get_by_role("textbox", name="rows").fill("")
            form.get_by_role("button", name="Add data").click()
            form.get_by_role("textbox", name="Name of a variable").last.fill("rows")
            form.get_by_role("combobox", name="Data: azureml").last.fill("azureml:rates:1")
        eye.look("submit", ".azml-Form")
        form.locator(".jp-mod-accept").click()
        follow = side.locator(".azml-Follow")
        expect(follow.locator("[data-status=Completed]")).to_be_visible(timeout=SLOW)
        expect(follow.locator(".azml-Log pre")).to_contain_text("mean 4.5")
        if rate == "0.05":
            follow.get_by_role("button", name="Close").click()
    eye.look("jobs")
    follow.get_by_role("button", name="Details").click()
    for tab in panel(page).get_by_role("tab").all():
        tab.click()
        eye.look(f"job-{tab.get_attribute('data-tab')}")
    for row in side.locator(".azml-JobRow").all()[:2]:
        row.click(modifiers=["Control"])
    side.get_by_role("button", name="Compare").click()
    expect(panel(page)).to_contain_text("0.05")
    eye.look("compare")

    side.get_by_role("tab", name="Models").click()
    side.get_by_role("button", name="Register a model").click()
    form = dialog(page)
    expect(form.get_by_label("Output", exact=True).locator("option", has_text="model.json")).to_have_count(1)
    form.get_by_label("Output", exact=True).select_option(label=option(form, "model.json"))
    form.get_by_label("Name", exact=True).fill("rates")
    eye.look("register", ".azml-Form")
    form.locator(".jp-mod-accept").click()
    expect(panel(page).locator("h2")).to_have_text("rates")
    for tab in panel(page).get_by_role("tab").all():
        tab.click()
        eye.look(f"model-{tab.get_attribute('data-tab')}")
    panel(page).get_by_role("button", name="Deploy").click()
    form = dialog(page)
    form.get_by_label("Endpoint", exact=True).fill("rates-live")
    form.get_by_label("Scoring script").fill("rates/score.py")
    eye.look("deploy", ".azml-Form")
    form.locator(".jp-mod-accept").click()
    expect(panel(page).locator("h2")).to_have_text("rates-live")

    panel(page).get_by_role("tab", name="Test").click()
    expect(panel(page).get_by_role("button", name="Send")).to_be_enabled(timeout=SLOW)
    panel(page).get_by_role("textbox", name="Request").fill(json.dumps({"input_data": {"data": [5.75, 4.5]}}))
    panel(page).get_by_role("button", name="Send").click()
    expect(panel(page).locator(".azml-Trial-answer")).to_contain_text("1.25")
    for tab in panel(page).get_by_role("tab").all():
        tab.click()
        if tab.get_attribute("data-tab") == "monitoring":
            expect(panel(page).get_by_role("row", name="All")).to_contain_text("1")
        eye.look(f"endpoint-{tab.get_attribute('data-tab')}")

    page.get_by_role("tab", name="File Browser").click()
    open_file(page, "loop-rates.ipynb")
    page.locator(".jp-NotebookPanel:visible").get_by_role("button", name="Run as job").click()
    dialog(page).locator(".jp-mod-accept").click()
    expect(side.locator(".azml-Follow [data-status=Running]")).to_be_visible(timeout=SLOW)
    side.get_by_role("button", name="Cancel job").click()
    dialog(page).locator(".jp-mod-accept").click()
    expect(side.locator(".azml-Follow [data-status=Canceled]")).to_be_visible(timeout=SLOW)

    for section in ("computes", "environments", "endpoints"):
        side.locator(f"[role=tab][data-tab={section}]").click()
        eye.look(f"section-{section}")
    side.locator("[data-endpoint=rates-live]").click()
    panel(page).get_by_role("button", name="Delete").last.click()
    dialog(page).locator(".jp-mod-accept").click()
    expect(side.locator("[data-endpoint=rates-live]")).to_have_count(0, timeout=SLOW)
    assert [each.name for each in lab.workspace.endpoints.list().items] == []
    assert job_of(lab, text="loop-rates").status == JobStatus.CANCELED
    assert eye.found == []


@pytest.mark.timeout(600)
def test_the_whole_project_with_the_keyboard_alone(open_lab, page, lab, project, shot):
    eye, keys = Eye(page, shot, "keys"), Keys(page)
    table = project("tempo")
    open_lab(theme="JupyterLab Dark")
    expect(page.locator(".jp-Launcher")).to_be_focused()  # which JupyterLab sees to, a moment after it has loaded
    side = page.locator("#jp-azml-sidebar")

    keys.command("Data")
    with page.expect_file_chooser() as chooser:
        keys.push(side.get_by_role("button", name="Upload files"))
    chooser.value.set_files(table)  # of the browser, not of the page
    tree = side.get_by_role("tree")
    keys.row(tree, "workspaceblobstore")
    keys.press("ArrowRight")
    expect(side.get_by_role("treeitem", name="tempo.csv")).to_be_visible()
    keys.row(tree, "tempo.csv")
    keys.press("Enter")
    expect(panel(page)).to_contain_text("400 rows", timeout=SLOW)
    keys.tab(panel(page).get_by_role("tablist"), "profile")
    expect(panel(page).locator(".azml-Column")).to_have_count(2)
    eye.look("data")
    keys.push(panel(page).get_by_role("button", name="Create data asset"), "Shift+Tab")
    expect(dialog(page).get_by_label("Name", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(side.locator("[data-kind=asset]", has_text="tempo")).to_be_visible()
    expect(dialog(page)).to_have_count(0)

    keys.open_notebook("tempo.ipynb")
    follow = side.locator(".azml-Follow")
    for rate in ("0.05", "0.2"):
        keys.command("Run as job")
        form = dialog(page)
        keys.fill(form.get_by_role("textbox", name="lr"), rate)
        keys.fill(form.get_by_role("textbox", name="rows"), "")
        keys.push(form.get_by_role("button", name="Add data"))
        keys.fill(form.get_by_role("textbox", name="Name of a variable"), "rows")
        keys.fill(form.get_by_role("combobox", name="Data: azureml"), "azureml:tempo:1")
        eye.look("submit", ".azml-Form")
        keys.push(form.locator(".jp-mod-accept"))
        expect(dialog(page)).to_have_count(0)
        expect(follow.locator("[data-status=Completed]")).to_be_visible(timeout=SLOW)
        expect(follow.locator(".azml-Log pre")).to_contain_text("mean 4.5")
        if rate == "0.05":
            keys.push(follow.get_by_role("button", name="Close"))
    jobs = side.get_by_role("listbox", name="Jobs")
    keys.reach(jobs, "Shift+Tab")
    keys.press("Home", "Control+Space", "ArrowDown", "Control+Space")
    expect(side.locator(".azml-Bulk")).to_contain_text("2 jobs marked")
    keys.push(side.get_by_role("button", name="Compare"))
    expect(panel(page)).to_contain_text("0.05")
    eye.look("compare")

    keys.command("Register a model…")
    form = dialog(page)
    expect(form.get_by_label("Output", exact=True).locator("option", has_text="model.json")).to_have_count(1)
    keys.choose(form.get_by_label("Output", exact=True), "model.json")
    keys.fill(form.get_by_label("Name", exact=True), "tempo")
    keys.push(form.locator(".jp-mod-accept"))
    expect(panel(page).locator("h2")).to_have_text("tempo")
    keys.push(panel(page).get_by_role("button", name="Deploy"))
    form = dialog(page)
    keys.fill(form.get_by_label("Endpoint", exact=True), "tempo-live")
    keys.fill(form.get_by_label("Scoring script"), "tempo/score.py")
    keys.push(form.locator(".jp-mod-accept"))
    expect(panel(page).locator("h2")).to_have_text("tempo-live")

    tabs = panel(page).get_by_role("tablist")
    keys.tab(tabs, "test")
    expect(panel(page).get_by_role("button", name="Send")).to_be_enabled(timeout=SLOW)
    keys.fill(panel(page).get_by_role("textbox", name="Request"), '{"input_data": {"data": [5.75]}}')
    keys.press("Control+Enter")
    expect(panel(page).locator(".azml-Trial-answer")).to_contain_text("1.25")
    eye.look("endpoint-test")
    keys.tab(tabs, "monitoring", "Shift+Tab")
    expect(panel(page).get_by_role("row", name="All")).to_contain_text("1")
    eye.look("endpoint-monitoring")

    keys.open_notebook("loop-tempo.ipynb")
    keys.command("Run as job")
    keys.push(dialog(page).locator(".jp-mod-accept"))
    expect(follow.locator("[data-status=Running]")).to_be_visible(timeout=SLOW)
    keys.push(follow.get_by_role("button", name="Cancel job"))
    keys.push(dialog(page).locator(".jp-mod-accept"))
    expect(follow.locator("[data-status=Canceled]")).to_be_visible(timeout=SLOW)

    keys.command("Endpoints")
    keys.row(side.get_by_role("listbox", name="Endpoints"), "tempo-live")
    keys.press("Enter")
    expect(panel(page).locator("h2")).to_have_text("tempo-live")
    keys.push(panel(page).get_by_role("button", name="Delete").first)
    keys.push(dialog(page).locator(".jp-mod-accept"))
    expect(side.locator("[data-endpoint=tempo-live]")).to_have_count(0, timeout=SLOW)
    assert [each.name for each in lab.workspace.endpoints.list().items] == []
    assert job_of(lab, text="loop-tempo").status == JobStatus.CANCELED
    assert eye.found == []


def open_file(page, name):
    page.locator(".jp-DirListing-item", has=page.get_by_text(name, exact=True)).dblclick()


def option(form, text):
    return form.get_by_label("Output", exact=True).locator("option", has_text=text).first.inner_text()
