"""Makes ready what one revision of a deployment needs: code, model, packages. May take minutes, so it is a process.

``python -m jupyter_azml.local.serving.prepare FOLDER ENDPOINT DEPLOYMENT REVISION LOCK``, started by the agent with the
Python of whoever deployed. It leaves ``prepared.json``: the interpreter for the server, or why there is none.
"""

import json
import os
import shutil
import sys
import traceback
from pathlib import Path

from ... import settings
from ...errors import AzmlError
from ...execution.snapshot import unpack_snapshot
from ..environments.overlay import Overlays
from ..files import read_json, write_whole
from ..paths import RevisionPaths, WorkspacePaths


def main() -> None:
    folder, endpoint, name, number, lock = sys.argv[1:]
    os.set_inheritable(int(lock), False)
    paths = WorkspacePaths(Path(folder))
    revision = paths.endpoint(endpoint).deployment(name).revision(int(number))
    try:
        made = {"interpreter": prepare(paths, revision)}
    except AzmlError as error:
        made = {"detail": f"{error.message} {error.hint}".strip()}
        print(error, file=sys.stderr)
    except Exception as error:  # whatever it is, the deployment has failed for it
        made = {"detail": f"{type(error).__name__}: {error}"}
        traceback.print_exc()
    write_whole(revision.prepared, json.dumps(made))


def prepare(paths: WorkspacePaths, revision: RevisionPaths) -> str:
    """Raises AzmlError."""
    kept = read_json(revision.deployment) or {}
    shutil.rmtree(revision.code, ignore_errors=True)
    if kept.get("snapshot"):
        unpack_snapshot(paths.snapshot(kept["snapshot"]), revision.code)
    else:
        revision.code.mkdir(exist_ok=True)
    # In one layer, so that the packages of the server and of the model suit one another.
    overlays = Overlays(settings.serving_folder())
    return str(
        overlays.build(kept["requirements"], lambda text: print(text, end="", file=sys.stderr, flush=True)).python
    )


if __name__ == "__main__":
    main()
