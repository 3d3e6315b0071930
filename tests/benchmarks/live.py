"""From log_metric to the pixel: twenty jobs log, the watch panel of a real JupyterLab in a real Chromium draws them.

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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

import nbformat
import psutil

from .measure import Row, end_processes

JOBS, METRICS, HERTZ = 20, 10, 10
TRAIN = f"""
import sys, time, mlflow
began, step = time.time(), 0
while time.time() - began < float(sys.argv[1]):
    for n in range({METRICS}):
        # The value is the moment at which it was logged: the page knows how late it is.
        mlflow.log_metric(f"moment{{n}}", time.time() * 1000, step=step)
    step += 1
    time.sleep(max(0, began + step / {HERTZ} - time.time()))
"""
WATCH = """
(() => {
  // How often each number of milliseconds: lists would grow, and the page's memory is measured.
  const counts = () => new Uint32Array(10_000);
  const seen = (window.azmlSeen = { sent: counts(), messages: counts(), pixels: counts(), frames: counts(),
    span: new Float64Array(1) });
  const count = (which, milliseconds) => seen[which][Math.max(0, Math.min(9_999, Math.round(milliseconds)))]++;
  const last = new Map(); // by job and metric: the newest that arrived
  const waiting = new Map(); // by metric: what arrived and is not drawn
  const note = (job, metric, values, sent) => {
    const newest = last.get(job + metric) ?? 0;
    const fresh = [];
    for (let i = values.length - 1; i >= 0 && values[i] > newest; i--) fresh.push(values[i]);
    if (!fresh.length) return;
    last.set(job + metric, fresh[0]);
    fresh.forEach(at => count('sent', sent - at));
    fresh.forEach(at => count('messages', Date.now() - at));
    // The page draws in a frame after this one at the soonest.
    requestAnimationFrame(() => waiting.set(metric, [...(waiting.get(metric) ?? []), ...fresh].slice(-5_000)));
  };
  // A message of a kernel: how many offsets, the offsets, and between them channel, header, …, content and buffers.
  const read = whole => {
    const view = new DataView(whole);
    const offsets = Array.from({ length: Number(view.getBigUint64(0, true)) }, (_, i) =>
      Number(view.getBigUint64(8 * (i + 1), true)));
    const parts = offsets.slice(0, -1).map((from, i) => whole.slice(from, offsets[i + 1]));
    const text = part => new TextDecoder().decode(part);
    if (!text(parts[1]).includes('comm_msg')) return;
    const { data } = JSON.parse(text(parts[4]));
    const sent = Date.parse(JSON.parse(text(parts[1])).date);
    const buffers = Object.fromEntries((data.buffer_paths ?? []).map((path, i) =>
      [JSON.stringify(path), new Float64Array(parts[5 + i])]));
    for (const [job, lines] of Object.entries(data.state?.curves?.lines ?? {})) {
      for (const metric of Object.keys(lines)) {
        note(job, metric, buffers[JSON.stringify(['curves', 'lines', job, metric, 'y'])], sent);
      }
    }
    let at = 0;
    for (const [job, metric, n] of data.state?.news?.parts ?? []) {
      note(job, metric, buffers['["news","points"]'].subarray(at + n, at + 2 * n), sent);
      at += 2 * n;
    }
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(...words) {
      super(...words);
      // Before the page's own listener.
      this.addEventListener('message', ({ data }) => data instanceof ArrayBuffer && read(data));
    }
  };
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...words) {
    const metric = this.canvas.closest('[data-metric]')?.dataset.metric;
    const drawn = waiting.get(metric);
    if (drawn) {
      waiting.delete(metric);
      // The frame that shows it, and its painting.
      requestAnimationFrame(() => setTimeout(() => drawn.forEach(at => count('pixels', Date.now() - at))));
    }
    return clear.apply(this, words);
  };
  let before = 0;
  const frame = now => {
    if (before) {
      count('frames', now - before);
      seen.span[0] += now - before;
    }
    before = window.azmlCollects ? 0 : now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
"""
CELL = f"%load_ext jupyter_azml\n%azml watch --max-results {JOBS}"
RUN = "() => void window.jupyterapp.commands.execute('notebook:run-all-cells')"
READY = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"


def live(folder: str, seconds: float = 60) -> list[Row]:
    found = measure(Path(folder), seconds)
    who = f"{JOBS} jobs × {METRICS} metrics × {HERTZ} Hz"
    rows = [
        ("log_metric to the kernel's message, p95", found["sent_p95"] / 1000, "", "s"),
        ("log_metric to the page's message, p95", found["message_p95"] / 1000, "", "s"),
        ("log_metric to the pixel, p50", found["pixel_p50"] / 1000, "", "s"),
        ("log_metric to the pixel, p95", found["pixel_p95"] / 1000, "≤ 250 ms", "s"),
        ("frames a second", found["frames"], "60", "/s"),
        ("frames later than 50 ms", found["late_frames"] * 100, "", "%"),
        ("server: share of one core", found["server"] * 100, "≤ 30", "%"),
        ("the notebook's kernel: share of one core", found["kernel"] * 100, "", "%"),
        ("the jobs that log: share of one core", found["jobs"] * 100, "", "%"),
        ("page: heap at the end, of that at a tenth", found["heap"], "≤ 1.1", "×"),
    ]
    return [Row(f"{work}; {who}", value, None, "", goal, unit) for work, value, goal, unit in rows]


def measure(folder: Path, seconds: float) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    from tests.ui.chromium import find_chromium

    home, chromium = Path(os.environ["AZML_HOME"]), find_chromium()
    start_jobs(folder, home, seconds + 300)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (folder / "watch.ipynb").write_text(nbformat.writes(notebook))
    processes = {
        "server": lambda words: "jupyterlab" in words and f"--ServerApp.root_dir={folder}" in words,
        "kernel": lambda words: "ipykernel_launcher" in words and str(folder) in words[-1],
        "jobs": lambda words: "train.py" in words,
        "workspace": lambda words: any(word.startswith("jupyter_azml.local") for word in words),
        "page": lambda words: "--type=renderer" in words,
        "browser": lambda words: "chrom" in "".join(words[:1]) and "--type=renderer" not in words,
    }
    with jupyterlab(folder) as (url, token), sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.add_init_script(WATCH)
        page.goto(f"{url}/lab/tree/watch.ipynb?token={token}")
        page.wait_for_function(READY, timeout=120_000)
        page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
        page.evaluate(RUN)
        panel = page.locator(".azml-Watch")
        panel.get_by_role("button", name="Metrics").click(timeout=120_000)
        panel.get_by_role("searchbox").fill("moment")
        panel.get_by_role("button", name="All").click()
        panel.get_by_role("searchbox").press("Escape")
        panel.locator(".azml-Chart canvas").nth(METRICS - 1).wait_for()
        panel.locator(".azml-Watch-controls").first.scroll_into_view_if_needed()
        time.sleep(5)  # what was logged before the page came
        page.evaluate("() => Object.values(azmlSeen).forEach(list => list.fill(0))")
        used, began, heaps = cpu_seconds(processes), time.monotonic(), [heap(page)]
        for _tenth in range(10):
            page.wait_for_timeout(seconds * 100)
            heaps.append(heap(page))
        took, now = time.monotonic() - began, cpu_seconds(processes)
        shares = {name: (now[name] - used[name]) / took for name in now}
        seen = page.evaluate("() => Object.fromEntries(Object.entries(azmlSeen).map(([k, v]) => [k, [...v]]))")
        if len(sys.argv) > 2:
            page.screenshot(path=sys.argv[2])
        browser.close()
    frames = seen["frames"]
    return {
        "sent_p50": percentile(seen["sent"], 50),
        "sent_p95": percentile(seen["sent"], 95),
        "message_p95": percentile(seen["messages"], 95),
        "pixel_p50": percentile(seen["pixels"], 50),
        "pixel_p95": percentile(seen["pixels"], 95),
        "frames": 1000 * sum(frames) / seen["span"][0],
        "late_frames": sum(frames[51:]) / sum(frames),
        **shares,
        "heap": heaps[-1] / heaps[1],
        "points": sum(seen["messages"]),
    }


def start_jobs(folder: Path, home: Path, seconds: float) -> None:
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
    while not all(workspace.jobs.series(name, ["moment0"]) for name in names):
        time.sleep(0.5)


@contextmanager
def jupyterlab(folder: Path) -> Iterator[tuple[str, str]]:
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
        yield url, token
    finally:
        server.terminate()
        server.wait(30)


def cpu_seconds(roles: Mapping[str, Callable[[list[str]], bool]]) -> dict[str, float]:
    """Of all processes of the measurement, by role."""
    used = dict.fromkeys(roles, 0.0)
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            words = process.cmdline()
            for role, is_one in roles.items():
                used[role] += sum(process.cpu_times()[:2]) if is_one(words) else 0
    return used


def heap(page: Any) -> float:
    """Bytes, after a collection of everything, which is not the page's doing: its frames do not count."""
    session = page.context.new_cdp_session(page)
    page.evaluate("() => { window.azmlCollects = true; return new Promise(requestAnimationFrame); }")
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    page.evaluate("() => { window.azmlCollects = false; }")
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
