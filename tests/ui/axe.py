"""Whether people who see little, or steer by keyboard, can use what is on the page: axe-core, WCAG 2.1 A and AA."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "labextension/node_modules/axe-core/axe.min.js"
OURS = ".azml-Surface"
RUN = """async selector => {
    if (!document.querySelector(selector)) return [`nothing is ${selector}`];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    const { violations } = await axe.run(selector, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(node => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}"""
# What is in the middle of fading has the contrast of neither end.
STILL = "*, *::before, *::after { animation: none !important; transition: none !important }"


def faults(page: Page, selector: str = OURS) -> list[str]:
    """One line for each element that breaks a rule, in all that the selector finds."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_style_tag(content=STILL)
        page.add_script_tag(path=SCRIPT)
    return page.evaluate(RUN, selector)
