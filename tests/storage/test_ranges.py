"""A file elsewhere is read in few requests, however it is asked for."""

import os
from contextlib import nullcontext

import pytest

from jupyter_azml.storage.ranges import READ_AHEAD, open_ranges


@pytest.mark.parametrize("size", [0, 1, READ_AHEAD, 20 * READ_AHEAD + 7])
def test_all_of_a_file_is_read_in_large_pieces(size):
    content, asked = os.urandom(size), []

    def fetch(start, length):
        asked.append(length)
        return content[start : start + length]

    with open_ranges(fetch, size, nullcontext) as file:
        assert file.read() == content
        assert len(asked) <= 1 + size // READ_AHEAD
        file.seek(size // 2)
        assert file.read() == content[size // 2 :]
