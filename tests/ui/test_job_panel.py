"""A job in the main area: from the form before it to its files, and beside another one."""

import pytest
from playwright.sync_api import expect

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import DataAsset, DataType
from tests.ui.waiting import until

RATE = "# parameters\nepochs: int = 3  # how often all data is seen\nrate = 0.5\nrows = ''\napi_key = ''"
WORK = """import mlflow
for step in range(epochs):
    mlflow.log_metric('loss', rate ** step, step=step)
    print('epoch', step, 'of', rows.rsplit('/', 1)[-1])"""
SHOWN = """from IPython.display import HTML
open('outputs/scores.csv', 'w').write('name,score\\na,1\\n')
HTML('<b>fine</b><script>window.hacked = 1</script><img src="x" onerror="window.hacked = 2">')"""
KERNEL_READY = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""


@pytest.fixture(scope="module")
def rows(lab, tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "rows.csv"
    path.write_text("a,b\n1,2\n")
    lab.workspace.datastores.upload("workspaceblobstore", path, "in/rows.csv")
    place = "azureml://datastores/workspaceblobstore/paths/in/rows.csv"
    return lab.workspace.data.create(DataAsset(name="rows", path=place, type=DataType.URI_FILE))


def tab(page, name):
    page.locator(f".azml-JobPanel:visible [role=tab][data-tab={name}]").click()
    return page.locator(".azml-JobPanel:visible [role=tabpanel]").first


def test_a_notebook_is_submitted_with_its_form_and_seen_from_all_sides(open_lab, page, lab, rows, write_notebook, shot):
    write_notebook(RATE, WORK, SHOWN, name="train.ipynb")
    (lab.folder / "tool.py").write_text("a = 1\n")
    (lab.folder / ".amlignore").write_text("*.log\n")
    (lab.folder / "old.log").write_text("x")
    open_lab("train.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.get_by_role("button", name="Run as job").first.click()
    form = page.locator(".azml-Submit")
    epochs = form.locator("[data-parameter=epochs] input")
    expect(epochs).to_have_value("3")
    expect(form.locator("[data-parameter=epochs]")).to_contain_text("how often all data is seen")
    expect(form.locator("[data-parameter=api_key] input")).to_have_attribute("type", "password")
    expect(form.locator("[data-group=compute]")).to_contain_text("this machine")
    snapshot = form.locator("[data-group=snapshot]")
    expect(snapshot).to_contain_text("stay behind")
    snapshot.locator("summary").click()
    expect(snapshot.get_by_label("What stays behind")).to_contain_text("old.log")
    epochs.fill("many")
    accept = page.locator(".jp-Dialog .jp-mod-accept")
    accept.click()
    expect(page.get_by_role("alert").filter(has_text="epochs: This is to be a whole number.")).to_be_visible()
    epochs.fill("2")
    form.get_by_role("button", name="Add data").click()
    form.locator("[data-group=inputs] input").first.fill("rows")
    form.locator("[data-group=inputs] input").nth(1).fill("azureml:nothing:1")
    accept.click()
    expect(page.get_by_role("alert").filter(has_text="nothing")).to_be_visible()  # what was typed is still there
    form.locator("[data-group=inputs] input").nth(1).fill("azureml:rows:1")
    expect(form.locator(".azml-Submit-line pre")).to_have_text(
        "azml run train.ipynb -p epochs 2 --input rows azureml:rows:1"
    )
    shot("submit")
    accept.click()
    follow = page.locator(".azml-Follow")
    expect(follow).to_be_visible()
    name = follow.get_attribute("data-job")

    page.locator(f".azml-JobRow[data-job={name}]").dblclick()
    panel = page.locator(f".azml-JobPanel[data-job={name}]")
    expect(panel).to_be_visible()
    cells = tab(page, "cells")
    expect(cells.locator(".azml-Cell[data-cell='2']")).to_contain_text("mlflow.log_metric")
    expect(panel.locator(".azml-Panel-head [data-status=Completed]")).to_be_visible(timeout=180_000)
    expect(cells.locator(".azml-Cell[data-cell='4'] .azml-Outputs b")).to_have_text("fine")
    expect(cells.locator(".azml-Cell[data-cell='3'] .azml-Outputs")).to_contain_text("epoch 1 of rows.csv")
    assert page.evaluate("window.hacked") is None
    shot("job-cells")
    expect(tab(page, "overview").get_by_label("Parameters")).to_contain_text("epochs2")
    shot("job-overview")
    expect(tab(page, "metrics").locator("canvas").first).to_be_visible()
    shot("job-metrics")
    log = tab(page, "log")
    expect(log.locator(".azml-LogFile-line").last).to_contain_text("epoch 1 of rows.csv")
    log.get_by_role("searchbox").fill("EPOCH")
    expect(log.locator(".azml-LogFile-count")).to_have_text("1 of 2")
    outputs = tab(page, "outputs")
    outputs.locator(".azml-TreeRow", has_text="scores.csv").click()
    expect(outputs.locator(".azml-Grid")).to_contain_text("score")
    shot("job-outputs")
    (lab.folder / "tool.py").write_text("a = 2\n")
    code = tab(page, "code")
    code.locator(".azml-ListRow", has_text="tool.py").click()
    expect(code.locator(".azml-Diff .azml-mod-added")).to_contain_text("a = 2")
    shot("job-code")
    graph = tab(page, "lineage")
    expect(graph.get_by_role("button", name="rows:1")).to_be_visible()
    expect(graph.locator(".azml-mod-here")).to_contain_text("train")
    shot("job-lineage")

    # What is asked for again is what was asked for.
    panel.get_by_role("button", name="Run again…").click()
    expect(page.locator(".azml-Submit [data-parameter=epochs] input")).to_have_value("2")
    expect(page.locator(".azml-Submit [data-group=inputs] input").nth(1)).to_have_value("azureml:rows:1")
    page.keyboard.press("Escape")
    until(page, lambda: name in lab.kept())
    page.goto(f"{lab.url}/lab?token={lab.token}")
    expect(page.locator(f".azml-JobPanel[data-job={name}]")).to_be_visible()


def test_two_jobs_are_chosen_by_keyboard_and_compared(open_lab, page, lab, write_notebook, shot):
    path = write_notebook("# parameters\nrate = 0.5", "import mlflow\nmlflow.log_metric('loss', rate)", name="c.ipynb")
    names = [
        run_notebook(lab.workspace, path, parameters={"rate": rate}, experiment="pair").name for rate in (0.25, 0.75)
    ]
    for name in names:
        JobStream(lab.workspace, name).wait()
    open_lab(theme="JupyterLab Dark", language="fr_FR")
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs').then(() => null)")
    jobs = page.locator(".azml-JobList")
    expect(page.locator(f".azml-JobRow[data-job={names[0]}]")).to_be_visible()
    jobs.focus()
    for key in ("Home", "Control+Space", "ArrowDown", "Control+Space"):
        page.keyboard.press(key)
    page.locator(".azml-Bulk").get_by_role("button", name="Comparer").press("Enter")
    comparison = page.locator(".azml-Comparison")
    rate = comparison.get_by_role("row", name="rate")
    expect(rate).to_contain_text("0.25")
    expect(rate).to_contain_text("0.75")
    expect(comparison.locator("[data-part=metric]")).to_contain_text("loss")
    shot("compare")
    comparison.get_by_role("tab", name="Courbes").first.click()
    expect(comparison.locator(".azml-Watch")).to_be_visible()
    shot("compare-curves")
