"""Files to look into, that count what is read of them."""

import pytest

from jupyter_azml.preview.source import Source


@pytest.fixture
def source(tmp_path):
    def make(name: str, content: bytes) -> Source:
        path = tmp_path / name
        path.write_bytes(content)
        return Source(name, len(content), lambda: path.open("rb"))

    return make
