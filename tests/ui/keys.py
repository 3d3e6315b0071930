"""Somebody who never leaves the keyboard: keys are pressed, and what has the focus is looked at."""

from playwright.sync_api import Locator, Page, expect

PALETTE = "#modal-command-palette"
HAS_FOCUS = "element => element === document.activeElement"
# A ring around it, or a row inside it that is marked as the one.
SHOWS_FOCUS = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || element.hasAttribute('aria-activedescendant');
}"""
ACTIVE = """element => {
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    return row?.innerText ?? '';
}"""
# More than any page has.
STEPS = 150
KERNEL_READY = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""


class Keys:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def command(self, label: str) -> None:
        """By JupyterLab's palette, from wherever the focus is."""
        self.press("Control+Shift+C")
        expect(self.page.locator(f"{PALETTE} input")).to_be_focused()
        self.type(label)
        chosen = self.page.locator(f"{PALETTE} .lm-mod-active .lm-CommandPalette-itemLabel")
        for _step in range(STEPS):
            if chosen.inner_text().strip() == label:
                break
            self.press("ArrowDown")
        expect(chosen).to_have_text(label)
        self.press("Enter")
        expect(self.page.locator(PALETTE)).to_be_hidden()

    def open_notebook(self, path: str) -> None:
        """And waits, as people do, until JupyterLab has put the focus there."""
        self.command("Open from Path…")
        expect(self.page.locator(".jp-Dialog input")).to_be_focused()
        self.type(path)
        self.press("Enter")
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)
        self.page.wait_for_function(KERNEL_READY)
        expect(self.page.locator(".jp-NotebookPanel:focus-within")).to_be_visible()

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Step by step; where the focus is then is seen."""
        expect(target).to_be_visible()
        for _step in range(STEPS):
            if target.evaluate(HAS_FOCUS):
                assert target.evaluate(SHOWS_FOCUS), f"nobody sees that {target} has the focus"
                return
            self.press(key)
        raise AssertionError(f"{target} is not reached by {key}")

    def push(self, button: Locator, key: str = "Tab") -> None:
        self.reach(button, key)
        self.press("Enter")

    def fill(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.press("Control+A")
        self.type(text)
        expect(field).to_have_value(text)

    def choose(self, field: Locator, option: str) -> None:
        """Of a drop-down list, by arrows."""
        self.reach(field)
        self.press("Home")
        for _step in range(STEPS):
            if option in field.evaluate("element => element.selectedOptions[0].label"):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{field} has no {option}")

    def row(self, rows: Locator, text: str) -> None:
        """Goes to it in a tree or list, which keeps the focus itself."""
        self.reach(rows)
        self.press("Home")
        for _step in range(STEPS):
            if text in rows.evaluate(ACTIVE):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{rows} has no {text}")

    def tab(self, tabs: Locator, name: str, key: str = "Tab") -> None:
        """Of a list of tabs, whose chosen one has the focus."""
        self.reach(tabs.locator("[aria-selected=true]"), key)
        wanted = tabs.locator(f"[data-tab={name}]")
        for _step in range(STEPS):
            if wanted.evaluate(HAS_FOCUS):
                break
            self.press("ArrowRight")
        expect(wanted).to_have_attribute("aria-selected", "true")
