"""From log_metric to the pixel: twenty jobs log, a real JupyterLab in a real Chromium draws.

``python -m tests.benchmarks.live 600`` measures for ten minutes; as a row of the table it is one.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

import psutil

from .measure import Row, end_processes

JOBS, METRICS, HERTZ = 20, 10, 10
TRAIN = f"""
import sys, time, mlflow
began, step = time.time(), 0
while time.time() - began < float(sys.argv[1]):
    for n in range({METRICS}):
        # The value is the moment at which it was logged: the page knows how late it is.
        mlflow.log_metric(f"m{{n}}", time.time() * 1000, step=step)
    step += 1
    time.sleep(max(0, began + step / {HERTZ} - time.time()))
"""
WATCH = """
(() => {
  // How often each number of milliseconds: lists would grow, and the page's memory is measured.
  const counts = () => new Uint32Array(10_000);
  const seen = (window.azmlSeen = { pixels: counts(), messages: counts(), frames: counts() });
  const count = (which, milliseconds) => seen[which][Math.max(0, Math.min(9_999, Math.round(milliseconds)))]++;
  const waiting = new Map();
  const note = event => event.event === 'MetricPoints' && !event.is_whole && event.points.forEach(point => {
    const key = event.job + ' ' + point.key;
    waiting.set(key, [...(waiting.get(key) ?? []).slice(-20), point.value]);
    count('messages', Date.now() - point.value);
  });
  window.WebSocket = class extends window.WebSocket {
    constructor(...words) {
      super(...words);
      // Before the page's own listener.
      this.addEventListener('message', message => {
        if (typeof message.data === 'string' && message.data.includes('MetricPoints')) {
          const told = JSON.parse(message.data);
          (Array.isArray(told) ? told : [told]).forEach(each => each.events?.forEach(note));
        }
      });
    }
  };
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...words) {
    const metric = this.canvas.closest('[data-metric]')?.dataset.metric;
    const job = this.canvas.closest('[data-job]')?.dataset.job;
    const drawn = waiting.get(job + ' ' + metric);
    if (drawn) {
      waiting.delete(job + ' ' + metric);
      // The frame that shows it, and its painting.
      requestAnimationFrame(() => setTimeout(() => drawn.forEach(at => count('pixels', Date.now() - at))));
    }
    return clear.apply(this, words);
  };
  let before = 0;
  const frame = now => {
    if (before) count('frames', now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
"""
FOLLOW_ALL = """names => {
  const url = new URL(window.location.href);
  const token = url.searchParams.get('token') ?? '';
  const socket = new WebSocket(`${url.origin.replace('http', 'ws')}/azml/api/ws?token=${token}`);
  window.azmlSocket = socket;
  socket.onopen = () => socket.send(JSON.stringify({ op: 'subscribe', jobs: names }));
}"""


def live(folder: str, seconds: float = 60) -> list[Row]:
    found = measure(Path(folder), seconds)
    who = f"{JOBS} jobs × {METRICS} metrics × {HERTZ} Hz"
    rows = [
        ("log_metric to the socket's message, p95", found["message_p95"] / 1000, "", "s"),
        ("log_metric to the pixel, p50", found["pixel_p50"] / 1000, "", "s"),
        ("log_metric to the pixel, p95", found["pixel_p95"] / 1000, "≤ 250 ms", "s"),
        ("frames a second", found["frames"], "60", "/s"),
        ("frames later than 50 ms", found["late_frames"] * 100, "", "%"),
        ("server: share of one core", found["server"] * 100, "≤ 30", "%"),
        ("page: heap at the end, of that at a tenth", found["heap"], "≤ 1.1", "×"),
    ]
    return [Row(f"{work}; {who}", value, None, "", goal, unit) for work, value, goal, unit in rows]


def measure(folder: Path, seconds: float) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    from tests.ui.chromium import find_chromium

    home, chromium = Path(os.environ["AZML_HOME"]), find_chromium()
    jobs = start_jobs(folder, home, seconds + 60)
    with jupyterlab(folder) as (server, url, token), sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(WATCH)
        page.goto(f"{url}/lab?token={token}")
        page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
        page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
        page.locator(f"[data-job={jobs[0]}]").first.click()
        page.locator(".azml-Follow .azml-Metric canvas").nth(METRICS - 1).wait_for()
        page.evaluate(FOLLOW_ALL, dict.fromkeys(jobs[1:], ""))
        time.sleep(5)  # what was logged before the page came
        page.evaluate("() => Object.values(azmlSeen).forEach(list => list.fill(0))")
        used, began, heaps = cpu_seconds(server), time.monotonic(), [heap(page)]
        for _tenth in range(10):
            page.wait_for_timeout(seconds * 100)
            heaps.append(heap(page))
        share = (cpu_seconds(server) - used) / (time.monotonic() - began)
        seen = page.evaluate("() => Object.fromEntries(Object.entries(azmlSeen).map(([k, v]) => [k, [...v]]))")
        browser.close()
    frames = seen["frames"]
    return {
        "message_p95": percentile(seen["messages"], 95),
        "pixel_p50": percentile(seen["pixels"], 50),
        "pixel_p95": percentile(seen["pixels"], 95),
        "frames": 1000 * sum(frames) / sum(time * often for time, often in enumerate(frames)),
        "late_frames": sum(frames[51:]) / sum(frames),
        "server": share,
        "heap": heaps[-1] / heaps[1],
        "points": sum(seen["messages"]),
    }


def start_jobs(folder: Path, home: Path, seconds: float) -> list[str]:
    from jupyter_azml.entities import CommandSpec, Compute, ComputeType, JobStatus
    from jupyter_azml.local import LocalWorkspace

    workspace = LocalWorkspace(home / "workspaces" / "local")
    compute = {"name": "many", "type": ComputeType.AMLCOMPUTE, "size": "Standard_DS1_v2", "max_nodes": JOBS}
    workspace.computes.create_or_update(Compute(**compute))
    code = folder / "train"
    code.mkdir(exist_ok=True)
    (code / "train.py").write_text(TRAIN)
    spec = CommandSpec(command=f"python train.py {seconds}", code=str(code), compute="many")
    names = [workspace.jobs.submit(spec).name for _ in range(JOBS)]
    while any(workspace.jobs.get(name).status is not JobStatus.RUNNING for name in names):
        time.sleep(0.5)
    while not all(workspace.jobs.series(name, ["m0"]) for name in names):
        time.sleep(0.5)
    return names


@contextmanager
def jupyterlab(folder: Path) -> Iterator[tuple[psutil.Process, str, str]]:
    names = "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR"
    folders = {name: str(folder / name.lower()) for name in names.split()}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port, token = probe.getsockname()[1], secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}", "--expose-app-in-browser"]
    command += ["--LabApp.extension_manager=readonly", "--LabApp.news_url=None"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **folders}, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}/api", timeout=30).close()
                break
            except OSError:
                time.sleep(0.1)
        yield psutil.Process(server.pid), url, token
    finally:
        server.terminate()
        server.wait(30)


def cpu_seconds(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


def heap(page: Any) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used


def percentile(counts: list[int], which: int) -> int:
    """Of milliseconds, each of which was counted."""
    return bisect_left(list(accumulate(counts)), sum(counts) * which / 100)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AZML_HOME"] = f"{folder}/home"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        try:
            print(json.dumps(measure(Path(folder), float(sys.argv[1])), indent=1))
        finally:
            end_processes(folder)


if __name__ == "__main__":
    main()
