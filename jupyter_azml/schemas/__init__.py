"""The YAML of ``az ml``: entity <-> YAML, pure functions. Every fault of a file is told at once."""

from .assign import assign
from .data import read_data_asset
from .job import read_job, write_job
from .text import parse_yaml

__all__ = ["assign", "parse_yaml", "read_data_asset", "read_job", "write_job"]
