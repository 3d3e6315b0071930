"""The page in other versions of JupyterLab and Notebook: ``python -m tests.ui.versions [4.4 | newest]…``.

Each has an environment of its own below ``.venv/versions``, laid over this one: minutes, and packages of a registry,
so it is no part of ``make test``.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

VERSIONS = {"4.4": ("jupyterlab==4.4.*", "notebook==7.4.*"), "newest": ("jupyterlab>=4.4,<5", "notebook>=7.4,<8")}
TESTS = (
    "tests/ui/test_sidebar.py::test_the_quickstart_runs_from_the_toolbar_is_followed_live_and_its_notebook_opens",
    "tests/ui/test_cell_button.py",
    "tests/ui/test_data.py",
    "tests/ui/test_watch.py::test_it_works_in_notebook_7_and_the_card_says_how_the_job_ended",
    "tests/ui/test_notebook_7.py",
)
TELL = "from importlib.metadata import version as v; print('JupyterLab', v('jupyterlab'), 'Notebook', v('notebook'))"
# What JupyterLab finds below an environment, and an overlay does not have.
COPIED = ("labextensions/jupyter-azml", "labextensions/anywidget", "labextensions/@jupyter-widgets", "kernels")


def main(names: list[str]) -> int:
    worst = 0
    for name in names or VERSIONS:
        python = environment(name)
        print(subprocess.check_output([python, "-c", TELL], text=True), flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
        worst = max(worst, subprocess.run(command, env={**os.environ, "AZML_UI_PYTHON": str(python)}).returncode)
    return worst


def environment(name: str) -> Path:
    """Its Python."""
    folder = Path(sys.prefix) / "versions" / name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.check_output(where, text=True).strip())
    # Read last, so that what is installed here goes before what is there.
    (packages / "zz_parent.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "--no-deps"]
    subprocess.run([*install, "--ignore-installed", *VERSIONS[name]], check=True)
    for part in COPIED:
        source, target = Path(sys.prefix) / "share/jupyter" / part, folder / "share/jupyter" / part
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    shutil.copytree(Path(sys.prefix) / "etc/jupyter", folder / "etc/jupyter", dirs_exist_ok=True)
    return python


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
