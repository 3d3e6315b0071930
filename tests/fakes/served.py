"""What serves models, built once for all tests: ``python -m tests.fakes.served`` needs the package registry."""

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "serving"


def build() -> None:
    from jupyter_azml.local.environments.overlay import Overlays
    from jupyter_azml.local.serving.deployments import serving_requirements

    Overlays(FOLDER).build(serving_requirements(), lambda text: print(text, end="", flush=True))


if __name__ == "__main__":
    build()
