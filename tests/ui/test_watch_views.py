"""The panel in a bare page, as hosts without JupyterLab have it: what jobs can be like, and how it is used."""

import base64
import json
import math
import random
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

import jupyter_azml
from jupyter_azml.actions.watch_jobs import JobsWatch
from jupyter_azml.entities import JobStatus, Reason
from jupyter_azml.widgets.watch_panel import WatchPanel
from tests.fakes.workspace import NOON, FakeWorkspace, make_job
from tests.widgets.test_watch_panel import LoggingJobs

STATIC = Path(jupyter_azml.__file__).parent / "static"
PAGE = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=watch.css>
<style>body { margin: 0; } #host { width: %(width)s; }</style>
<body data-jp-theme-light="%(light)s" style="background: %(ground)s; --jp-layout-color1: %(ground)s;
  --jp-ui-font-color1: %(ink)s; --jp-border-color2: %(rule)s"><div id=host></div>
<script type=module>
import view from './watch.js';
const state = await (await fetch('state.json')).json();
const listeners = {};
const model = {
  sent: [],
  get: name => state[name],
  set: (name, value) => { state[name] = value; (listeners['change:' + name] ?? []).forEach(each => each()); },
  save_changes: () => {},
  send: message => model.sent.push(message),
  on: (name, each) => (listeners[name] ??= []).push(each),
  off: (name, each) => { listeners[name] = (listeners[name] ?? []).filter(other => other !== each); }
};
Object.assign(window, { model, state, leave: view.render({ model, el: document.getElementById('host') }) });
</script>"""
LIGHT = {"light": "true", "ground": "#ffffff", "ink": "#212121", "rule": "#e0e0e0"}
DARK = {"light": "false", "ground": "#111111", "ink": "#e6e6e6", "rule": "#424242"}
LONG = "a very long name of a job, as a sweep would give it: lr=0.001, batch=32, dropout=0.5, seed="


@pytest.fixture
def jp_serverapp():
    return None


@pytest.fixture
def page(kept_page):
    kept_page.set_viewport_size({"width": 1000, "height": 900})
    yield kept_page
    kept_page.unroute_all()


@pytest.fixture
def show(page):
    """Draws the panel of these jobs."""

    def show_it(jobs, *, width="1000px", theme=LIGHT, view=None):
        workspace = FakeWorkspace()
        workspace.jobs = jobs
        panel = WatchPanel(JobsWatch(workspace, list(jobs.held)))
        panel.view = view or {}
        names = ("jobs", "curves", "detail", "view", "labels", "live", "problem")
        panel.take({}, is_asked=True)
        state = json.dumps({name: getattr(panel, name) for name in names}, default=in_text)
        panel.close()
        answers = {"state.json": state, "": PAGE % {"width": width, **theme}}

        def answer(route):
            name = route.request.url.rsplit("/", 1)[-1]
            if name in answers:
                kind = "application/json" if name else "text/html"
                route.fulfill(body=answers[name], content_type=kind)
            elif (STATIC / name).is_file():
                route.fulfill(path=STATIC / name)
            else:
                route.fulfill(status=404)

        page.route("http://panel.test/**", answer)
        page.goto("http://panel.test/")
        expect(page.locator(".azml-Watch")).to_be_visible()
        return page

    return show_it


def in_text(value):
    return base64.b64encode(value).decode()


def sweep(count, *, points=80, metrics=("loss", "accuracy")):
    chance = random.Random(7)
    jobs = LoggingJobs([])
    for number in range(count):
        rate = 10 ** chance.uniform(-3, 0)
        status = JobStatus.RUNNING if number % 7 == 0 else JobStatus.COMPLETED
        ended = None if status is JobStatus.RUNNING else NOON + timedelta(seconds=30 + number)
        parameters = {"lr": rate, "optimizer": chance.choice(["adam", "sgd", "lion"]), "layers": 1 + number % 4}
        name = f"trial{number:02}"
        jobs.put(
            make_job(name, status, display_name=f"{LONG}{number}", parameters=parameters, started=NOON, ended=ended)
        )
        for key in metrics:
            ends = 0.1 + abs(math.log10(rate) + 1.5) / 3
            decay = [ends + math.exp(-step / 15) + chance.gauss(0, 0.02) for step in range(points)]
            jobs.log(name, key, decay)
    return jobs


def test_fifty_jobs_with_long_names_stay_in_their_frame(show, page, shot):
    page = show(sweep(50))
    expect(page.locator(".azml-Chart canvas")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= 1000")
    shot("watch-fifty")
    page.locator("[data-tab=parallel]").click()
    shot("watch-fifty-parallel")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_it_fits_into_300_pixels(show, page, shot, theme):
    jobs = sweep(3)
    jobs.put(
        jobs.get("trial00").model_copy(update={"status": JobStatus.QUEUED, "reason": Reason.of("CancelRequested")})
    )
    page = show(jobs, width="300px", theme=theme)
    expect(page.locator(".azml-Chart canvas")).to_have_count(2)
    for tab in ("curves", "table", "parallel"):
        page.locator(f"[data-tab={tab}]").click()
        page.screenshot(
            path=Path("screenshots") / f"watch-narrow-{tab}-{'dark' if theme is DARK else 'light'}.png",
            clip={"x": 0, "y": 0, "width": 300, "height": 800},
        )
        assert page.evaluate("document.getElementById('host').scrollWidth <= 300")


def test_ten_metrics_and_values_that_no_axis_has(show, page, shot):
    jobs = sweep(2, metrics=[f"metric {number}" for number in range(9)])
    jobs.log("trial00", "<b>odd</b>", [1.0, math.nan, 10.0, -5.0, math.inf, 0.0, 100.0])
    jobs.log("trial01", "<b>odd</b>", [3.0])
    keys = [f"metric {number}" for number in range(9)] + ["<b>odd</b>"]
    page = show(jobs, view={"keys": keys, "log": True, "smoothing": 0.6})
    expect(page.locator(".azml-Chart canvas")).to_have_count(10)
    odd = page.locator(".azml-Chart").last
    expect(odd).to_contain_text("2 values of 0 or less are not drawn · 2 values are no numbers")
    page.set_viewport_size({"width": 1000, "height": 1250})
    shot("watch-ten")


def test_a_range_is_zoomed_by_dragging_and_read_by_keys(show, page):
    page = show(sweep(3, points=200))
    plot = page.locator(".azml-Chart-plot").first
    expect(plot.locator("canvas")).to_be_visible()
    box = plot.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 120, y)
    expect(page.locator(".azml-Tip-row:visible")).to_have_count(3)
    values = page.locator(".azml-Tip-value:visible").all_inner_texts()
    assert values == sorted(values, key=float, reverse=True)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, y, steps=4)
    page.mouse.up()
    low, high = page.evaluate("state.view.zoom")
    assert 0 < low < high < 200
    page.get_by_role("button", name="Whole range").click()
    assert page.evaluate("state.view.zoom") is None
    plot.focus()
    for key in ("End", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".azml-Tip-head:visible")).to_have_text("step 198")
    page.keyboard.press("+")
    assert page.evaluate("state.view.zoom") is not None
    plot.dblclick()
    assert page.evaluate("state.view.zoom") is None


def test_a_brush_on_an_axis_filters_everywhere(show, page, shot):
    page = show(sweep(12), view={"tab": "parallel"})
    handle = page.locator("[data-axis='p:lr']")
    box = handle.bounding_box()
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(x, box["y"] + box["height"] * 0.5, steps=5)
    page.mouse.up()
    clear = page.get_by_role("button", name="Clear the filter")
    expect(clear).to_be_visible()
    kept = int(clear.inner_text().split()[0])
    assert 0 < kept < 12
    shot("watch-brushed")
    page.locator("[data-tab=table]").click()
    expect(page.locator("tbody tr")).to_have_count(kept)
    clear.click()
    expect(page.locator("tbody tr")).to_have_count(12)


def test_curves_and_table_are_saved_as_files(show, page, tmp_path):
    page = show(sweep(3))
    with page.expect_download() as started:
        page.get_by_role("button", name="Save the curves as a picture").click()
    started.value.save_as(Path("screenshots") / "watch-export.png")
    assert (Path("screenshots") / "watch-export.png").read_bytes()[:4] == b"\x89PNG"
    page.get_by_role("button", name="Save the points as CSV").click()
    assert page.evaluate("model.sent") == [{"ask": "points"}]
    page.locator("[data-tab=table]").click()
    page.locator("[data-column='m:loss']").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Save the table as CSV").click()
    started.value.save_as(tmp_path / "jobs.csv")
    lines = (tmp_path / "jobs.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("name,Job,Status,lr,optimizer,layers")
    losses = [float(line.split(",")[-2]) for line in lines[1:]]
    assert losses == sorted(losses)


def test_nothing_is_left_when_the_view_is_taken_away(show, page):
    page = show(sweep(3))
    page.evaluate("leave()")
    assert page.locator("#host > *").count() == 0
    assert page.evaluate("state.seen") == 0
