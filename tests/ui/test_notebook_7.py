"""The notebook button where there is no JupyterLab around it."""

from playwright.sync_api import expect

from tests.ui.test_sidebar import KERNEL_READY, run_from_toolbar


def test_a_notebook_runs_as_a_job_from_its_toolbar_and_is_followed(page, lab, write_notebook, shot):
    write_notebook("print('from Notebook 7')", name="seven.ipynb")
    page.goto(f"{lab.url}/notebooks/seven.ipynb?token={lab.token}")
    page.wait_for_function(f"() => window.jupyterapp && ({KERNEL_READY})()")
    follow = run_from_toolbar(page)
    expect(follow.locator("[data-status=Completed]")).to_be_visible(timeout=60_000)
    expect(follow.locator(".azml-Log pre")).to_contain_text("from Notebook 7")
    shot("notebook-7")
