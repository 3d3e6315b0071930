"""``python -m jupyter_azml.emulator``: serves the workspace in force until interrupted."""

import argparse
import socket
import sys
from contextlib import suppress

import uvicorn

from ..connect import Connections
from ..errors import AzmlError, UsageError
from ..language import _
from .app import create_app, identity_of
from .secret import read_or_make_secret, secret_file


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m jupyter_azml.emulator", description=_("Serves the workspace as Azure ML, on this machine only.")
    )
    parser.add_argument("--port", type=int, default=0, help=_("0, the default, takes a free one."))
    port = parser.parse_args().port
    try:
        workspace = Connections().workspace()
        file = secret_file(workspace.info())
        app = create_app(workspace, read_or_make_secret(file))
    except AzmlError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        print(_("Port {port} cannot be used: {detail}", port=port, detail=error.strerror), file=sys.stderr)
        return UsageError.exit_code
    # uvicorn stops in order when interrupted, and then raises the interrupt again.
    with listener, suppress(KeyboardInterrupt):
        # It listens before it is announced: whoever reads the line can connect.
        print(f"http://127.0.0.1:{listener.getsockname()[1]}{identity_of(workspace)}", flush=True)
        print(_("The bearer token is in {file}", file=file), file=sys.stderr, flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
