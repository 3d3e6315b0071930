import pytest
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """With the magic, and attached to nothing yet."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    from jupyter_azml.magics import line

    line.connections._workspace = None
    shell.run_line_magic("load_ext", "jupyter_azml")
    yield shell
    line.connections._workspace = None
    InteractiveShell.clear_instance()
