"""The secret is made once, for this user alone."""

import pytest

from jupyter_azml.emulator.secret import read_or_make_secret, secret_file
from jupyter_azml.entities import WorkspaceInfo
from jupyter_azml.errors import WorkspaceError


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AZML_HOME", str(tmp_path))
    return tmp_path


def info(name="local", location="/somewhere"):
    return WorkspaceInfo(name=name, kind="local", location=location)


def test_the_secret_stays_the_same_and_is_readable_by_its_owner_only(home):
    file = secret_file(info())

    secret = read_or_make_secret(file)

    assert len(secret) >= 32
    assert read_or_make_secret(file) == secret
    assert file.stat().st_mode & 0o777 == 0o600
    assert [*file.parent.iterdir()] == [file]


def test_each_workspace_has_its_own(home):
    files = {secret_file(info()), secret_file(info("other")), secret_file(info(location="/elsewhere"))}

    assert len({read_or_make_secret(file) for file in files}) == 3


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "x" * 500])
def test_a_name_cannot_lead_out_of_the_home_folder(home, name):
    read_or_make_secret(secret_file(info(name)))

    assert [file.parent.parent for file in home.rglob("*.secret")] == [home / "emulator"]


def test_a_secret_that_others_can_read_is_refused(home):
    file = secret_file(info())
    read_or_make_secret(file)
    file.chmod(0o644)

    with pytest.raises(WorkspaceError, match="Others can read"):
        read_or_make_secret(file)
