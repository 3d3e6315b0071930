"""Says what it was given, and writes a model if it is told where."""

import os
import sys
from pathlib import Path

print("arguments:", *sys.argv[1:])
print("ran in:", Path.cwd().name, "beside", *sorted(path.name for path in Path.cwd().iterdir()))
if target := os.environ.get("TARGET"):
    Path(target).write_text("a model")
