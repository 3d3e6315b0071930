"""The page with ten thousand jobs, and after an hour of live ones: a real JupyterLab in a real Chromium."""

import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .live import jupyterlab
from .measure import Row

JOBS = 10_000
PAINTS = """
(() => {
  // From the event to the frame that shows what came of it, as the browser measures it; eight milliseconds fine.
  window.azmlPaints = [];
  new PerformanceObserver(list => list.getEntries()
      .filter(each => each.interactionId)
      .forEach(each => azmlPaints.push([each.name, each.duration])))
    .observe({ type: 'event', durationThreshold: 16, buffered: true });
})()
"""
SHOW = "() => window.jupyterapp.commands.execute('azml:show-jobs')"
HOUR, LIVE = 3600, 20
ROUNDS = 10


def page(folder: str) -> list[Row]:
    from playwright.sync_api import sync_playwright

    from tests.ui.chromium import find_chromium

    options = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--disable-gpu"]
    with jupyterlab(Path(folder)) as (url, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=options)
        address = f"{url}/lab?token={token}&reset"
        rows = [*interactions(browser.new_page(), address), *an_hour(browser.new_page(), address)]
        browser.close()
    return rows


def interactions(page: Any, address: str) -> list[Row]:
    """What the user does in a list of ten thousand jobs, twenty of which change each second."""
    jobs = [job(number) for number in range(JOBS)]

    def answer(route: Any) -> None:
        # The server answers what is searched in pages of fifty; the ten thousand have been scrolled through before.
        is_search = "text=" in route.request.url
        route.fulfill(json={"items": jobs[:50] if is_search else jobs, "continuation": "50" if is_search else None})

    page.route("**/azml/api/jobs?*", answer)
    sockets = sockets_of(page)
    page.add_init_script(PAINTS)
    open_sidebar(page, address)
    devtools = page.context.new_cdp_session(page)
    # A busy machine makes the frames late; what the page itself works for one tells whether it is to blame.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    beat = 0

    def live() -> None:
        nonlocal beat
        beat += 1
        changed = [{**jobs[number], "progress": {"cell": beat % 50, "cells": 50}} for number in range(LIVE)]
        sockets[-1].send(json.dumps({"op": "jobs", "jobs": changed}))

    box = page.locator(".azml-JobList")
    search = page.get_by_role("searchbox", name="Filter jobs")
    acts: dict[str, Callable[[], None]] = {
        "typing into the filter": lambda: search.press("1"),
        "deleting from it": lambda: search.press("Backspace"),
        "arrow down": lambda: box.press("ArrowDown"),
        "page down": lambda: box.press("PageDown"),
        "to the end": lambda: box.press("End"),
        "to the beginning": lambda: box.press("Home"),
        "a click on a job": lambda: page.locator(".azml-JobRow").nth(beat % 5 + 1).click(),
        "a click on another section": lambda: page.locator("[role=tab][data-tab=data]").click(),
        "a click on the jobs": lambda: page.locator("[role=tab][data-tab=jobs]").click(),
    }
    # What is typed finds some of them. An empty field would ask for all ten thousand in one answer, as no server gives.
    before_it: dict[str, Callable[[], None]] = {
        "typing into the filter": lambda: search.fill("train "),
        "arrow down": lambda: search.fill(""),
    }
    rows = []
    for what, act in acts.items():
        if what in before_it:
            before_it[what]()
            page.wait_for_timeout(1000)
        page.evaluate("() => { azmlPaints.length = 0 }")
        before = worked(devtools)
        for _round in range(ROUNDS):
            live()
            act()
            page.wait_for_timeout(60)
            if what == "a click on another section":
                page.locator("[role=tab][data-tab=jobs]").click()
            elif what == "a click on the jobs":
                page.locator("[role=tab][data-tab=data]").click()
        page.wait_for_timeout(300)
        work = (worked(devtools) - before) / ROUNDS
        took = [duration for _name, duration in page.evaluate("() => azmlPaints")] or [16]
        worst = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        rows.append(Row(f"{what} to the next paint, p95; {JOBS:,} jobs", worst / 1000, None, "", "≤ 100 ms"))
        rows.append(Row(f"{what}: what the page's main thread works", work, None, "", ""))
    return rows


