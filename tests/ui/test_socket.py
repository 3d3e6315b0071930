"""The page's live socket, cut again and again."""

import json
from itertools import count

from tests.ui.waiting import until


def test_a_socket_that_drops_every_two_seconds_loses_no_line_and_shows_no_flicker(page, open_lab):
    """The socket is ours here, and so is the page's clock."""
    lines, opened, banners = count(), [], []
    page.route("**/azml/api/jobs?*", lambda route: route.fulfill(json={"items": [JOB], "continuation": None}))

    def serve(socket):
        opened.append(Talker(socket))

    page.route_web_socket("**/azml/api/ws*", serve)
    page.clock.install()
    open_lab()
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-jobs')")
    page.locator(".azml-JobRow").first.click()
    until(page, lambda: opened)
    for second in range(40):
        page.clock.run_for(1000)
        banners.append(page.locator(".azml-Banner").count())
        if opened[-1].tell():
            next(lines)
        if second % 2:
            opened[-1].close()
    told = " ".join(f"line {number}" for number in range(1, next(lines) + 1))

    def shown():
        page.clock.run_for(1000)
        return " ".join(page.locator(".azml-Follow .azml-Log pre").inner_text().split())

    until(page, lambda: shown() == told)
    assert banners == [0] * 40
    # On a slow machine the page hears later, by its own clock, that the socket is gone.
    assert 5 < len(opened) < 25


class Talker:
    """The server's half of one socket: a line for whoever follows, from the cursor that it is asked for."""

    def __init__(self, socket):
        self.socket, self.at = socket, None
        socket.on_message(self.hear)

    def hear(self, text):
        said = json.loads(text)
        if said.get("op") == "list" and said["on"]:
            self.socket.send(json.dumps({"op": "jobs", "jobs": [JOB]}))
        if said.get("op") == "subscribe" and "job-1" in said["jobs"]:
            self.at = int(said["jobs"]["job-1"] or 0)

    def tell(self):
        """Whether somebody follows."""
        if self.at is None:
            return False
        since, self.at = str(self.at or ""), self.at + 1
        head = {"job": "job-1", "at": JOB["created"], "cell": 1, "stream": "stdout"}
        events = [{"event": "LogLines", **head, "text": f"line {self.at}\n"}]
        said = {"op": "events", "job": "job-1", "since": since, "cursor": str(self.at), "events": events}
        self.socket.send(json.dumps(said))
        return True

    def close(self):
        self.at = None
        self.socket.close()


JOB = {
    "name": "job-1",
    "display_name": "talkative",
    "experiment": "Default",
    "type": "notebook",
    "spec": {"kind": "notebook", "notebook": "a.ipynb", "code": "/"},
    "status": "Running",
    "reason": None,
    "created": "2026-11-21T12:00:00Z",
    "started": "2026-11-21T12:00:00Z",
    "ended": None,
    "compute": "local",
    "parameters": {},
    "outputs": {},
    "tags": {},
    "parent": None,
    "snapshot": None,
    "git": {},
    "owner": "",
    "progress": None,
    "metrics": [],
    "inputs": {},
    "properties": {},
}
