"""``%azml run`` in the notebook that it submits, in JupyterLab."""

import json

from playwright.sync_api import expect

from jupyter_azml.actions.follow_job import JobStream
from tests.ui.test_sidebar import KERNEL_READY


def test_what_was_typed_just_now_arrives_in_the_job(open_lab, page, lab, write_notebook, shot):
    write_notebook("print('as it was')", "%load_ext jupyter_azml\n%azml run", name="typed.ipynb")
    open_lab("typed.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.locator(".jp-Notebook .cm-content").first.fill("print('typed just now')")
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    expect(page.locator(".azml-Card .azml-Badge")).to_be_visible()
    expect(page.locator(".jp-OutputArea-output[data-mime-type*=stderr]")).to_have_count(0)
    (job,) = lab.workspace.jobs.list().items
    assert JobStream(lab.workspace, job.name).wait().display_name == "typed"
    expect(page.locator(".azml-Card .azml-Badge")).to_contain_text("Completed")
    shot("current-notebook")
    executed = json.loads(lab.workspace.jobs.open(job.name, "outputs/typed.ipynb").read())
    assert "".join(executed["cells"][0]["outputs"][0]["text"]) == "typed just now\n"
