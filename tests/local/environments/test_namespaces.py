"""A package in parts: what an environment brought of it comes before what is beneath, even a regular package."""

import subprocess
import sys

from jupyter_azml.local.environments.namespaces import put_first

ASK = "import sys; sys.path[:0] = sys.argv[1:]; import cloud.monitor.exporter as e, cloud.core; print(e.VERSION)"


def write(folder, name, text=""):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_a_part_of_the_environment_is_found_before_one_beneath_it(tmp_path):
    above, beneath = tmp_path / "above", tmp_path / "beneath"
    write(above, "cloud/monitor/exporter/__init__.py", "VERSION = 'above'")
    write(above, "other/__init__.py")
    write(beneath, "cloud/monitor/__init__.py")
    write(beneath, "cloud/monitor/exporter/__init__.py", "VERSION = 'beneath'")
    write(beneath, "cloud/core/__init__.py")
    words = [sys.executable, "-S", "-c", ASK, str(above), str(beneath)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "beneath\n"
    put_first(above, [beneath])
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "above\n"
    assert not (above / "cloud" / "__init__.py").exists(), "nothing beneath hides it"
