"""What a person sees and does in JupyterLab."""

import re

from playwright.sync_api import expect

from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import CommandSpec, JobQuery
from tests.ui.conftest import DARK, LIGHT

# Until then JupyterLab may answer "run" with the question which kernel to start.
KERNEL_READY = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""
TO_END = """() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    void content.scrollToItem(content.widgets.length - 1);
}"""
LONG = "a very long display name of a job, longer than any sidebar is wide " * 3


def run_from_toolbar(page):
    page.get_by_role("button", name="Run as job").first.click()
    # Opening a notebook may already have marked it unsaved.
    save = page.locator(".jp-Dialog .jp-mod-accept")
    follow = page.locator(".azml-Follow")
    expect(save.or_(follow).first).to_be_visible()
    if save.is_visible():
        save.click()
    expect(follow).to_be_visible()
    return follow


def test_the_quickstart_runs_from_the_toolbar_is_followed_live_and_its_notebook_opens(open_lab, page, lab, shot):
    open_lab("quickstart.ipynb")
    follow = run_from_toolbar(page)
    expect(follow.get_by_role("progressbar")).to_be_visible()
    expect(follow.locator(".azml-Metric[data-metric=loss] canvas")).to_be_visible()
    expect(follow.locator(".azml-Log pre")).to_contain_text("epoch")
    shot("following")
    expect(follow.locator("[data-status=Completed]")).to_be_visible()
    expect(follow.locator(".azml-Log pre")).to_contain_text("saved as outputs/model.joblib")
    expect(follow.locator(".azml-Segment.azml-mod-completed")).to_have_count(7)
    shot("sidebar")
    follow.get_by_role("button", name="Open notebook").click()
    executed = page.locator(".jp-NotebookPanel:visible")
    told = executed.locator(".jp-OutputArea-output", has_text="digits are misread")
    expect(told).to_be_attached()
    page.evaluate(TO_END)  # before 4.5, JupyterLab hides cells that are out of sight
    expect(told).to_be_visible()
    curves = executed.locator(".jp-OutputArea-output img").first
    curves.scroll_into_view_if_needed()
    page.add_style_tag(content=".Toastify { display: none }")
    shot("executed")
    (job,) = lab.workspace.jobs.list(JobQuery(experiment="work"), limit=1).items
    assert (job.status, job.progress.cell) == ("Completed", 7)


def test_a_running_job_is_canceled_from_the_sidebar(next_lab, page, lab, write_notebook):
    notebook = write_notebook(
        "import time\nprint('started', flush=True)\nwhile True: time.sleep(0.1)", name="loop.ipynb"
    )
    next_lab()
    job = run_notebook(lab.workspace, notebook)
    page.locator(f".azml-JobRow[data-job={job.name}]").click()
    follow = page.locator(f".azml-Follow[data-job={job.name}]")
    expect(follow.locator(".azml-Log pre")).to_contain_text("started")
    follow.get_by_role("button", name="Cancel job").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(follow.locator("[data-status=Canceled]")).to_be_visible()


def test_a_failing_job_says_why_and_shows_its_traceback(next_lab, page, lab, write_notebook, shot):
    job = run_notebook(lab.workspace, write_notebook("1", "raise ValueError('<b>too small</b>')", name="bad.ipynb"))
    next_lab()
    page.locator(f".azml-JobRow[data-job={job.name}]").click()
    follow = page.locator(".azml-Follow")
    expect(follow.locator(".azml-Reason")).to_have_text("Cell 2 raised ValueError: <b>too small</b>")
    expect(follow.locator(".azml-Log pre")).to_contain_text("ValueError")
    assert "\x1b" not in follow.locator(".azml-Log pre").inner_text()
    shot("failed")


def test_a_command_job_is_followed_without_cells_or_a_notebook(next_lab, page, lab, shot):
    command = "echo learning rate ${{inputs.lr}}; echo 'out of memory' >&2; exit 3"
    job = lab.workspace.jobs.submit(CommandSpec(command=command, inputs={"lr": 0.1}, display_name="sweep the floor"))
    next_lab()
    page.locator(f".azml-JobRow[data-job={job.name}]").click()
    follow = page.locator(".azml-Follow")
    expect(follow.locator(".azml-Reason")).to_have_text("The command ended with exit code 3. out of memory")
    expect(follow.locator(".azml-Log pre")).to_contain_text("learning rate 0.1")
    expect(follow.get_by_text("Cell", exact=False)).to_have_count(0)
    expect(follow.get_by_role("button", name="Open notebook")).to_have_count(0)
    shot("command")


def test_the_list_follows_what_happens_elsewhere_and_can_be_filtered(next_lab, page, lab, write_notebook):
    next_lab()
    job = run_notebook(lab.workspace, write_notebook("1", name="other.ipynb"), display_name="from elsewhere")
    row = page.locator(f".azml-JobRow[data-job={job.name}]")
    expect(row).to_have_attribute("data-status", "Completed")
    page.get_by_role("searchbox", name="Filter jobs").fill("nothing like it")
    expect(row).to_be_hidden()
    page.get_by_role("searchbox", name="Filter jobs").fill("elsewhere")
    expect(row).to_be_visible()


def test_it_is_readable_in_both_themes_and_languages(open_lab, next_lab, page, lab, write_notebook, shot):
    job = run_notebook(lab.workspace, write_notebook("1", name="long.ipynb"), display_name=LONG)
    for language, word in (("fr_FR", "Ouvrir le notebook"), ("en", "Open notebook")):
        open_lab(language=language)
        for theme in (LIGHT, DARK):
            next_lab(theme=theme)
            page.locator(f".azml-JobRow[data-job={job.name}]").click()
            expect(page.locator(".azml-Follow").get_by_role("button", name=re.compile(word))).to_be_visible()
            # Nothing may stick out of the sidebar, however long a name is.
            overflow = page.evaluate(
                "() => { const e = document.querySelector('#jp-azml-sidebar'); return e.scrollWidth - e.clientWidth; }"
            )
            assert overflow <= 0
            shot(f"sidebar-{theme.split()[-1].lower()}-{language}")


def test_the_magic_shows_a_live_card_under_its_cell(next_lab, page, lab, write_notebook, shot):
    write_notebook(
        "import mlflow\nfor s in range(5): mlflow.log_metric('loss', 1 / (s + 1), step=s)", name="small.ipynb"
    )
    write_notebook("%load_ext jupyter_azml\n%azml run small.ipynb", name="card.ipynb")
    next_lab("card.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    card = page.locator(".azml-Card")
    expect(card.locator(".azml-Badge")).to_contain_text("Completed")
    expect(card.locator(".azml-Metric")).to_contain_text("loss")
    shot("card")
