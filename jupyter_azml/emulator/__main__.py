"""``python -m jupyter_azml.emulator``: serves the workspace in force until interrupted."""

import argparse
import asyncio
import sys

from ..connect import Connections
from ..errors import AzmlError, UsageError
from ..language import _
from .service import Service


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m jupyter_azml.emulator", description=_("Serves the workspace as Azure ML, on this machine only.")
    )
    parser.add_argument("--port", type=int, default=0, help=_("0, the default, takes a free one."))
    port = parser.parse_args().port
    try:
        service = Service(Connections().workspace())
    except AzmlError as error:
        print(error, file=sys.stderr)
        return error.exit_code

    def announce(number: int) -> None:
        # It listens before it is announced: whoever reads the line can connect.
        print(f"http://127.0.0.1:{number}{service.identity}", flush=True)
        print(_("The bearer token is in {file}", file=service.secret_file), file=sys.stderr, flush=True)

    try:
        asyncio.run(service.serve(port, announce))
    except OSError as error:
        print(_("Port {port} cannot be used: {detail}", port=port, detail=error.strerror), file=sys.stderr)
        return UsageError.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
