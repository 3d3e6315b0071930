"""An endpoint through the gateway beside Azure's inference server alone: two model workers, 32 connections, 1 kB.

wrk makes the load where it is installed (Debian's package), else a loop of ours. Both sides listen on loopback; which
of them is measured first changes from round to round. Load, gateway and model servers share the machine's cores: where
all connections ask without a rest, what is waited for is a core, and p50 is the number of connections by the rate. What
the gateway itself adds shows at half of the rate that the server alone reaches.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any, NamedTuple

from .measure import Row, end_processes

CONNECTIONS, SECONDS, ROUNDS = 32, 5, 5
BODY = json.dumps({"data": list(range(100, 305))})
ALONE = "http://127.0.0.1:18765/score"
GATEWAY, AGENT, SERVER = "jupyter_azml.local.serving.gateway", "jupyter_azml.local.agent", "gunicorn"
SCRIPT = """
import json

def init():
    pass

def run(data):
    return {"sum": sum(json.loads(data)["data"])}
"""


class Measured(NamedTuple):
    rate: float
    """Requests per second."""
    p50: float
    """Seconds."""


def gateway(folder: str) -> list[Row]:
    from jupyter_azml.actions.deploy_model import deploy_model
    from jupyter_azml.entities import CodeConfiguration
    from jupyter_azml.local import LocalWorkspace
    from tests.fakes.served import FOLDER

    os.environ["AZML_SERVING_DIR"] = str(FOLDER)
    code = Path(folder) / "score"
    code.mkdir()
    (code / "score.py").write_text(SCRIPT)
    workspace = LocalWorkspace(Path(folder) / "home/workspaces/served")
    script = CodeConfiguration(code=str(code), scoring_script="score.py")
    deploy_model(workspace, "bench", code_configuration=script, instance_count=2)
    workspace.endpoints.invoke("bench", BODY.encode())
    url, key = workspace.endpoints.get("bench").scoring_uri, workspace.endpoints.keys("bench").primary_key
    python = next(FOLDER.glob("*/env/bin/python"))
    alone = _alone(python, code)
    sides: tuple[list[Measured], ...] = ([], [], [], [])
    addresses = (url, ALONE)
    try:
        for number in range(ROUNDS):
            for side in (0, 1) if number % 2 else (1, 0):
                sides[side].append(_measured(addresses[side], key))
        rest = 2 * CONNECTIONS / statistics.median(each.rate for each in sides[1])
        used = _cpu_seconds(folder, GATEWAY)
        for number in range(ROUNDS):
            for side in (0, 1) if number % 2 else (1, 0):
                sides[side + 2].append(_measured(addresses[side], key, rest))
        used = _cpu_seconds(folder, GATEWAY) - used
        back = [_killed(workspace, folder, url, key, who) for who in (SERVER, GATEWAY, AGENT)]
    finally:
        alone.terminate()
        alone.wait()
        end_processes(folder)
    ours, peer, calm, calm_peer = ([statistics.median(each) for each in zip(*side, strict=True)] for side in sides)
    requests = sum(each.rate for each in sides[2]) * SECONDS
    return [
        Row("requests per second through the gateway", ours[0], peer[0], "inference server alone", ">= 0.8", "1/s"),
        Row("p50 through the gateway", ours[1], peer[1], "inference server alone", "+2 ms"),
        Row("the same load at half of the rate: 1/s", calm[0], calm_peer[0], "inference server alone", "", "1/s"),
        Row("p50 through the gateway, at half of the rate", calm[1], calm_peer[1], "inference server alone", "+2 ms"),
        Row("CPU time of the gateway, a request", used / requests),
        *(Row(f"capacity is back after kill -9 of {who}; {lost} lost", gap, goal="<= 5 s") for who, gap, lost in back),
    ]


def _alone(python: Path, code: Path) -> "subprocess.Popen[bytes]":
    """As its own command starts it (amlserver_linux.py), but on loopback only."""
    environment = {**os.environ, "AML_APP_ROOT": str(code), "AZUREML_ENTRY_SCRIPT": "score.py"}
    words = ["-b", "127.0.0.1:18765", "-w", "2", "--access-logfile", "-", "--error-logfile", "/dev/null"]
    application = "azureml_inference_server_http.server.entry:app"
    command = [str(python), "-m", "gunicorn", *words, "--no-control-socket", application]
    with (code / "alone.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=log, stderr=log)
    time.sleep(5)
    return process


def _measured(url: str, key: str, rest: float = 0.0) -> Measured:
    """``rest``: seconds that each connection rests between two requests, on average."""
    if not shutil.which("wrk"):
        from tests.fakes.load import Load

        with Load(url, key, BODY.encode(), CONNECTIONS, pause=rest) as load:
            time.sleep(SECONDS)
        rate = load.statuses["200"] / SECONDS
        return Measured(rate, CONNECTIONS / rate - rest)
    script = Path("/tmp") / f"azml-wrk-{os.getpid()}.lua"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    lines = [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    if rest:  # by chance, so that the connections do not fall into step
        lines.append(f"function delay() return math.random(0, {2000 * rest:.0f}) end")
    script.write_text("\n".join(['wrk.method = "POST"', f"wrk.body = [[{BODY}]]", *lines]))
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", "--latency", "-s", str(script), url]
    try:
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    finally:
        script.unlink()
    rate, p50 = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r" 50%\s+([\d.]+)(us|ms|s)", said)
    assert rate, said
    assert p50, said
    assert "Non-2xx" not in said, said
    return Measured(float(rate[1]), float(p50[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[p50[2]])


def _cpu_seconds(folder: str, line: str) -> float:
    times = [process.cpu_times() for process in _processes(folder, line)]
    return sum(each.user + each.system for each in times)


def _killed(workspace: Any, folder: str, url: str, key: str, who: str) -> tuple[str, float, int]:
    """Seconds after which nine tenths of the rate are there again, and how many requests were not answered.

    Those that were told to come back later (429) are not lost.
    """
    from tests.fakes.load import Load

    with Load(url, key, BODY.encode(), connections=4) as load:
        time.sleep(3)
        before = len(load.successes) / 3
        # The first one: a server's workers have its command line too, and end with it.
        min(_processes(folder, who), key=lambda process: process.create_time()).kill()
        killed = time.monotonic()
        time.sleep(8)
    lost = sum(status != "429" for _moment, status in load.failures)
    times = sorted(moment - killed for moment in load.successes)
    for begin in (step / 20 for step in range(150)):
        if sum(begin <= moment < begin + 0.5 for moment in times) >= 0.45 * before:
            return who.rpartition(".")[2], begin, lost
    return who.rpartition(".")[2], float("inf"), lost


def _processes(folder: str, line: str) -> list[Any]:
    from tests.processes import processes_below

    return [process for process in processes_below(Path(folder)) if line in " ".join(process.cmdline())]
