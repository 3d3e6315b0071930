"""No panel keeps anybody out: WCAG 2.1 AA in both themes, as far as a machine can tell."""

import pytest
from playwright.sync_api import expect

from tests.ui.answers import PLAIN, Answers
from tests.ui.axe import faults
from tests.ui.test_hostile import CLOSE_ALL, OPEN, PANEL, PANEL_KINDS, SECTION, SECTIONS
from tests.ui.test_sidebar import KERNEL_READY
from tests.ui.test_watch import RUN_ALL, WATCH, train

THEMES = ("JupyterLab Light", "JupyterLab Dark")
WEAR = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 250))"


@pytest.fixture
def audited(page):
    """Looks at what is shown now, in each theme."""
    found: list[str] = []

    def look(where: str, selector: str) -> None:
        for theme in THEMES:
            page.evaluate(WEAR, theme)
            page.evaluate(SETTLED)
            found.extend(f"{where}, {theme}: {fault}" for fault in faults(page, selector))

    yield look
    assert found == []


def test_the_sidebar_and_all_panels_of_things(open_lab, page, audited):
    answers = Answers(PLAIN)
    page.route("**/azml/api/**", lambda route: route.fulfill(json=answers.to(route.request.method, route.request.url)))
    open_lab()
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
    for tab in page.locator(SECTIONS).all():
        tab.click()
        page.evaluate(SETTLED)
        rows = page.locator(f"{SECTION} :is([role=option], [role=treeitem], [role=row])")
        if rows.count():
            rows.first.click()
        audited(f"section {tab.get_attribute('data-tab')}", "#jp-azml-sidebar")
        page.evaluate(CLOSE_ALL)
    for kind in page.evaluate(PANEL_KINDS):
        page.evaluate(OPEN, [kind, "alpha"])
        expect(page.locator(PANEL).last).to_be_visible()
        page.evaluate(SETTLED)
        audited(f"panel {kind}", PANEL)
        for tab in page.locator(PANEL).last.get_by_role("tab").all():
            tab.click()
            audited(f"panel {kind}, {tab.inner_text()}", PANEL)
        page.evaluate(CLOSE_ALL)


def test_the_card_and_the_watch_panel_under_a_cell(open_lab, page, lab, write_notebook, audited):
    jobs = train(lab, write_notebook, "axe", points=50)
    write_notebook(WATCH.format(experiment="axe"), f"%azml job show {jobs[0].name}", name="axe.ipynb")
    open_lab("axe.ipynb")
    page.wait_for_function(KERNEL_READY)
    page.evaluate(RUN_ALL)
    panel = page.locator(".azml-Watch:visible")
    expect(panel.locator("[data-status=Completed]")).to_have_count(3, timeout=90_000)
    for tab in panel.get_by_role("tab").all():
        tab.click()
        audited(f"watch panel, {tab.inner_text()}", ".azml-Watch")
    audited("card", ".azml-Card")
