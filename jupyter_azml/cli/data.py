"""Data on a terminal: json, yaml, tsv."""

import csv
import json
import sys
from typing import Any


def print_data(data: Any, output: str) -> None:
    if output == "json":
        print(json.dumps(data, indent=2, ensure_ascii=False))
    elif output == "yaml":
        import yaml

        print(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), end="")
    else:
        rows = data if isinstance(data, list) else [data]
        writer = csv.writer(sys.stdout, dialect="excel-tab", lineterminator="\n")
        for row in rows:
            writer.writerow([_cell(value) for value in row.values()])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
