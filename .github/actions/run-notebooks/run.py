"""What the action does: its inputs, INPUT_… variables, become one line of azml, and its answer the outputs.

It needs nothing but Python and azml, so that it can be tried anywhere.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

VALUES = ("jobs", "timeout", "execution-timeout", "retries", "junit", "html", "output-dir")
SWITCHES = ("fail-fast", "cached", "update")


def main() -> int:
    command = [sys.executable, "-m", "jupyter_azml", "run", *arguments_of(os.environ)]
    results = Path(os.environ.get("RUNNER_TEMP") or tempfile.mkdtemp()) / "notebooks.json"
    with results.open("wb") as file:
        running = subprocess.Popen(command, stdout=file)
        # A workflow that is canceled tells this process; the jobs are canceled by the one that started them.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _frame: running.send_signal(number))
        code = running.wait()
    write_outputs(results, code)
    return code


def arguments_of(environment: Mapping[str, str]) -> list[str]:
    def given(name: str) -> str:
        return environment.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip()

    words = [word for name in VALUES if given(name) for word in (f"--{name}", given(name))]
    words += [f"--{name}" for name in SWITCHES if given(name).lower() == "true"]
    if given("parameters"):
        words += ["--parameters_yaml", given("parameters")]
    for line in lines(given("require")):
        words += ["--require", line]
    return ["--github", "-o", "json", *words, *lines(given("arguments")), "--", *lines(given("paths"))]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def write_outputs(results: Path, code: int) -> None:
    try:
        verdicts = [notebook["verdict"] for notebook in json.loads(results.read_text("utf-8"))]
    except ValueError:
        verdicts = []  # it did not get that far; what was wrong has been said
    completed = verdicts.count("Completed")
    facts = {
        "exit-code": code,
        "completed": completed,
        "failed": len(verdicts) - completed,
        "results": results,
    }
    if file := os.environ.get("GITHUB_OUTPUT"):
        with Path(file).open("a", encoding="utf-8") as outputs:
            outputs.writelines(f"{name}={value}\n" for name, value in facts.items())


if __name__ == "__main__":
    sys.exit(main())