def an_hour(page: Any, address: str) -> list[Row]:
    """An hour in which a followed job logs and prints, by a simulated clock: what the page has kept of it."""
    jobs = [job(number, status="Running") for number in range(LIVE)]
    page.route("**/azml/api/jobs?*", lambda route: route.fulfill(json={"items": jobs, "continuation": None}))
    sockets = sockets_of(page)
    page.clock.install()
    open_sidebar(page, address)
    page.locator(".azml-JobRow").first.click()
    page.clock.run_for(1000)
    devtools = page.context.new_cdp_session(page)
    used: dict[int, tuple[float, int]] = {}
    for second in range(HOUR + 1):
        tell(sockets[-1], jobs, second)
        page.clock.run_for(1000)
        if second % (HOUR // 10) == 0:
            devtools.send("HeapProfiler.collectGarbage")
            heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
            used[second] = (heap, devtools.send("Memory.getDOMCounters")["nodes"])
    (first_heap, first_nodes), (last_heap, last_nodes) = used[HOUR // 10], used[HOUR]
    what = f"after an hour of {LIVE} live jobs, of that after six minutes"
    return [
        Row(f"page: heap {what}", last_heap / first_heap, None, "", "≤ 1.1", "×"),
        Row(f"page: nodes {what}", last_nodes / first_nodes, None, "", "≤ 1.1", "×"),
        Row("page: heap after an hour", last_heap / 1e6, None, "", "", "MB"),
    ]


def worked(devtools: Any) -> float:
    """Seconds of processor time: scripts, style and layout."""
    told = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return sum(told[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))


def sockets_of(page: Any) -> list[Any]:
    """Those that it opens, the last one being in use: nobody answers, unless we do."""
    opened: list[Any] = []

    def take(socket: Any) -> None:
        opened.append(socket)
        socket.on_message(lambda _said: None)

    page.route_web_socket("**/azml/api/ws*", take)
    return opened


def tell(socket: Any, jobs: list[dict[str, Any]], second: int) -> None:
    """What a second of training says: ten metrics ten times, twenty lines, a cell now and then; the list as well."""
    name, at = jobs[0]["name"], moment(second)
    head, cell = {"job": name, "at": at}, {"cell": second % 40 + 1, "cells": 40}
    points = [
        {"key": f"metric{key}", "step": 10 * second + tenth, "value": (second * 7 + key) % 100 / 100, "at": at}
        for tenth in range(10)
        for key in range(10)
    ]
    text = "".join(f"epoch {second} batch {line} loss 0.{second}\n" for line in range(20))
    events = [
        {
            "event": "CellChanged",
            **head,
            "cell": second % 40 + 1,
            "cells": 40,
            "state": "running",
            "title": "fit()",
            "seconds": None,
        },
        {"event": "LogLines", **head, "cell": 1, "stream": "stdout", "text": text},
        {"event": "MetricPoints", **head, "points": points},
    ]
    since = str(second) if second else ""
    socket.send(json.dumps({"op": "events", "job": name, "since": since, "cursor": str(second + 1), "events": events}))
    changed = [{**each, "progress": cell} for each in jobs]
    socket.send(json.dumps({"op": "jobs", "jobs": changed}))


def open_sidebar(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=120_000)
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.evaluate(SHOW)
    page.locator(".azml-JobRow").first.wait_for()


def job(number: int, status: str = "Completed") -> dict[str, Any]:
    return {
        "name": f"job-{number}",
        "display_name": f"train {number} with a learning rate of 0.{number}",
        "experiment": f"experiment {number % 7}",
        "type": "notebook",
        "spec": {"kind": "notebook", "notebook": "train.ipynb", "code": "/"},
        "status": "Running" if number < LIVE else status,
        "reason": None,
        "created": moment(-number),
        "started": moment(-number),
        "ended": None,
        "compute": "local",
        "parameters": {"lr": number / 1000},
        "outputs": {},
        "tags": {},
        "parent": None,
        "snapshot": None,
        "git": {},
        "owner": "",
        "progress": None,
        "metrics": [],
    }


def moment(second: int) -> str:
    return (datetime.fromtimestamp(BEGAN, UTC) + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


BEGAN = int(time.time())
