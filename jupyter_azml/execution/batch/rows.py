"""What ``run()`` gives back, as lines of the output file."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any


def lines_of(result: Any) -> list[str]:
    """A line for each row of a DataFrame, or for each element of a list. Raises TypeError for anything else.

    As in Azure there is no header, and spaces part the columns of a DataFrame:
    https://learn.microsoft.com/azure/machine-learning/how-to-image-processing-batch. A text is written as it is, unless
    it would take several lines.
    """
    if hasattr(result, "itertuples"):
        return [_row(row, " ") for row in result.itertuples(index=False, name=None)]
    if isinstance(result, str | bytes | dict) or not isinstance(result, Iterable):
        raise TypeError(f"run() gave back a {type(result).__name__}; a list or a pandas DataFrame is expected")
    return [_line(item) for item in result]


def _line(item: Any) -> str:
    if isinstance(item, list | tuple):
        return _row(item)
    text = json.dumps(item, ensure_ascii=False, default=str) if isinstance(item, dict) else str(item)
    return _row([text]) if "\n" in text or "\r" in text else f"{text}\n"


def _row(values: Iterable[Any], between: str = ",") -> str:
    line = io.StringIO()
    # What is missing in a table is not equal to itself.
    row = ("" if value != value else value for value in values)
    csv.writer(line, delimiter=between, lineterminator="\n").writerow(row)
    return line.getvalue()
