"""The gateway by itself, before model servers that do as they are told."""

import asyncio
import gc
import json
import select
import socket
import threading
import time
from contextlib import contextmanager, suppress

import httpx
import pytest
import uvicorn

from jupyter_azml.local.serving import body, connections
from jupyter_azml.local.serving.app import Gateway
from jupyter_azml.local.serving.connections import Connection
from jupyter_azml.local.serving.lane import Lane
from jupyter_azml.local.serving.routes import Route, Routes, Target, digest, read_routes, write_routes
from jupyter_azml.local.serving.tokens import make_token

KEY = {"Authorization": "Bearer right"}
LARGE = 40_000_000


class Recorded(list):
    def record(self, endpoint, deployment, status, seconds, *, mirrored=False):
        self.append((endpoint, deployment, status, mirrored))


@pytest.fixture(scope="module")
def azml_home():
    """None is needed."""


@pytest.fixture
def recorded():
    return Recorded()


@pytest.fixture
def served(tmp_path, recorded, monkeypatch):
    monkeypatch.setenv("AZML_GATEWAY_BODY_MB", "64")
    gateway = Gateway(recorded, None, lambda _name: "secret")
    with _models(tmp_path) as place, _serving(gateway) as client:
        gateway.set_routes(Routes(1, {"churn": _route(place)}))
        yield client, gateway, place


def test_who_may_not_is_told_so_and_learns_nothing_else(served, recorded):
    client, gateway, place = served
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic right"}):
        answer = client.post("/endpoints/churn/score", headers=headers, content=b"1")
        assert answer.status_code == 401, headers
        assert "get-credentials" in answer.json()["hint"]
        assert "right" not in answer.text
    assert recorded[0] == ("churn", "", 401, False)
    assert client.post("/endpoints/CHURN/score", headers=KEY, content=b"1").status_code == 200
    gateway.set_routes(Routes(2, {"churn": _route(place, auth="token")}))
    token, _expires = make_token("churn", "secret")
    expired, _expires = make_token("churn", "secret", seconds=-1)
    other, _expires = make_token("other", "secret")
    forged, _expires = make_token("churn", "guessed")
    for bearer, status in ((token, 200), (expired, 401), (other, 401), (forged, 401), ("right", 401), ("a.b", 401)):
        headers = {"Authorization": f"Bearer {bearer}"}
        assert client.post("/endpoints/churn/score", headers=headers, content=b"1").status_code == status, bearer


def test_what_is_not_there_is_said_with_what_is(served):
    client, _gateway, _place = served
    assert "churn" in client.post("/endpoints/other/score", headers=KEY).json()["hint"]
    pinned = {**KEY, "azureml-model-deployment": "purple"}
    answer = client.post("/endpoints/churn/score", headers=pinned)
    assert (answer.status_code, answer.json()["code"]) == (404, "DeploymentNotFound")
    assert "blue" in answer.json()["hint"]
    assert client.get("/anything").status_code == 404
    assert client.get("/health").text == "Healthy"


def test_traffic_is_split_pinned_and_mirrored_without_hurting_the_caller(served, recorded):
    client, gateway, place = served
    names = [client.post("/endpoints/churn/score", headers=KEY).headers["azureml-model-deployment"] for _ in range(400)]
    assert 200 < names.count("blue") < 390
    assert names.count("blue") + names.count("green") == 400
    pinned = {**KEY, "azureml-model-deployment": "Green"}
    assert client.post("/endpoints/churn/score", headers=pinned).json()["model"] == "green"
    gateway.set_routes(Routes(2, {"churn": _route(place, traffic={"blue": 100}, mirror={"gone": 50, "green": 50})}))
    recorded.clear()
    for _ in range(60):
        assert client.post("/endpoints/churn/score", headers=KEY, content=b"{}").json()["model"] == "blue"
    _until(lambda: any(entry == ("churn", "gone", 503, True) for entry in recorded) or sum(e[3] for e in recorded) > 15)
    assert {entry[1:3] for entry in recorded if not entry[3]} == {("blue", 200)}


