"""Several jobs watched side by side under a cell."""

import json

import pytest
from playwright.sync_api import expect

from jupyter_azml.actions.run_notebook import run_notebook
from tests.conftest import notebook_writer
from tests.ui.conftest import DARK
from tests.ui.test_sidebar import KERNEL_READY

PARAMETERS = "# parameters\nlr = 0.1\noptimizer = 'adam'\nseed = 1\npoints = 400\nbatch = 32"
TRAINING = """
import math, mlflow, random, time
chance = random.Random(seed)
for step in range(points):
    mlflow.log_metrics({
        "loss": math.exp(-lr * step / 40) + chance.random() * 0.12,
        "val/accuracy": 1 - math.exp(-lr * step / 60) * 0.9,
        "gradient norm": math.exp(chance.gauss(-lr, 0.4)),
        "epoch": step / 50,
    }, step=step)
    time.sleep(0.004)
"""
WATCH = "%load_ext jupyter_azml\n%azml watch --experiment {experiment}"
RUN_ALL = "() => void window.jupyterapp.commands.execute('notebook:run-all-cells')"
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
ONLY_NOTEBOOK = "() => window.jupyterapp.commands.execute('application:toggle-left-area')"


def train(lab, write_notebook, experiment):
    notebook = write_notebook(PARAMETERS, TRAINING, name=f"{experiment}.ipynb")
    wishes = [("small steps", 0.3, "adam"), ("medium steps", 1.0, "sgd"), ("large steps", 3.0, "adam")]
    return [
        run_notebook(
            lab.workspace,
            notebook,
            parameters={"lr": lr, "optimizer": optimizer, "seed": seed},
            experiment=experiment,
            display_name=name,
        )
        for seed, (name, lr, optimizer) in enumerate(wishes)
    ]


@pytest.fixture(scope="module")
def jobs(lab):
    """Three, which all tests here watch: the first one as they run."""
    return train(lab, notebook_writer(lab.folder), "churn")


def test_jobs_are_compared_as_they_run_and_a_notebook_without_a_kernel_shows_the_last_truth(
    open_lab, next_lab, page, lab, jobs, write_notebook, shot, audited
):
    french = "import os; os.environ['AZML_LANGUAGE'] = 'fr'\n"
    write_notebook(french + WATCH.format(experiment="churn"), f"%azml job show {jobs[0].name}", name="watch.ipynb")
    open_lab("watch.ipynb", theme=DARK, language="fr_FR")
    page.evaluate(ONLY_NOTEBOOK)
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator(".azml-Legend-entry")).to_have_count(3)
    chart = panel.locator(".azml-Chart[data-metric=loss]")
    expect(chart.locator("canvas")).to_be_visible()
    shot("watch-running")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    box = chart.locator(".azml-Chart-plot").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    expect(panel.locator(".azml-Tip-row:visible")).to_have_count(3)
    shot("watch")
    tabs = panel.get_by_role("tab")
    for number, name in enumerate(("curves", "table", "parallel")):
        tabs.nth(number).click()
        shot(f"watch-{name}")
        audited(f"watch panel, {name}", ".azml-Watch")
    audited("card", ".azml-Card")
    tabs.first.click()
    # What stands in the file says the end, not what was there when the cell ran.
    page.wait_for_function(
        """() => {
            const outputs = window.jupyterapp.shell.currentWidget.content.model.cells.get(0).outputs;
            return outputs.length === 1 && 'image/png' in outputs.get(0).data;
        }"""
    )
    page.evaluate(SAVE)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    saved = json.loads((lab.folder / "watch.ipynb").read_text())
    html = "".join(saved["cells"][0]["outputs"][0]["data"]["text/html"])
    assert html.count("Terminé") == 3
    assert "widgets" not in saved["metadata"]
    open_lab("watch.ipynb")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3)
    expect(chart.locator("canvas")).to_be_visible()
    expect(page.locator(".azml-Card:visible .azml-Badge")).to_have_text("Terminé")  # as its kernel said it
    shot("watch-again")


def test_after_a_restart_of_the_kernel_it_says_so_and_the_cell_run_again_is_live(
    open_lab, page, lab, write_notebook, shot
):
    forever = """
import mlflow, time
step = 0
while True:
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
    step += 1
    time.sleep(0.05)
"""
    job = run_notebook(lab.workspace, write_notebook(forever, name="forever.ipynb"), display_name="without end")
    write_notebook(f"%load_ext jupyter_azml\n%azml watch {job.name}", name="restart.ipynb")
    open_lab("restart.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible(timeout=90_000)
    expect(panel).to_have_attribute("data-live", "true")
    # A page that is loaded anew finds the view of the kernel that lives on.
    page.evaluate(SAVE)
    open_lab("restart.ipynb")
    expect(panel).to_have_attribute("data-live", "true")
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible()
    page.evaluate("() => void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    note = panel.locator(".azml-Watch-note")
    expect(note).to_contain_text("Run the cell again to follow it")
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible()
    shot("watch-restarted")
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    expect(note).to_be_hidden()
    expect(panel).to_have_attribute("data-live", "true")
    lab.workspace.jobs.cancel(job.name)
    expect(panel.locator("[data-status=Canceled]")).to_be_visible(timeout=90_000)


def test_it_works_in_notebook_7_and_the_card_says_how_the_job_ended(page, lab, jobs, write_notebook, shot):
    write_notebook(WATCH.format(experiment="churn"), f"%azml job show {jobs[0].name}", name="watch-seven.ipynb")
    page.goto(f"{lab.url}/notebooks/watch-seven.ipynb?token={lab.token}")
    page.wait_for_function(f"() => window.jupyterapp && ({KERNEL_READY})()")
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible()
    expect(page.locator(".azml-Card:visible .azml-Badge")).to_have_text("Completed")
    shot("watch-notebook-7")
    page.locator(".azml-Card:visible").scroll_into_view_if_needed()
    shot("card-notebook-7")
