"""Whatever the server answers, and whatever things are called, the page stands, says so, and goes on."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.ui.answers import NASTY, Answers, spoiled

SECTIONS = "#jp-azml-sidebar [role=tab][data-tab]"
SECTION = "#jp-azml-sidebar [role=tabpanel]"
PANEL_KINDS = """() => window.jupyterapp.commands.listCommands()
    .filter(id => /^azml:open-(?!link|notebook)/.test(id)).map(id => id.slice('azml:open-'.length))"""
OPEN = "([kind, name]) => void window.jupyterapp.commands.execute(`azml:open-${kind}`, { name })"
CLOSE_ALL = "() => window.jupyterapp.commands.execute('application:close-all')"
PANEL = ".jp-MainAreaWidget:not(.lm-mod-hidden) .azml-PanelBody"
SOMETHING = re.compile(r"\S")
STICKING_OUT = """selector => [...document.querySelectorAll(selector)]
    .filter(box => box.offsetParent && box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.className} ${box.scrollWidth} > ${box.clientWidth}`)"""


class Hostile:
    """Stands in for the server: ``answer`` is called for each request."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.failures: list[str] = []
        self.answer = lambda route: route.continue_()
        page.route("**/azml/api/**", lambda route: self.answer(route))
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("dialog", lambda dialog: self.failures.append(f"dialog {dialog.message}"))

    def made(self, answers: Answers, spoil: bool = False) -> None:
        def answer(route: Route) -> None:
            found = answers.to(route.request.method, route.request.url)
            route.fulfill(json=spoiled(found) if spoil else found)

        self.answer = answer

    def look_everywhere(self, kinds: bool = True) -> None:
        """At each section, each row of it, and each panel; none may be blank."""
        page = self.page
        page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
        for number in range(page.locator(SECTIONS).count()):
            tab = page.locator(SECTIONS).nth(number)
            tab.click()
            page.locator("#jp-azml-sidebar").get_by_role("button", name="Refresh").first.click()
            self.settle()
            expect(page.locator(SECTION)).to_contain_text(SOMETHING)
            rows = page.locator(f"{SECTION} :is([role=option], [role=treeitem], [role=row])")
            for row in range(min(rows.count(), 4)):
                if rows.nth(row).is_visible():
                    rows.nth(row).click()
                    self.settle()
            assert page.evaluate(STICKING_OUT, "#jp-azml-sidebar") == [], tab.get_attribute("data-tab")
        for kind in page.evaluate(PANEL_KINDS) if kinds else ():
            page.evaluate(OPEN, [kind, NASTY[0]])
            expect(page.locator(PANEL).last).to_contain_text(SOMETHING)
            self.settle()
            for tab in page.locator(PANEL).last.get_by_role("tab").all():
                tab.click()
                expect(page.locator(PANEL).last).to_contain_text(SOMETHING)
            assert page.evaluate(STICKING_OUT, PANEL) == [], kind
        page.evaluate(CLOSE_ALL)
        assert page.evaluate("() => window.hacked") is None
        assert self.failures == []

    def settle(self) -> None:
        self.page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 60))")


@pytest.fixture
def hostile(open_lab, page):
    found = Hostile(page)
    # A live list would heal what is refused here.
    page.route_web_socket("**/azml/api/ws*", lambda socket: None)
    open_lab()
    return found


def test_names_are_text_however_long_and_in_whatever_writing(hostile, shot):
    for first in (0, 3):
        hostile.made(Answers((*NASTY[first:], *NASTY[:first])))
        hostile.look_everywhere()
    hostile.page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
    shot("hostile-names")


def test_what_is_empty_or_of_another_version_of_the_server_blanks_nothing(hostile):
    hostile.made(Answers(NASTY, empty=True))
    hostile.look_everywhere()
    hostile.made(Answers(NASTY), spoil=True)
    hostile.look_everywhere()
    for answer in (None, [], 7, "text", {"items": None}, {"items": [None, {}, 7], "continuation": 5}):
        hostile.answer = lambda route, answer=answer: route.fulfill(json=answer)
        hostile.look_everywhere(kinds=answer == {})


REFUSALS = (
    (403, json.dumps({"message": "Forbidden", "reason": None}), "sign in"),
    (500, json.dumps({"code": "KeyError", "message": "boom", "hint": "This is a bug"}), "This is a bug"),
    (502, "<html><h1>Bad gateway</h1></html>", "busy or starting"),
    (200, "<html><form>Sign in</form></html>", "signed out"),
    (200, '{"items": [{"name": "half an ans', "Try again"),
)


def test_a_refusal_says_what_to_do_and_is_tried_again(hostile, shot):
    page = hostile.page
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
    section = page.locator(SECTION)
    for status, body, said in REFUSALS:
        hostile.answer = lambda route, status=status, body=body: route.fulfill(status=status, body=body)
        for tab in page.locator(SECTIONS).all():
            tab.click()
            page.locator("#jp-azml-sidebar").get_by_role("button", name="Refresh").first.click()
            expect(section).to_contain_text(said)
        page.locator(f"{SECTIONS}[data-tab=jobs]").click()
        problem = section.get_by_role("alert")
        expect(problem.get_by_role("button", name="Copy")).to_be_visible()
        if status == 502:
            shot("refused")
        hostile.answer = lambda route: route.continue_()
        problem.get_by_role("button", name="Try again").click()
        expect(problem).to_have_count(0)
    assert hostile.failures == []


def test_a_slow_server_blocks_nothing_and_a_server_that_is_gone_is_found_again(hostile, shot):
    page = hostile.page
    held: list[Route] = []
    hostile.answer = held.append
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
    page.get_by_role("button", name="Refresh").first.click()
    for tab in page.locator(SECTIONS).all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        assert page.locator(SECTION).is_visible()
    page.locator(f"{SECTIONS}[data-tab=jobs]").click()
    for route in held:
        route.abort("connectionreset")
    hostile.answer = lambda route: route.abort("connectionrefused")
    page.get_by_role("button", name="Refresh").first.click()
    expect(page.locator(".azml-Banner")).to_contain_text("cannot be reached")
    shot("offline")
    hostile.answer = lambda route: route.continue_()
    page.get_by_role("button", name="Refresh").first.click()
    expect(page.locator(".azml-Banner")).to_have_count(0)
    assert hostile.failures == []