def test_what_is_too_much_or_too_slow_is_refused_and_others_are_served(served, monkeypatch):
    client, _gateway, _place = served
    answer = client.post("/endpoints/churn/score", headers=KEY, content=b"x" * (1 << 20) * 3)
    assert answer.json()["bytes"] == 3 << 20
    declared = {**KEY, "Content-Length": str(100 << 20)}
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", client.base_url.port)) as caller:
        lines = "".join(f"{name}: {value}\r\n" for name, value in declared.items())
        caller.sendall(f"POST /endpoints/churn/score HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())
        assert b"413" in caller.recv(100)
    assert time.monotonic() - started < 2

    def endless():
        for _ in range(100):
            yield b"x" * (1 << 20)

    with suppress(httpx.TransportError):  # where the answer came before the caller was done
        assert client.post("/endpoints/churn/score", headers=KEY, content=endless()).status_code == 413
    assert client.post("/endpoints/churn/score", headers=KEY).status_code == 200
    monkeypatch.setattr(connections, "SECONDS_TO_BEGIN", 0.3)
    whole = (
        b"POST /endpoints/churn/score HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer right\r\nContent-Length: 9\r\n\r\n"
    )
    for begun in (b"", b"POST /endpoints/churn/score HT", whole):
        with socket.create_connection(("127.0.0.1", client.base_url.port)) as slow:
            slow.sendall(begun)
            assert b"408" in slow.recv(100)
    # Nor may the rest of a body drip.
    monkeypatch.setattr(body, "PAUSE", 0.3)
    monkeypatch.setattr(connections, "SECONDS_TO_BEGIN", 15)
    with socket.create_connection(("127.0.0.1", client.base_url.port)) as slow:
        slow.sendall(whole + b"123")
        said = b"".join(iter(lambda: slow.recv(1000), b""))
        assert said.startswith(b"HTTP/1.1 408")
        assert b"BodyTooSlow" in said
    with socket.create_connection(("127.0.0.1", client.base_url.port)) as greedy:
        greedy.sendall(b"GET / HTTP/1.1\r\nx-long: " + b"y" * 100_000)
        assert b"431" in greedy.recv(100)


def test_more_than_fits_waits_and_is_then_refused(served):
    client, gateway, place = served
    gateway.set_routes(Routes(2, {"churn": _route(place, patience=0.1, traffic={"blue": 100})}))
    statuses = []
    body = json.dumps({"sleep": 0.4}).encode()

    def ask():
        statuses.append(client.post("/endpoints/churn/score", headers=KEY, content=body))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in statuses) == [200, 429, 429, 429]
    assert next(answer for answer in statuses if answer.status_code == 429).headers["retry-after"] == "1"


def test_a_model_that_takes_too_long_fails_or_goes_away_is_told_from_one_that_answers(served):
    client, gateway, place = served
    gateway.set_routes(Routes(2, {"churn": _route(place, timeout=0.2, traffic={"blue": 100})}))
    said = {}
    for what in ({"sleep": 1}, {"status": 500}, {"status": 404}, {"hang_up": 1}):
        said[next(iter(what.items()))] = client.post("/endpoints/churn/score", headers=KEY, json=what)
    assert said["sleep", 1].status_code == 408
    assert said["status", 500].status_code == 424
    assert said["status", 500].headers["ms-azureml-model-error-statuscode"] == "500"
    assert said["status", 404].status_code == 404
    assert said["hang_up", 1].status_code == 502
    wrong = {**KEY, "Content-Type": "application/json"}
    answer = client.post("/endpoints/churn/score", headers=wrong, content=b'{"status": 500, oops')
    assert (answer.status_code, answer.json()["code"]) == (400, "BodyNotJson")


def test_what_a_server_that_ends_has_not_read_is_sent_again_and_what_it_may_have_read_is_not(served, recorded):
    client, gateway, place = served
    with _server_that_ends(place / "ending.sock", reads=False) as ended:
        gateway.set_routes(Routes(2, {"churn": _route(place, socket="ending.sock")}))
        # The third one answers, of that name or of any other: by then it was replaced.
        _until_thread = threading.Thread(target=lambda: _replace(gateway, place, ended))
        _until_thread.start()
        assert client.post("/endpoints/churn/score", headers=KEY, content=b"{}").status_code == 200
        _until_thread.join()
        assert len(ended) >= 2
        large = client.post("/endpoints/churn/score", headers=KEY, content=b"x" * 20_000)
        assert large.status_code == 200
    with _server_that_ends(place / "reading.sock", reads=True) as ended:
        gateway.set_routes(Routes(4, {"churn": _route(place, socket="reading.sock")}))
        assert client.post("/endpoints/churn/score", headers=KEY, content=b"{}").status_code == 502
        assert len(ended) == 1


def test_copies_that_are_never_answered_hold_up_nobody(served, recorded):
    client, gateway, place = served
    mirrored = _route(place, timeout=0.2, patience=0.1, traffic={"blue": 100}, mirror={"green": 50})
    gateway.set_routes(Routes(2, {"churn": mirrored}))
    started = time.monotonic()
    for _ in range(40):
        answer = client.post("/endpoints/churn/score", headers=KEY, json={"sleep_green": 5})
        assert (answer.status_code, answer.json()["model"]) == (200, "blue")
    assert time.monotonic() - started < 5
    _until(lambda: {entry[2] for entry in recorded if entry[3]} == {408, 429})
    assert {entry[1:3] for entry in recorded if not entry[3]} == {("blue", 200)}


