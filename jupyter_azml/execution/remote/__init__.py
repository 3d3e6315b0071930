"""What a job in Azure runs of ours: the text of a script, which needs papermill there and nothing of this package."""

import io
import json
import zipfile
from pathlib import Path

MARK = "\x1e"
"""Before a line of the journal that stands among what the job prints; ASCII's record separator."""


def script() -> str:
    return (Path(__file__).parent / "notebook.py").read_text("utf-8")


def cell_notebook(source: str, kernel: str) -> str:
    """A notebook of one cell."""
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "cell",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    kernelspec = {"name": kernel, "display_name": kernel, "language": "python"}
    return json.dumps({"cells": [cell], "metadata": {"kernelspec": kernelspec}, "nbformat": 4, "nbformat_minor": 5})


def runtime() -> bytes:
    """A zip with the part of this package that puts a cell's values back, and writes down what it returns."""
    package = Path(__file__).parents[2]
    names = ["__init__.py", "errors.py", "language.py", "settings.py", "execution/__init__.py"]
    files = [package / name for name in names] + sorted((package / "execution" / "cell").glob("*.py"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            # Dated alike, so that the same code is the same file.
            archive.writestr(zipfile.ZipInfo(f"jupyter_azml/{file.relative_to(package)}"), file.read_bytes())
    return target.getvalue()
