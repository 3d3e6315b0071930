"""Finds a Chromium for the browser tests, or installs one; where none can be had it says so and fails.

``python tests/ui/chromium.py`` prints its path. Set CHROMIUM to name one yourself.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))


def find_chromium() -> str | None:
    """The path of one that starts, or None."""
    return next((path for path in candidates() if path and starts(path)), None)


def candidates() -> Iterator[str | None]:
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, NAMES)
    yield from MAC
    yield playwright_chromium()


def install_chromium() -> str | None:
    """Playwright's own build, else the system's package manager when we are root."""
    print("No Chromium here; installing one for the browser tests.", file=sys.stderr)
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"],
        ]
    elif os.geteuid() == 0 and shutil.which("dnf"):
        attempts += [["dnf", "install", "-q", "-y", "chromium"]]
    for attempt in attempts:
        done = subprocess.run(attempt, stdout=sys.stderr, stderr=subprocess.STDOUT, check=False)
        if done.returncode == 0 and (found := find_chromium()):
            return found
    return None


def playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def starts(path: str) -> bool:
    # Ubuntu's "chromium-browser" may be a stub that only says to install a snap.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    found = find_chromium() or install_chromium()
    if found is None:
        sys.exit(
            "The browser tests need a Chromium, and none could be found or installed.\n"
            "Install one (Debian: apt-get install chromium), or name one: CHROMIUM=/path/to/chromium make test"
        )
    print(found)


if __name__ == "__main__":
    main()
