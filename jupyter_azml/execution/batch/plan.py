"""What a batch invocation is to do: which files, in which portions, by how many processes."""

import os
from pathlib import Path
from typing import NamedTuple

OUTPUT_ACTIONS = ("append_row", "summary_only")


class MiniBatch(NamedTuple):
    number: int
    files: list[str]


class Plan(NamedTuple):
    """Paths are absolute."""

    input: Path
    output: Path
    parts: Path
    """A folder of this invocation: what each mini-batch gave."""
    scoring_script: Path | None
    """Defines ``init()`` and ``run(mini_batch)``; without one a model of MLflow is asked."""
    model: str
    mini_batch_size: int
    workers: int
    max_retries: int
    timeout: float
    error_threshold: int
    output_action: str
    output_file_name: str
    logging_level: str

    def mini_batches(self) -> list[MiniBatch]:
        """By name, so that the output of two invocations is in the same order."""
        files = self._files()
        size = self.mini_batch_size
        return [
            MiniBatch(number, files[start : start + size]) for number, start in enumerate(range(0, len(files), size))
        ]

    def part(self, number: int) -> Path:
        return self.parts / f"{number:08}.csv"

    def _files(self) -> list[str]:
        if self.input.is_file():
            return [str(self.input)]
        found = []
        for folder, _folders, names in os.walk(self.input, followlinks=True):
            found += [os.path.join(folder, name) for name in names if not name.startswith(".")]
        return sorted(found)
