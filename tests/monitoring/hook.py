"""A server on loopback that keeps what it is sent, and answers with the statuses that it is told to."""

import http.server
import json
import threading
import time
from contextlib import contextmanager


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status = server.statuses.pop(0) if server.statuses else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_args):
        pass


class Hook(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received, self.statuses = [], []
        self.url = f"http://127.0.0.1:{self.server_port}/hook"

    def wait_for(self, count):
        self.until(lambda: len(self.received) >= count)

    def until(self, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it does not come"
            time.sleep(0.02)


@contextmanager
def serving_hook():
    server = Hook()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
