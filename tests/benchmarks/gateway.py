"""An endpoint through the gateway beside Azure's inference server alone: two model workers, 32 connections, 1 kB.

wrk makes the load where it is installed (Debian's package), else a loop of ours. Both sides listen on loopback; which
of them is measured first changes from round to round.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path

from .measure import Row, end_processes

CONNECTIONS, SECONDS, ROUNDS = 32, 5, 5
BODY = json.dumps({"data": list(range(100, 305))})
SCRIPT = """
import json

def init():
    pass

def run(data):
    return {"sum": sum(json.loads(data)["data"])}
"""


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
    ours, peer = [], []
    try:
        for number in range(ROUNDS):
            both = [(ours, url), (peer, "http://127.0.0.1:18765/score")]
            for found, address in both if number % 2 else both[::-1]:
                found.append(_measured(address, key))
    finally:
        alone.terminate()
        alone.wait()
        end_processes(folder)
    rate, p50 = ([statistics.median(each[which] for each in side) for side in (ours, peer)] for which in (0, 1))
    return [
        Row("requests per second through the gateway", rate[0], rate[1], "inference server alone", ">= 0.8", "1/s"),
        Row("p50 through the gateway", p50[0], p50[1], "inference server alone", "+2 ms"),
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


def _measured(url: str, key: str) -> tuple[float, float]:
    """Requests per second, and the median of their seconds."""
    if not shutil.which("wrk"):
        from tests.fakes.load import Load

        with Load(url, key, BODY.encode(), CONNECTIONS) as load:
            time.sleep(SECONDS)
        rate = load.statuses["200"] / SECONDS
        return rate, CONNECTIONS / rate
    script = Path("/tmp") / f"azml-wrk-{os.getpid()}.lua"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    lines = [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
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
    return float(rate[1]), float(p50[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[p50[2]]
