"""No panel keeps anybody out: WCAG 2.1 AA in both themes, as far as a machine can tell."""

from playwright.sync_api import expect

from tests.ui.answers import PLAIN, Answers
from tests.ui.test_hostile import CLOSE_ALL, OPEN, PANEL, PANEL_KINDS, SECTION, SECTIONS

SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 250))"


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
        panel = page.locator(PANEL).last
        expect(panel).to_be_visible()
        page.evaluate(SETTLED)
        tabs = panel.get_by_role("tab").all()
        for tab in tabs:
            tab.click()
            audited(f"panel {kind}, {tab.inner_text()}", PANEL)
        if not tabs:
            audited(f"panel {kind}", PANEL)
        page.evaluate(CLOSE_ALL)