def test_a_large_answer_is_handed_on_as_it_comes(served):
    client, _gateway, _place = served
    answer = client.post("/endpoints/churn/score", headers=KEY, json={"answer": LARGE})
    assert len(answer.content) == LARGE


def test_no_key_of_the_caller_reaches_a_model(served):
    client, _gateway, _place = served
    headers = client.post("/endpoints/churn/score", headers={**KEY, "Cookie": "a=b", "X-Mine": "1"}).json()["headers"]
    assert "authorization" not in headers
    assert "cookie" not in headers
    assert headers["x-mine"] == "1"


def test_a_request_leaves_nothing_for_the_garbage_collector(served):
    client, _gateway, _place = served
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            assert client.post("/endpoints/churn/score", headers=KEY, content=b"1").status_code == 200
        kept = [type(each).__name__ for each in gc.get_objects()]
    finally:
        gc.enable()
    assert kept.count("Exchange") == 0
    assert kept.count("RequestResponseCycle") <= 2


def test_a_quick_model_has_requests_ahead_and_a_slow_one_none():
    async def places(*answers):
        lane = Lane()
        lane.resize(2)
        for seconds, among in answers:
            lane.took(seconds, among)
        return lane.places

    assert asyncio.run(places()) == 2
    assert asyncio.run(places((0.001, 1))) == 32
    assert asyncio.run(places(*[(0.016, 32)] * 500)) == 32, "one of 32 waits for the others"
    assert asyncio.run(places((1, 2))) == 2


def test_routes_are_what_was_written_and_hold_no_key(tmp_path):
    routes = Routes(7, {"churn": _route(tmp_path)})
    write_routes(tmp_path / "routes.json", routes)
    assert read_routes(tmp_path / "routes.json") == routes
    assert "right" not in (tmp_path / "routes.json").read_text()
    assert (tmp_path / "routes.json").stat().st_mode & 0o777 == 0o600


def _route(place, *, auth="key", timeout=5.0, patience=2.0, traffic=None, mirror=None, socket=None):
    targets = {
        name: Target(name, str(place / (socket or f"{name}.sock")), 1, timeout, patience)
        for name in ("blue", "green", "gone")
    }
    shares = traffic or {"blue": 75, "green": 25}
    return Route("churn", auth, (digest("right"), digest("other")), shares, mirror or {}, targets)


@contextmanager
def _serving(gateway):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(gateway, http=Connection, ws="none", lifespan="off", log_level="error", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    _until(lambda: server.started)
    with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", trust_env=False, timeout=20) as client:
        yield client
    server.should_exit = True
    thread.join(10)


@contextmanager
def _server_that_ends(path, *, reads):
    """Takes each connection and closes it: before it has read anything, or after."""
    ended, listener = [], socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def serve():
        with suppress(OSError):
            while True:
                connection, _address = listener.accept()
                while reads and b"{}" not in connection.recv(100_000):
                    pass
                _until(lambda taken=connection: select.select([taken], [], [], 1)[0] or reads)
                ended.append(connection.close())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield ended
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(10)


def _replace(gateway, place, ended):
    _until(lambda: len(ended) >= 2)
    gateway.set_routes(Routes(3, {"churn": _route(place)}))


@contextmanager
def _models(tmp_path):
    """Two of them, on sockets with short names."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="gw") as folder:
        place = Path(folder)
        loop = asyncio.new_event_loop()
        for name in ("blue", "green"):
            loop.run_until_complete(asyncio.start_unix_server(_model(name), str(place / f"{name}.sock")))
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        yield place
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _model(name):
    async def answer(reader, writer):
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        # gunicorn's worker waits for this after each answer: it has to be there before.
        assert await reader.read() == b""
        try:
            said = json.loads(body) if body[:1] == b"{" else {}
        except ValueError:
            said = {"status": 500}
        await asyncio.sleep(said.get("sleep", said.get(f"sleep_{name}", 0)))
        if said.get("hang_up"):
            writer.close()
            return
        told = json.dumps({"model": name, "bytes": len(body), "headers": headers}).encode()
        told = b"z" * said["answer"] if "answer" in said else told
        writer.write(f"HTTP/1.1 {said.get('status', 200)} X\r\ncontent-length: {len(told)}\r\n\r\n".encode() + told)
        await writer.drain()
        writer.close()

    return answer


def _until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
