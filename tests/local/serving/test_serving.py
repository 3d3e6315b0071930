"""Models that are really served: Azure's inference server, the gateway and the agent that keeps both."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from jupyter_azml.actions.deploy_model import begin_deployment, deploy_model, give_traffic
from jupyter_azml.actions.settle_deployment import settle_deletion, settle_deployment
from jupyter_azml.cli.main import run_line
from jupyter_azml.entities import (
    AuthMode,
    CodeConfiguration,
    EndpointState,
    Environment,
    OnlineEndpoint,
    Probe,
    RequestSettings,
)
from jupyter_azml.errors import Conflict, DeploymentFailed, InvocationFailed, UsageError
from jupyter_azml.local.serving.port import choose_port, listen
from tests.fakes.load import Load
from tests.processes import processes_below

NAME = "churn"
BODY = b'{"data": [1, 2, 3]}'
# A machine that is busy with other tests has pauses of its own.
PATIENT = RequestSettings(max_queue_wait_ms=5000)


def test_a_port_that_another_program_has_is_said_and_one_that_is_free_is_moved_to(workspace, monkeypatch):
    paths = workspace.jobs._paths
    taken = listen(choose_port(paths))
    workspace.endpoints.create_or_update(OnlineEndpoint(name=NAME))
    until(lambda: workspace.endpoints.get(NAME).state is EndpointState.FAILED)
    trouble = workspace.endpoints.get(NAME).reason
    assert (trouble.code, trouble.values["port"]) == ("PortTaken", taken.getsockname()[1])
    with pytest.raises(InvocationFailed, match="cannot be reached") as error:
        workspace.endpoints.invoke(NAME, BODY)
    assert "AZML_GATEWAY_PORT" in error.value.message
    taken.settimeout(0.1)
    with pytest.raises(TimeoutError):
        taken.accept()  # so that no key was sent there
    with listen(0) as free:
        wish = free.getsockname()[1]
    monkeypatch.setenv("AZML_GATEWAY_PORT", str(wish))
    until(lambda: workspace.endpoints.get(NAME).state is EndpointState.SUCCEEDED)
    assert f":{wish}/" in workspace.endpoints.get(NAME).scoring_uri
    # One that is in use moves, too, when somebody wishes so.
    taken.close()
    monkeypatch.setenv("AZML_GATEWAY_PORT", str(taken_port := trouble.values["port"]))
    moved = workspace.endpoints.create_or_update(workspace.endpoints.get(NAME))
    assert f":{taken_port}/" in moved.scoring_uri
    until(lambda: _says(workspace, "gets traffic"))


@pytest.fixture(scope="module")
def endpoint(workspace, code):
    deploy_model(workspace, NAME, code_configuration=_script(code), instance_count=2, request_settings=PATIENT)
    until(lambda: workspace.endpoints.get(NAME).state is EndpointState.SUCCEEDED)
    until(lambda: _answers(workspace))
    return workspace.endpoints.get(NAME)


@pytest.fixture
def load(workspace, endpoint):
    return Load(endpoint.scoring_uri, workspace.endpoints.keys(NAME).primary_key, BODY, connections=4)


def test_from_blue_to_green_under_load_no_request_fails(workspace, endpoint, code, load):
    with load:
        until(lambda: load.statuses["200"] > 50)
        # Nobody waits for it: the agent gives it its share.
        begin_deployment(
            workspace, NAME, name="green", code_configuration=_script(code), traffic=10, request_settings=PATIENT
        )
        until(lambda: workspace.endpoints.get(NAME).traffic == {"blue": 90, "green": 10})
        until(lambda: load.deployments["green"])
        load.deployments.clear()
        until(lambda: load.deployments.total() >= 600)
        counts = dict(load.deployments)
        give_traffic(workspace, NAME, "green", 100)
        with pytest.raises(Conflict, match="green gets 100 %"):
            workspace.endpoints.deployments.delete(NAME, "green")
        until(lambda: _only_green(load))
        workspace.endpoints.deployments.delete(NAME, "blue")
        settle_deletion(workspace, NAME, "blue")
        green = workspace.endpoints.deployments.get(NAME, "green")
        changed = green.model_copy(update={"environment_variables": {"CHANGED": "1"}})
        workspace.endpoints.deployments.create_or_update(changed)
        settle_deployment(workspace, NAME, "green")
    assert load.failed == 0, load.failures[:5]
    # 600 draws at 10 %: 60 on average, and within six standard deviations.
    assert 60 - 6 * 7.4 < counts["green"] * 600 / sum(counts.values()) < 60 + 6 * 7.4
    assert not [line for line in _servers_of(workspace, "blue") if line]


def test_a_script_whose_init_fails_is_failed_with_its_traceback_and_traffic_stays(workspace, endpoint, azml_home):
    folder = azml_home.parent / "broken"
    folder.mkdir()
    (folder / "score.py").write_text("def init():\n    raise KeyError('no weights')\n\ndef run(data):\n    return 1\n")
    with pytest.raises(DeploymentFailed, match="no weights") as error:
        deploy_model(workspace, NAME, name="broken", code_configuration=_script(folder), traffic=50)
    assert "line 2, in init" in error.value.message
    assert "Traffic stays" in error.value.hint
    assert workspace.endpoints.get(NAME).traffic.get("broken") == 0
    with pytest.raises(UsageError, match="does not answer"):
        give_traffic(workspace, NAME, "broken", 10)
    assert workspace.endpoints.invoke(NAME, BODY).status == 200
    # One that answers goes on with its code of before.
    good = workspace.endpoints.deployments.get(NAME, "green")
    workspace.endpoints.deployments.create_or_update(good.model_copy(update={"code_configuration": _script(folder)}))
    with pytest.raises(DeploymentFailed) as error:
        settle_deployment(workspace, NAME, "green")
    assert "goes on answering" in error.value.hint
    assert workspace.endpoints.invoke(NAME, BODY).status == 200
    workspace.endpoints.deployments.create_or_update(good)
    assert settle_deployment(workspace, NAME, "green").reason is None
    workspace.endpoints.deployments.delete(NAME, "broken")
    settle_deletion(workspace, NAME, "broken")


def test_what_a_model_says_and_what_goes_wrong_is_told(workspace, endpoint, monkeypatch):
    ask = workspace.endpoints.invoke
    assert json.loads(ask(NAME, BODY).body)["sum"] == 6
    monkeypatch.setenv("AZML_GATEWAY_BODY_MB", "0.00001")
    with pytest.raises(InvocationFailed, match="larger than 0 MB") as error:
        ask(NAME, BODY)
    assert error.value.status == 413
    monkeypatch.delenv("AZML_GATEWAY_BODY_MB")
    for body, status, said in (
        (b'{"fail": 1}', 424, "unexpected error occurred in scoring script"),
        (b"{no json", 400, "not the JSON"),
        (b'{"die": 1}', 502, "ended while it worked"),
    ):
        with pytest.raises(InvocationFailed, match=said) as error:
            ask(NAME, body)
        assert error.value.status == status
    until(lambda: _answers(workspace))
    log, end = workspace.endpoints.deployments.logs(NAME, "green")
    assert "ready to score" in log
    assert "asked to fail" in log
    ask(NAME, BODY)
    until(lambda: "POST /score" in workspace.endpoints.deployments.logs(NAME, "green", offset=end)[0])
    for key in (workspace.endpoints.keys(NAME).primary_key, workspace.endpoints.keys(NAME).secondary_key):
        assert key not in log


def test_a_model_whose_workers_the_system_ends_while_they_load_it_has_failed_soon(workspace, endpoint, azml_home):
    folder = azml_home.parent / "large"
    folder.mkdir()
    script = (
        "import os, signal\n\ndef init():\n    os.kill(os.getpid(), signal.SIGKILL)\n\ndef run(data):\n    return 1\n"
    )
    (folder / "score.py").write_text(script)
    with pytest.raises(DeploymentFailed, match="out of memory"):
        deploy_model(workspace, NAME, name="large", code_configuration=_script(folder))
    workspace.endpoints.deployments.delete(NAME, "large")


def test_one_that_lives_and_does_not_answer_is_ended_and_started_again(workspace, endpoint):
    green = workspace.endpoints.deployments.get(NAME, "green")
    server = _process(workspace, "server")
    probe = Probe(period=1, timeout=1, failure_threshold=2)
    changed = green.model_copy(update={"liveness_probe": probe})
    workspace.endpoints.deployments.create_or_update(changed)
    assert _process(workspace, "server") == server  # which needs no other server
    for each in (psutil.Process(server), *psutil.Process(server).children()):
        each.suspend()
    until(lambda: not psutil.pid_exists(server))
    until(lambda: _answers(workspace))
    workspace.endpoints.deployments.create_or_update(green)


def test_a_deployment_has_the_packages_of_its_environment(workspace, endpoint, azml_home):
    folder = azml_home.parent / "roman"
    folder.mkdir()
    script = "import roman\n\ndef init():\n    pass\n\ndef run(data):\n    return {'sum': roman.toRoman(9)}\n"
    (folder / "score.py").write_text(script)
    workspace.environments.create_or_update(Environment(name="tools", packages=("roman==4.2",)))
    deploy_model(workspace, NAME, name="roman", code_configuration=_script(folder), environment="azureml:tools:1")
    assert json.loads(workspace.endpoints.invoke(NAME, BODY, deployment="roman").body) == {"sum": "IX"}
    workspace.endpoints.deployments.delete(NAME, "roman")


def test_an_endpoint_that_takes_tokens_takes_no_keys_and_none_of_before(workspace, endpoint):
    key = workspace.endpoints.keys(NAME).primary_key
    workspace.endpoints.create_or_update(
        workspace.endpoints.get(NAME).model_copy(update={"auth_mode": AuthMode.AML_TOKEN})
    )
    assert workspace.endpoints.invoke(NAME, BODY).status == 200
    token = workspace.endpoints.token(NAME)
    assert 3600 < (token.expiry - datetime.now(UTC)).total_seconds() <= 8 * 3600
    for bearer, status in ((token.access_token, "200"), (key, "401")):
        with Load(endpoint.scoring_uri, bearer, BODY, 1) as load:
            until(lambda found=load, status=status: found.statuses[status] > 3)
        assert set(load.statuses) == {status}
    _take(workspace, AuthMode.KEY)
    assert workspace.endpoints.keys(NAME).primary_key == key
    assert workspace.endpoints.invoke(NAME, BODY).status == 200


def test_a_terminal_follows_the_log_until_it_is_interrupted(workspace, endpoint):
    command = [sys.executable, "-m", "jupyter_azml", "deployment", "get-logs", f"{NAME}/green", "-f", "-l", "1"]
    terminal = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    terminal.stdout.readline()
    with pytest.raises(InvocationFailed):
        workspace.endpoints.invoke(NAME, b'{"fail": 1}')
    assert any("asked to fail" in line for line in terminal.stdout)
    terminal.send_signal(signal.SIGINT)
    _out, said = terminal.communicate(timeout=20)
    assert (terminal.returncode, said) == (130, "")


def test_a_key_that_was_regenerated_is_refused_and_the_other_goes_on(workspace, endpoint):
    before = workspace.endpoints.keys(NAME)
    with Load(endpoint.scoring_uri, before.secondary_key, BODY, 2) as other:
        after = workspace.endpoints.regenerate_key(NAME, "primary")
        with Load(endpoint.scoring_uri, before.primary_key, BODY, 1) as old:
            until(lambda: old.statuses["401"] > 3)
    assert other.failed == 0
    assert before.secondary_key == after.secondary_key
    assert workspace.endpoints.invoke(NAME, BODY).status == 200


@pytest.mark.parametrize("who", ["server", "worker", "gateway", "agent"])
def test_who_is_killed_under_load_takes_only_requests_in_flight_along(workspace, endpoint, load, who):
    until(lambda: _answers(workspace))
    with load:
        until(lambda: load.statuses["200"] > 50)
        os.kill(_process(workspace, who), signal.SIGKILL)
        killed = time.monotonic()
        until(lambda: any(moment > killed + 0.5 for moment in load.successes), seconds=15)
        until(lambda: len(load.successes) > load.statuses["200"] - 1)
    # On each connection at most one request is under way.
    # Who was told to come back, since a queue was full meanwhile, lost nothing.
    cut = [status for _moment, status in load.failures if status != "429"]
    assert len(cut) <= 4, load.failures
    until(lambda: _process(workspace, who))


def test_every_command_of_the_tutorial_page_works(workspace, endpoint, azml_home, monkeypatch, capfd):
    page = Path(__file__).parents[3] / "docs" / "endpoints.md"
    folder = azml_home.parent / "tutorial"
    folder.mkdir()
    monkeypatch.chdir(folder)
    said = {}
    for name, kind, block in re.findall(r"(?:`([\w.]+)`:\n\n)?```(\w+)\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if name:
            (folder / name).write_text(block)
            continue
        assert kind == "bash"
        for line in block.splitlines():
            code = run_line(shlex.split(line)[1:])
            said[line] = capfd.readouterr().out
            assert code == 0, line
    answers = {out for line, out in said.items() if " invoke " in line}
    assert answers == {"[1.75, 2.0, 2.25]\n"}
    assert "Succeeded" in said["azml endpoint show pricing"]
    assert [found.name for found in workspace.endpoints.list().items] == [NAME]


def _script(folder):
    return CodeConfiguration(code=str(folder), scoring_script="score.py")


def _take(workspace, mode: AuthMode) -> None:
    workspace.endpoints.create_or_update(workspace.endpoints.get(NAME).model_copy(update={"auth_mode": mode}))


def _says(workspace, words: str) -> bool:
    with pytest.raises(InvocationFailed) as error:
        workspace.endpoints.invoke(NAME, BODY)
    return words in error.value.message


def _answers(workspace) -> bool:
    try:
        return workspace.endpoints.invoke(NAME, BODY).status == 200
    except InvocationFailed:
        return False


def _only_green(load: Load) -> bool:
    before = load.deployments["blue"], load.deployments.total()
    until(lambda: load.deployments.total() > before[1] + 50)
    return load.deployments["blue"] == before[0]


def _process(workspace, who: str) -> int:
    paths = workspace.jobs._paths
    lines = {"gateway": "local.serving.gateway", "agent": "local.agent"}
    if who in lines:
        return next((each.pid for each in processes_below(paths.folder) if lines[who] in " ".join(each.cmdline())), 0)
    locks = paths.endpoint(NAME).deployment("green").folder.glob("r*/server.lock")
    server = json.loads(max(locks, key=lambda path: path.stat().st_mtime).read_text())["pid"]
    return server if who == "server" else psutil.Process(server).children()[0].pid


def _servers_of(workspace, name: str) -> list[str]:
    return [str(path) for path in workspace.jobs._paths.endpoint(NAME).deployment(name).folder.glob("r*")]


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
