"""A cell that is sent away by the button in its corner."""

from playwright.sync_api import expect

from jupyter_azml.actions.cell_result import result_of
from tests.ui.test_sidebar import KERNEL_READY

TO_CELL = """index => {
    const panel = window.jupyterapp.shell.currentWidget;
    panel.content.activeCellIndex = index;
    return panel.content.activeCell.model.type;
}"""
KERNEL_BUSY = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
ALERT = ".Toastify__toast"


def press(page):
    button = page.locator(".jp-Notebook .jp-Cell.jp-mod-active .jp-cell-toolbar [data-command='azml:run-cell']")
    expect(button).to_be_visible()
    button.click()


def test_a_cell_is_sent_with_its_variables_from_its_button(open_lab, page, lab, write_notebook, shot):
    write_notebook(
        "factor = 21\ndef double(x): return x * factor\nlog = open('log.txt', 'w')",
        "# twice as much\ny = double(2)\nprint('y is', y)",
        "log.write('x')",
        "%%azml run --return z\nz = double(1)",
        name="cells.ipynb",
    )
    open_lab("cells.ipynb", theme="JupyterLab Dark")
    page.wait_for_function(KERNEL_READY)
    assert page.evaluate(TO_CELL, 0) == "code"
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    page.wait_for_function(KERNEL_READY)
    page.evaluate(TO_CELL, 1)
    press(page)
    follow = page.locator(".azml-Follow")
    expect(follow.locator("[data-status=Completed]")).to_be_visible()
    expect(follow.locator(".azml-Log pre")).to_have_text("y is 42")
    shot("cell")
    # What cannot travel is said where the user looks, and by its name.
    page.evaluate(TO_CELL, 2)
    press(page)
    expect(page.locator(ALERT, has_text="log (_io.TextIOWrapper) cannot travel")).to_be_visible()
    # A cell's own line counts, and a kernel that is busy is waited for.
    page.evaluate(
        """() => void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({code: "import os, time\\nwhile not os.path.exists('go'): time.sleep(0.05)"})"""
    )
    page.wait_for_function(KERNEL_BUSY)
    page.evaluate(TO_CELL, 3)
    press(page)
    expect(page.locator(ALERT, has_text="The kernel is busy")).to_be_visible()
    (lab.folder / "go").touch()
    expect(page.locator(ALERT, has_text="z = double(1) was submitted")).to_be_visible()
    job = lab.workspace.jobs.list(limit=1).items[0]
    assert (job.type, job.spec.returns) == ("cell", ("z",))
    assert result_of(lab.workspace, job.name) == 21
    # Nothing of it is in the notebook, and without a kernel it says so.
    page.evaluate(TO_CELL, 1)
    assert page.locator(".jp-Cell.jp-mod-active .jp-OutputArea-output").count() == 0
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    press(page)
    expect(page.locator(ALERT, has_text="no running kernel")).to_be_visible()
