"""For what no page shows when it is so."""

from collections.abc import Callable

from playwright.sync_api import Page


def until(page: Page, condition: Callable[[], object], seconds: float = 30) -> None:
    """Looks again and again. The page goes on meanwhile, and so does what the test answers for it."""
    for _look in range(int(seconds * 20)):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not so within {seconds} s")
