import atexit

import pytest
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture(scope="session")
def ipython_folder(tmp_path_factory):
    """One for all: kernels of jobs are forked from a process that started with the same."""
    return tmp_path_factory.mktemp("ipython")


@pytest.fixture
def shell(ipython_folder, monkeypatch):
    """With the magic, and attached to nothing yet."""
    monkeypatch.setenv("IPYTHONDIR", str(ipython_folder))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    from jupyter_azml.magics import line

    line.connections._workspace = None
    shell.run_line_magic("load_ext", "jupyter_azml")
    yield shell
    line.connections._workspace = None
    # At the end of this process its folder will be gone.
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()
    InteractiveShell.clear_instance()
