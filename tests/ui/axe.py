"""Whether people who see little, or steer by keyboard, can use what is on the page: axe-core, WCAG 2.1 A and AA."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "labextension/node_modules/axe-core/axe.min.js"
OURS = ".azml-Surface"
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# All that a theme can change of it.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
RUN = """async ([selector, runOnly]) => {
    if (!document.querySelector(selector)) return [`nothing is ${selector}`];
    const { violations } = await axe.run(selector, { runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(node => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}"""
# What is in the middle of fading has the contrast of neither end.
STILL = "*, *::before, *::after { animation: none !important; transition: none !important }"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def faults(page: Page, selector: str = OURS, rules: object = ALL) -> list[str]:
    """One line for each element that breaks a rule, in all that the selector finds."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_style_tag(content=STILL)
        page.add_script_tag(path=SCRIPT)
    page.evaluate(DRAWN)
    return page.evaluate(RUN, [selector, rules])
