"""Several jobs watched side by side under a cell."""

import json

import pytest
from playwright.sync_api import expect

from jupyter_azml.actions.run_notebook import run_notebook
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


def train(lab, write_notebook, experiment, points=400):
    notebook = write_notebook(PARAMETERS, TRAINING, name=f"{experiment}.ipynb")
    wishes = [("small steps", 0.3, "adam"), ("medium steps", 1.0, "sgd"), ("large steps", 3.0, "adam")]
    return [
        run_notebook(
            lab.workspace,
            notebook,
            parameters={"lr": lr, "optimizer": optimizer, "seed": seed, "points": points},
            experiment=experiment,
            display_name=name,
        )
        for seed, (name, lr, optimizer) in enumerate(wishes)
    ]


@pytest.mark.parametrize(("theme", "language"), [("JupyterLab Dark", "fr_FR")])
def test_three_jobs_are_compared_as_they_run(open_lab, page, lab, write_notebook, shot, theme, language):
    name = f"{theme.split()[-1].lower()}-{language}"
    experiment = f"churn-{name}"
    jobs = train(lab, write_notebook, experiment)
    environment = "import os; os.environ['AZML_LANGUAGE'] = 'fr'\n" if language == "fr_FR" else ""
    write_notebook(environment + WATCH.format(experiment=experiment), name=f"watch-{name}.ipynb")
    page.set_viewport_size({"width": 1180, "height": 860})
    open_lab(f"watch-{name}.ipynb", theme=theme, language=language)
    page.evaluate(ONLY_NOTEBOOK)
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch")
    expect(panel.locator(".azml-Legend-entry")).to_have_count(3, timeout=90_000)
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible()
    shot(f"watch-running-{name}")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    plot = panel.locator(".azml-Chart[data-metric=loss] .azml-Chart-plot")
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    expect(panel.locator(".azml-Tip-row:visible")).to_have_count(3, timeout=90_000)
    shot(f"watch-{name}")
    panel.get_by_role("tab").nth(1).click()
    shot(f"watch-table-{name}")
    panel.get_by_role("tab").nth(2).click()
    shot(f"watch-parallel-{name}")
    assert len(jobs) == 3


def test_a_notebook_that_is_opened_again_without_a_kernel_shows_the_last_truth(
    open_lab, page, lab, write_notebook, shot
):
    jobs = train(lab, write_notebook, "again", points=120)
    write_notebook(WATCH.format(experiment="again"), f"%azml job show {jobs[0].name}", name="reopened.ipynb")
    open_lab("reopened.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    # What stands in the file says the end, not what was there when the cell ran.
    page.wait_for_function(
        """() => {
            const outputs = window.jupyterapp.shell.currentWidget.content.model.cells.get(0).outputs;
            return outputs.length === 1 && 'image/png' in outputs.get(0).data;
        }"""
    )
    page.evaluate(SAVE)
    page.evaluate(
        """async () => {
            const { sessionContext } = window.jupyterapp.shell.currentWidget;
            await sessionContext.shutdown();
        }"""
    )
    saved = json.loads((lab.folder / "reopened.ipynb").read_text())
    html = "".join(saved["cells"][0]["outputs"][0]["data"]["text/html"])
    assert html.count("Completed") == 3
    assert "widgets" not in saved["metadata"]
    open_lab("reopened.ipynb")
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    expect(panel.locator(".azml-Chart[data-metric=loss] canvas")).to_be_visible()
    expect(page.locator(".azml-Card:visible .azml-Badge")).to_have_text("Completed")
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


@pytest.mark.parametrize("lab", ["notebook"], indirect=True)
def test_it_works_in_notebook_7_and_the_card_says_how_the_job_ended(page, lab, write_notebook, shot):
    (job, *_others) = train(lab, write_notebook, "seven", points=100)
    write_notebook(WATCH.format(experiment="seven"), f"%azml job show {job.name}", name="watch-seven.ipynb")
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
